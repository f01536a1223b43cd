package io.patchbay.format;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of RFC 4180, one after the other, each with its place; a value becomes a text when it is asked for. Own code, because a place is the
 * byte at which a row begins, a value in another character set must spoil its row and no other, a quote may stand behind an escape,
 * and all of that at the speed of a disk: FastCSV has no such places but in an index that it makes before, and knows no escapes;
 * Commons CSV takes a call for each character.
 */
final class CsvRows {

    /** Characters of one row. A quote that is never closed would make one row of all that follows. */
    private static final int LONGEST = Memory.RECORD;

    private static final int FIRST_BUFFER = 64 * 1024;
    /** No character: nothing is equal to it. */
    private static final int NONE = -1;

    private final Encoded encoded;
    private final @Nullable Reader reader;
    private final byte[] bytes = new byte[FIRST_BUFFER];
    private final char delimiter;
    private final int quote;
    private final int escape;

    private char[] buffer = new char[FIRST_BUFFER];
    private int filled;
    /** Where the row begins in the buffer, and where reading stands. */
    private int start;

    private int at;
    private boolean ended;
    /** How many characters were read before those in the buffer. */
    private long before;
    /** Lines that ended before the row, and in it. */
    private long linesBefore;

    private long lines;

    private int size;
    private int[] from = new int[64];
    private int[] to = new int[64];
    /** What all characters of a value have in common with an or: below 128 it is plain ASCII. */
    private char[] seen = new char[64];
    /** Whether quotes or escapes are to be taken out of a value. */
    private boolean[] marked = new boolean[64];

    private final StringBuilder text = new StringBuilder();
    private final int mostValues;

    /** @param mostValues of a row that are kept; all are counted */
    CsvRows(Encoded encoded, CsvSettings settings, char delimiter, int mostValues) {
        this.encoded = encoded;
        this.delimiter = delimiter;
        this.quote = settings.quote().isEmpty() ? NONE : settings.quote().charAt(0);
        String escaped = settings.escape();
        this.escape = escaped == null ? NONE : escaped.charAt(0);
        this.reader = encoded.plain() && delimiter < 128 && quote < 128 && escape < 128 ? null : encoded.reader();
        this.mostValues = mostValues;
    }

    /** Goes to the next row that is not an empty line. @throws Broken when what follows is no row */
    boolean next() throws IOException {
        linesBefore = lines;
        start = at;
        while (true) {
            int c = peek();
            if (c < 0) {
                return false;
            }
            if (c != '\n' && c != '\r') {
                break;
            }
            at++;
            endOfLine(c);
            linesBefore = lines;
            start = at;
        }
        size = 0;
        while (value()) {
            size++;
        }
        size++;
        return true;
    }

    /** How many values the row has. */
    int size() {
        return size;
    }

    /** Whether rows are found among bytes, so that {@link #raw} has a character for each of them. */
    boolean bytes() {
        return reader == null;
    }

    /** The line on which the row begins, from 1. */
    long line() {
        return linesBefore + 1;
    }

    /** The byte at which the row begins; -1 when it is not known. */
    long offset() {
        return reader == null ? before + start + encoded.mark() : -1;
    }

    private int peek() throws IOException {
        return at < filled || fill() ? buffer[at] : -1;
    }

    /** Reads one value; false when it is the last one of the row. */
    private boolean value() throws IOException {
        int slot = Math.min(size, mostValues);
        if (slot == from.length) {
            grow();
        }
        marked[slot] = false;
        if (quote != NONE && peek() == quote) {
            at++;
            return quoted(slot);
        }
        int begin = at - start;
        char all = 0;
        while (true) {
            int i = at;
            int end = filled;
            char[] chars = buffer;
            char c = 0;
            for (; i < end; i++) {
                c = chars[i];
                if (c == delimiter || c == '\n' || c == '\r' || c == escape) {
                    break;
                }
                all |= c;
            }
            at = i;
            if (i == end) {
                if (fill()) {
                    continue;
                }
                set(slot, begin, at - start, all);
                return false;
            }
            if (c == escape) {
                marked[slot] = true;
                at++;
                all |= behindEscape();
                continue;
            }
            set(slot, begin, at - start, all);
            at++;
            if (c == delimiter) {
                return true;
            }
            endOfLine(c);
            return false;
        }
    }

