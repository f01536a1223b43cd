package io.patchbay.payload;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The bytes at which the tags of elements begin, found while a document is read. In a document that keeps the rules, {@code <} before a name
 * outside of remarks, instructions and CDATA is one.
 *
 * <p>Own code: the JDK's reader tells of characters, and miscounts them where two halves of one stand at the end of its buffer.
 */
final class XmlTags {

    /** Tags that are found and not asked for yet. A reader asks for each, and reads some blocks ahead at most. */
    private static final int MOST = 1 << 17;

    private final Charset charset;
    private final boolean utf8;
    private boolean told;
    private State state = State.TEXT;
    private char before;
    private char twoBefore;
    private long open;

    private long[] found = new long[256];
    private int first;
    private int count;
    private long passed;

    private enum State {
        TEXT,
        OPEN,
        BANG,
        DASH,
        REMARK,
        CDATA,
        INSTRUCTION
    }

    XmlTags(Charset charset) {
        this.charset = charset;
        this.utf8 = charset.equals(StandardCharsets.UTF_8);
        this.told = told(charset);
    }

    /** Whether a text has so many bytes as its parts have: no marks, and no signs for a change of the set. */
    static boolean told(Charset charset) {
        return charset.canEncode()
                && !charset.name().contains("2022")
                && "<<".getBytes(charset).length == 2 * "<".getBytes(charset).length;
    }

    /**
     * More of the text.
     *
     * @param at the byte at which it begins
     * @param size its bytes
     */
    void more(char[] text, int length, long at, int size) {
        boolean single = length == size;
        int from = 0;
        long bytes = at;
        int i = 0;
        while (i < length) {
            if (state != State.TEXT) {
                i = inside(text, i, length);
                continue;
            }
            while (i < length && text[i] != '<') {
                i++;
            }
            if (i < length) {
                bytes = single ? at + i : bytes + bytes(text, from, i, charset, utf8);
                from = i;
                open = bytes;
                state = State.OPEN;
                i++;
            }
        }
    }

    /** Goes on until text begins, or to the end. */
    private int inside(char[] text, int from, int length) {
        int i = from;
        while (i < length && state != State.TEXT) {
            char c = text[i++];
            State next = step(c);
            twoBefore = next == state ? before : ' ';
            before = next == state ? c : ' ';
            state = next;
        }
        return i;
    }

    private State step(char c) {
        if (state == State.OPEN) {
            return opened(c);
        }
        switch (state) {
            case BANG -> {
                return c == '-' ? State.DASH : c == '[' ? State.CDATA : State.TEXT;
            }
            case DASH -> {
                return State.REMARK;
            }
            case REMARK -> {
                return c == '>' && before == '-' && twoBefore == '-' ? State.TEXT : state;
            }
            case CDATA -> {
                return c == '>' && before == ']' && twoBefore == ']' ? State.TEXT : state;
            }
            case INSTRUCTION -> {
                return c == '>' && before == '?' ? State.TEXT : state;
            }
            default -> {
                return state;
            }
        }
    }

    private State opened(char c) {
        if (c == '!') {
            return State.BANG;
        }
        if (c == '?') {
            return State.INSTRUCTION;
        }
        if (c != '/') {
            add(open);
        }
        return State.TEXT;
    }

    private void add(long at) {
        if (count == MOST) {
            told = false;
        }
        if (!told) {
            return;
        }
        if (count == found.length) {
            long[] larger = new long[count * 2];
            for (int i = 0; i < count; i++) {
                larger[i] = found[(first + i) % count];
            }
            found = larger;
            first = 0;
        }
        found[(first + count++) % found.length] = at;
    }

    /** A pair of halves has four bytes in UTF-8. */
    static long bytes(char[] text, int from, int to, Charset charset, boolean utf8) {
        if (!utf8) {
            return new String(text, from, to - from).getBytes(charset).length;
        }
        long bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text[i];
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** The byte of the tag with this number, from 0; -1 where that is not known. None before it is asked for any more. */
    long at(long number) {
        while (passed < number && count > 0) {
            first = (first + 1) % found.length;
            count--;
            passed++;
        }
        return told && count > 0 && passed == number ? found[first] : -1;
    }
}
