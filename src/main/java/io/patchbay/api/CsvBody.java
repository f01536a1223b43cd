package io.patchbay.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.format.Content;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.format.Records;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Bodies of comma separated values: RFC 4180, UTF-8, the first row names the columns. */
final class CsvBody {

    private CsvBody() {}

    /** The rows that are sent. */
    static Records read(InputStream body) throws IOException {
        return Formats.of(FormatName.CSV).read(Content.once(body, null), FormatSettings.DEFAULT);
    }

    /** Why rows cannot be read. */
    static String why(FormatException thrown) {
        return thrown.told("send it in UTF-8");
    }

    /** Takes rows to be sent. */
    static RecordWriter write(OutputStream out, List<String> columns, boolean header) throws IOException {
        CsvSettings rows = CsvSettings.DEFAULT.of(columns, header);
        return Formats.of(FormatName.CSV).write(out, FormatSettings.DEFAULT.with(rows));
    }

    /**
     * Items as rows.
     *
     * @param header whether a row with the columns goes before them
     */
    static <T> byte[] rows(List<String> columns, boolean header, List<T> items, Function<T, ObjectNode> row)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter rows = write(bytes, columns, header)) {
            for (T item : items) {
                rows.write(row.apply(item));
            }
        }
        return bytes.toByteArray();
    }

    /** A text in which what is half of a character is a question mark: the rows behind it must come, too. */
    static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