    private char behindEscape() throws IOException {
        int c = peek();
        if (c < 0) {
            throw new Broken("the rows break the rules of quotes and lines");
        }
        at++;
        if (c == '\n' || c == '\r') {
            endOfLine(c);
        }
        return (char) c;
    }

    private boolean quoted(int slot) throws IOException {
        int begin = at - start;
        char all = 0;
        while (true) {
            int i = at;
            int end = filled;
            char[] chars = buffer;
            char c = 0;
            for (; i < end; i++) {
                c = chars[i];
                if (c == quote || c == escape || c == '\n' || c == '\r') {
                    break;
                }
                all |= c;
            }
            at = i;
            if (i == end) {
                if (!fill()) {
                    throw new Broken("the rows break the rules of quotes and lines");
                }
                continue;
            }
            at++;
            if (c == escape) {
                marked[slot] = true;
                all |= behindEscape();
            } else if (c != quote) {
                endOfLine(c);
            } else if (peek() == quote) {
                at++;
                marked[slot] = true;
            } else {
                break;
            }
        }
        set(slot, begin, at - 1 - start, all);
        return behindQuote();
    }

    private boolean behindQuote() throws IOException {
        while (true) {
            int c = peek();
            if (c < 0) {
                return false;
            }
            at++;
            if (c == delimiter) {
                return true;
            }
            if (c == '\n' || c == '\r') {
                endOfLine(c);
                return false;
            }
            if (!Character.isWhitespace(c)) {
                throw new Broken("the rows break the rules of quotes and lines");
            }
        }
    }

    /** What is read breaks the rules of quotes and lines. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String why) {
            super(why);
        }
    }

    private void set(int slot, int begin, int end, char all) {
        from[slot] = begin;
        to[slot] = end;
        seen[slot] = all;
    }

    private void grow() {
        int more = from.length * 2;
        from = Arrays.copyOf(from, more);
        to = Arrays.copyOf(to, more);
        seen = Arrays.copyOf(seen, more);
        marked = Arrays.copyOf(marked, more);
    }

    /** The end of a line was read; a line feed behind a carriage return belongs to it. */
    private void endOfLine(int c) throws IOException {
        lines++;
        if (c == '\r' && peek() == '\n') {
            at++;
        }
    }

    /** A value of the row as a text. @throws CharacterCodingException when it is in another character set */
    String value(int index) throws CharacterCodingException {
        String raw = raw(index);
        if (reader != null || seen[index] < 128) {
            return raw;
        }
        return Encoded.text(raw, encoded.charset());
    }

    /** A value of the row; where rows are found among bytes, a character for each byte. */
    String raw(int index) {
        int begin = start + from[index];
        int end = start + to[index];
        return marked[index]
                ? unmarked(begin, end, begin > 0 && buffer[begin - 1] == quote)
                : new String(buffer, begin, end - begin);
    }

    private String unmarked(int begin, int end, boolean inQuotes) {
        text.setLength(0);
        for (int i = begin; i < end; i++) {
            char c = buffer[i];
            if (c == escape) {
                escaped(buffer[++i]);
            } else {
                text.append(c);
                if (c == quote && inQuotes) {
                    i++;
                }
            }
        }
        return text.toString();
    }

    /** Letters behind an escape are what they are in most programs; an escape before anything else but a mark is itself. */
    private void escaped(char c) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            default -> {
                if (c != delimiter && c != quote && c != escape && c != '\n' && c != '\r') {
                    text.append((char) escape);
                }
                text.append(c);
            }
        }
    }

    /** Reads on; the row stays in the buffer. False at the end of the content. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0 && filled > start) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
        }
        before += start;
        filled -= start;
        at -= start;
        start = 0;
        if (filled >= LONGEST) {
            throw new Broken(
                    "a row has more than " + LONGEST + " characters: is a quote not closed?" + Memory.LARGER_HEAP);
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(LONGEST, buffer.length * 2));
        }
        int most = buffer.length - filled;
        int read;
        if (reader != null) {
            read = reader.read(buffer, filled, most);
        } else {
            read = encoded.in().read(bytes, 0, Math.min(most, bytes.length));
            for (int i = 0; i < read; i++) {
                buffer[filled + i] = (char) (bytes[i] & 0xFF);
            }
        }
        filled += Math.max(0, read);
        ended = read <= 0;
        return !ended;
    }

    void close() throws IOException {
        encoded.in().close();
    }
}
