package io.patchbay.format;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a text (RFC 4180) as they stand: their values, the first row too, and the line on which each begins. Empty lines are none. */
public final class PlainRows implements Closeable {

    private static final int MOST_VALUES = 10_000;

    private final CsvRows rows;

    /**
     * A row.
     *
     * @param line on which it begins, from 1
     * @param size how many values it has
     * @param values all of them; none where there are more than any row has
     */
    public record Row(int line, int size, List<String> values) {}

    /** The rows of a text. */
    public PlainRows(String text) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        this.rows = new CsvRows(new Encoded(bytes, StandardCharsets.UTF_8, 0), CsvSettings.DEFAULT, ',', MOST_VALUES);
    }

    /** The next one; null behind the last. @throws IOException when what begins on {@link #line} is no row */
    public @Nullable Row next() throws IOException {
        if (!rows.next()) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < rows.size() && rows.size() <= MOST_VALUES; i++) {
            values.add(rows.value(i));
        }
        return new Row(line(), rows.size(), values);
    }

    /** The line on which the row begins that was read last. */
    public int line() {
        return (int) rows.line();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
