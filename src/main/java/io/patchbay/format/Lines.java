package io.patchbay.format;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text, one after the other, each with its place. A line in another character set is wrong by itself. */
final class Lines implements Closeable {

    /** Bytes of one line. */
    static final int LONGEST = 16 << 20;

    private final Encoded encoded;
    private final @Nullable Reader reader;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int filled;
    private long before;
    private long count;
    private long start;

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

    /** The next line, without what ends it; null behind the last. */
    @Nullable
    String next() throws IOException {
        if (reader != null) {
            return fromReader(reader);
        }
        byte[] bytes = bytes();
        return bytes == null ? null : Encoded.text(bytes, bytes.length, encoded.charset());
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

    /** The next line as bytes. */
    private byte @Nullable [] bytes() throws IOException {
        line.reset();
        start = before + at;
        boolean any = false;
        while (true) {
            if (at == filled && !fill()) {
                if (!any) {
                    return null;
                }
                break;
            }
            any = true;
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, end - at);
            if (line.size() > LONGEST) {
                throw tooLong();
            }
            at = end;
            if (end < filled) {
                at++;
                break;
            }
        }
        count++;
        byte[] bytes = line.toByteArray();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r'
                ? java.util.Arrays.copyOf(bytes, bytes.length - 1)
                : bytes;
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, encoded.in().read(buffer));
        return filled > 0;
    }

    private FormatException tooLong() {
        return FormatException.ends("line " + (count + 1) + " has more than " + LONGEST + " bytes", null);
    }

    /** A line that is in another character set. What there is in its place is its bytes. */
    FormatException notEncoded(long record) {
        String why = "the content holds bytes that are none of its character set (" + encoded.charset()
                + "); 'charset' can name another one";
        return reader == null
                ? FormatException.record(why, place(record), null, line.toByteArray(), encoded.charset())
                : FormatException.ends(why, place(record));
    }

    @Override
    public void close() throws IOException {
        InputStream in = encoded.in();
        in.close();
    }
}
