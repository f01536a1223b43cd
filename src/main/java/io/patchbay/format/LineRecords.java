package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records that stand each on a line. A line that is wrong, or in another character set, is wrong by itself. */
final class LineRecords implements Records {

    private final Lines lines;
    private final Predicate<String> nothing;
    private final Reading reading;
    private long record;

    /** What a line is. */
    interface Reading {
        /** Its record. @throws FormatException if it is none */
        JsonNode record(String line, Place at) throws IOException;

        /** The record of the line at which lines stand, where no text is needed for it; null where one is. */
        default @Nullable JsonNode quick(Lines lines) throws IOException {
            return null;
        }
    }

    /**
     * Reads lines.
     *
     * @param skip so many lines at the beginning are passed over
     * @param nothing lines that are no record
     */
    LineRecords(Encoded encoded, int skip, Predicate<String> nothing, Reading reading) throws IOException {
        this.lines = new Lines(encoded);
        this.nothing = nothing;
        this.reading = reading;
        for (int i = 0; i < skip; i++) {
            try {
                lines.advance(1);
            } catch (CharacterCodingException e) {
                // nothing is read of it
            } catch (IOException e) {
                lines.close();
                throw e;
            }
        }
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        while (lines.advance(record + 1)) {
            JsonNode quick = reading.quick(lines);
            if (quick != null) {
                record++;
                return quick;
            }
            String line;
            try {
                line = lines.text();
            } catch (CharacterCodingException e) {
                throw lines.notEncoded(++record);
            }
            if (!nothing.test(line)) {
                return reading.record(line, lines.place(++record));
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
