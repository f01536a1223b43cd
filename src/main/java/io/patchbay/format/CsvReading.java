package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Members;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records, one at a time in memory. Where the character set allows it, rows are found among bytes and only values are decoded: places
 * are bytes then, and a value in another character set spoils its row and no other.
 */
final class CsvReading implements Records {

    private static final int MOST_COLUMNS = 10_000;

    private final Content content;
    private final Encoded encoded;
    private final CsvSettings settings;
    private final char delimiter;
    private final CsvRows rows;
    private final List<String> columns;
    private final Members.Names names;

    private long record;
    private long row;

    CsvReading(Content content, Encoded encoded, CsvSettings settings, char delimiter) throws IOException {
        this.content = content;
        this.encoded = encoded;
        this.settings = settings;
        this.delimiter = delimiter;
        this.rows = new CsvRows(encoded, settings, delimiter, MOST_COLUMNS);
        try {
            this.columns = columns();
        } catch (IOException e) {
            rows.close();
            throw e;
        }
        this.names = Members.Names.of(columns);
    }

    private List<String> columns() throws IOException {
        if (!settings.header() || !nextRow(List.of())) {
            return settings.columns();
        }
        if (!settings.columns().isEmpty()) {
            return settings.columns();
        }
        if (rows.size() > MOST_COLUMNS) {
            throw FormatException.ends("the first row names more than " + MOST_COLUMNS + " columns", null);
        }
        List<String> names = new ArrayList<>();
        try {
            for (int i = 0; i < rows.size(); i++) {
                names.add(rows.value(i).strip());
            }
        } catch (CharacterCodingException e) {
            throw FormatException.ends(notEncoded(), new Place(0, 1, 0));
        }
        if (names.stream().distinct().count() < names.size()) {
            throw FormatException.ends("the first row does not name the columns: a name stands twice", null);
        }
        return names;
    }

    private String notEncoded() {
        return Encoded.notIn(encoded.charset()) + Encoded.OTHER;
    }

    private boolean nextRow(List<String> names) throws IOException {
        try {
            boolean any = rows.next();
            row += any ? 1 : 0;
            return any;
        } catch (CsvRows.Broken e) {
            String field = rows.size() < names.size() ? NotRead.shown(names.get(rows.size())) : "";
            Content rest = row == 0 ? null : rest(names);
            throw rest == null
                    ? FormatException.ends(String.valueOf(e.getMessage()), here(), field)
                    : FormatException.ends(String.valueOf(e.getMessage()), here(), field, rest);
        } catch (CharacterCodingException e) {
            throw FormatException.ends(notEncoded(), here());
        }
    }

    /** What there is from the row on, behind the row of names: what follows an open quote may be anything. Null where its byte is not known. */
    private @Nullable Content rest(List<String> names) {
        long offset = rows.offset();
        StringBuilder first = new StringBuilder();
        if (offset < 0) {
            return null;
        }
        try {
            if (settings.header()) {
                new CsvRow(settings, delimiter).write(names, first);
            }
        } catch (FormatException e) {
            return null;
        }
        return new RestOfRows(content, encoded.charset(), first.toString(), offset);
    }

    private Place here() {
        return new Place(record + 1, rows.line(), rows.offset());
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        if (!nextRow(columns)) {
            return null;
        }
        record++;
        int size = rows.size();
        if (size > columns.size() || (size < columns.size() && settings.shortRows() == CsvSettings.ShortRows.FAIL)) {
            throw broken(
                    "row " + row + " has " + size + (size == 1 ? " value" : " values") + ", and there "
                            + (columns.size() == 1 ? "is 1 column" : "are " + columns.size() + " columns"),
                    null);
        }
        ObjectNode values = Members.object(names);
        for (int i = 0; i < size; i++) {
            try {
                values.put(names.name(i), rows.value(i));
            } catch (CharacterCodingException e) {
                throw broken(notEncoded(), columns.get(i));
            }
        }
        return values;
    }

    /** What there is of it is the row with the row of names before it: content that can be mended and read as this was. */
    private FormatException broken(String why, @Nullable String field) {
        Place at = new Place(record, rows.line(), rows.offset());
        if (rows.size() > MOST_COLUMNS) {
            return FormatException.record(why, at, field, Json.NODES.missingNode());
        }
        StringBuilder names = new StringBuilder();
        StringBuilder values = new StringBuilder();
        try {
            CsvRow form = new CsvRow(settings, delimiter);
            if (settings.header()) {
                form.write(columns, names);
            }
            List<String> found = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                found.add(rows.raw(i));
            }
            form.write(found, values);
        } catch (FormatException e) {
            return FormatException.record(why, at, field, Json.NODES.missingNode());
        }
        if (!rows.bytes()) {
            return FormatException.record(
                    why, at, field, Json.NODES.textNode(names.append(values).toString()));
        }
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        found.writeBytes(names.toString().getBytes(encoded.charset()));
        found.writeBytes(values.toString().getBytes(StandardCharsets.ISO_8859_1));
        return FormatException.record(why, at, field, found.toByteArray(), encoded.charset());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
