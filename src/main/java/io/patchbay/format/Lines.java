package io.patchbay.format;

import com.fasterxml.jackson.core.JsonParser;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of a text, one after the other, each with its place. A line in another character set is wrong by itself. */
final class Lines implements Closeable {

    /** Bytes of one line, or characters where lines are not found among bytes. */
    static final int LONGEST = Memory.RECORD;

    private final Encoded encoded;
    private final @Nullable Reader reader;
    private final byte[] buffer = new byte[64 * 1024];
    /** A line that is longer than what the buffer has of it. */
    private final ByteArrayOutputStream longer = new ByteArrayOutputStream();

    /** Where the line stands that was read last. */
    private byte[] held = buffer;

    private int heldFrom;
    private int heldTo;
    private boolean ascii;
    /** The line where lines are not found among bytes. */
    private @Nullable String read;

    private int at;
    private int filled;
    private long before;
    private long count;
    private long start;
    private long record;

    Lines(Encoded encoded) {
        this.encoded = encoded;
        this.reader = encoded.plain() ? null : new java.io.BufferedReader(encoded.reader(), 64 * 1024);
        this.before = encoded.mark();
    }

    /** Which line was read last, from 1. */
    long number() {
        return count;
    }

    /** Where a record stands that is the line which was read last. */
    Place place(long record) {
        return new Place(record, count, reader == null ? start : -1);
    }

    /**
     * Goes to the next line, which stays where it is until the next call; false behind the last.
     *
     * @param next the number of the record that it would be
     */
    boolean advance(long next) throws IOException {
        record = next;
        if (reader == null) {
            return fromBytes();
        }
        read = fromReader(reader);
        return read != null;
    }

    /** The line, without what ends it. @throws CharacterCodingException when it is in another character set */
    String text() throws CharacterCodingException {
        if (read != null) {
            return read;
        }
        int length = heldTo - heldFrom;
        return ascii
                ? new String(held, heldFrom, length, StandardCharsets.ISO_8859_1)
                : Encoded.text(held, heldFrom, length, encoded.charset());
    }

    /** Reads the line as JSON, without making a text of it; null when it must be one, or is empty. */
    @Nullable
    JsonParser json() throws IOException {
        return ascii && heldTo > heldFrom
                ? Json.MAPPER.getFactory().createParser(held, heldFrom, heldTo - heldFrom)
                : null;
    }

    private @Nullable String fromReader(Reader from) throws IOException {
        StringBuilder text = new StringBuilder();
        int c = from.read();
        if (c < 0) {
            return null;
        }
        count++;
        for (; c >= 0 && c != '\n'; c = from.read()) {
            if (text.length() >= LONGEST) {
                throw tooLong();
            }
            text.append((char) c);
        }
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) == '\r') {
            text.setLength(length - 1);
        }
        return text.toString();
    }

    private boolean fromBytes() throws IOException {
        longer.reset();
        start = before + at;
        boolean any = false;
        int all = 0;
        while (true) {
            if (at == filled && !fill()) {
                if (!any) {
                    return false;
                }
                hold(longer.toByteArray(), 0, longer.size(), all);
                break;
            }
            any = true;
            int from = at;
            int end = from;
            for (; end < filled; end++) {
                byte b = buffer[end];
                if (b == '\n') {
                    break;
                }
                all |= b;
            }
            at = end;
            boolean whole = end < filled;
            if (whole && longer.size() == 0) {
                at++;
                hold(buffer, from, end, all);
                break;
            }
            longer.write(buffer, from, end - from);
            if (longer.size() > LONGEST) {
                throw tooLong();
            }
            if (whole) {
                at++;
                hold(longer.toByteArray(), 0, longer.size(), all);
                break;
            }
        }
        count++;
        return true;
    }

    private void hold(byte[] bytes, int from, int to, int all) {
        held = bytes;
        heldFrom = from;
        heldTo = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        ascii = all >= 0;
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, encoded.in().read(buffer));
        return filled > 0;
    }

    private FormatException tooLong() {
        boolean bytes = reader == null;
        return FormatException.ends(
                "line " + (bytes ? count + 1 : count) + " has more than " + LONGEST + (bytes ? " bytes" : " characters")
                        + Memory.LARGER_HEAP,
                new Place(record, 0, bytes ? start : -1));
    }

    /** A line that is in another character set. What there is in its place is its bytes. */
    FormatException notEncoded(long record) {
        String why = Encoded.notIn(encoded.charset()) + Encoded.OTHER;
        return reader == null
                ? FormatException.record(
                        why, place(record), null, Arrays.copyOfRange(held, heldFrom, heldTo), encoded.charset())
                : FormatException.ends(why, place(record));
    }

    @Override
    public void close() throws IOException {
        InputStream in = encoded.in();
        in.close();
    }
}
