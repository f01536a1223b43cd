package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lines with columns of fixed width, every value a text. Own code: the libraries for it bind to classes and fields by reflection, and
 * the cutting itself is a few lines.
 */
final class FixedFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.FIXED;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("text/plain");
    }

    @Override
    public List<String> endings() {
        return List.of();
    }

    @Override
    public boolean rows() {
        return true;
    }

    private static FixedSettings fixed(FormatSettings settings) {
        return Objects.requireNonNull(settings.fixed(), "the columns");
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        FixedSettings fixed = fixed(settings);
        Encoded encoded = Encoded.of(content, settings);
        return fixed.ends() == FixedSettings.Ends.NONE
                ? new Cut(encoded, fixed)
                : new LineRecords(encoded, fixed.skip(), String::isEmpty, (line, at) -> cut(line, fixed, at));
    }

    /** Records with nothing between them. */
    private static final class Cut implements Records {
        private final BytePlaces reader;
        private final FixedSettings fixed;
        private long record;
        private long points;

        Cut(Encoded encoded, FixedSettings fixed) {
            this.reader = new BytePlaces(encoded);
            this.fixed = fixed;
        }

        @Override
        public @Nullable JsonNode next() throws IOException {
            char[] one = new char[fixed.width()];
            int length = 0;
            for (int n = 0; n >= 0 && length < one.length; n = reader.read(one, length, one.length - length)) {
                length += n;
            }
            record++;
            long offset = reader.at(points);
            String line = new String(one, 0, length);
            if (line.isBlank() && length < one.length) {
                return null; // the end of the last line, or of the medium
            }
            points += line.codePointCount(0, length);
            Place at = new Place(record, 0, offset);
            if (length < one.length) {
                throw FormatException.ends(
                        "the content ends within a record: it has " + length + " of " + one.length + " characters", at);
            }
            return cut(line, fixed, at);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static ObjectNode cut(String line, FixedSettings fixed, Place at) throws FormatException {
        if (line.length() > fixed.width() && !line.substring(fixed.width()).isBlank()) {
            throw FormatException.record(
                    "the line has " + line.stripTrailing().length() + " characters, and the columns end at "
                            + fixed.width(),
                    at,
                    null,
                    Json.NODES.textNode(line));
        }
        ObjectNode record = Json.NODES.objectNode();
        for (FixedSettings.Column column : fixed.columns()) {
            int from = Math.min(line.length(), Objects.requireNonNull(column.start()) - 1);
            String value = line.substring(from, Math.min(line.length(), from + column.width()));
            record.put(column.name(), column.trim() ? trimmed(value, column) : value);
        }
        return record;
    }

    private static String trimmed(String value, FixedSettings.Column column) {
        char pad = column.pad().charAt(0);
        int from = 0;
        int end = value.length();
        if (column.align() == FixedSettings.Align.LEFT) {
            while (end > 0 && value.charAt(end - 1) == pad) {
                end--;
            }
        } else {
            while (from < end && value.charAt(from) == pad) {
                from++;
            }
        }
        return from == end && pad == '0' && !value.isEmpty() ? "0" : value.substring(from, end);
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        FixedSettings fixed = fixed(settings);
        Output text = new Output(out, settings.charset());
        String end = switch (fixed.ends()) {
            case LF -> "\n";
            case CRLF -> "\r\n";
            case NONE -> "";
        };
        return new RecordWriter() {
            @Override
            public void write(JsonNode record) throws IOException {
                String line = line(record, fixed);
                text.check(line);
                text.write(line);
                text.write(end);
            }

            @Override
            public void close() throws IOException {
                text.flush();
            }
        };
    }

    private static String line(JsonNode record, FixedSettings fixed) throws FormatException {
        if (!record.isObject()) {
            throw FormatException.refused("is no record with fields, so it has no columns");
        }
        StringBuilder line = new StringBuilder();
        for (FixedSettings.Column column : fixed.columns()) {
            while (line.length() < Objects.requireNonNull(column.start()) - 1) {
                line.append(' ');
            }
            JsonNode value = record.path(column.name());
            String text = value.isContainerNode() ? value.toString() : Values.text(value);
            if (text.length() > column.width()) {
                throw FormatException.refused("has the field '" + column.name() + "' with " + text.length()
                        + " characters, and its column is " + column.width() + " wide");
            }
            if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
                throw FormatException.refused(
                        "has the field '" + column.name() + "' with the end of a line in it, which no column carries");
            }
            String padding = column.pad().repeat(column.width() - text.length());
            line.append(column.align() == FixedSettings.Align.LEFT ? text + padding : padding + text);
        }
        return line.toString();
    }
}
