package io.patchbay.format;

import java.io.FilterReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Text that knows at which byte each of its characters (code points) stands. They are asked for in their order. */
final class BytePlaces extends FilterReader {

    private final Charset charset;
    private final boolean known;
    private final Deque<Piece> ahead = new ArrayDeque<>();
    private long points;
    private long bytes;
    private int inCharacters;
    private long inPoints;
    private long inBytes;

    /** What was read at once: its text only where not each character has one byte. */
    private record Piece(long points, long bytes, @Nullable String text) {}

    BytePlaces(Encoded encoded) {
        super(encoded.reader());
        this.charset = encoded.charset();
        this.known = encoded.plain() || wide();
        this.bytes = encoded.mark();
    }

    private boolean wide() {
        return charset.equals(StandardCharsets.UTF_16BE) || charset.equals(StandardCharsets.UTF_16LE);
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        // All but one: behind half of a character the scanner asks for one more, and its buffer must have room for it.
        int most = Math.max(1, length - 1);
        int read = super.read(into, from, most);
        for (int more = read; more > 0 && read < most; read += Math.max(0, more)) {
            more = super.read(into, from + read, most - read);
        }
        if (known && read > 0) {
            add(into, from, read);
        }
        return read;
    }

    private void add(char[] text, int from, int length) {
        long characters = 0;
        long size = 0;
        for (int i = from; i < from + length; i++) {
            characters += Character.isLowSurrogate(text[i]) ? 0 : 1;
            size += bytes(text[i]);
        }
        Piece last = ahead.peekLast();
        if (size != characters) {
            ahead.add(new Piece(characters, size, new String(text, from, length)));
        } else if (last != null && last.text == null) {
            ahead.removeLast();
            ahead.add(new Piece(last.points + characters, last.bytes + size, null));
        } else {
            ahead.add(new Piece(characters, size, null));
        }
    }

    private int bytes(char c) {
        if (wide()) {
            return 2;
        }
        if (c < 0x80 || !charset.equals(StandardCharsets.UTF_8)) {
            return 1;
        }
        return Character.isSurrogate(c) || c < 0x800 ? 2 : 3; // two halves have four together
    }

    /** The byte at which a character begins, from 0; -1 where that is not known. None before it is asked for any more. */
    long at(long point) {
        if (!known) {
            return -1;
        }
        Piece first = ahead.peekFirst();
        while (first != null && points + first.points <= point) {
            points += first.points;
            bytes += first.bytes;
            ahead.removeFirst();
            first = ahead.peekFirst();
            reached(0, 0, 0);
        }
        long left = point - points;
        if (first == null || first.text == null) {
            return bytes + (first == null ? 0 : left);
        }
        if (left < inPoints) {
            reached(0, 0, 0);
        }
        int end = first.text.offsetByCodePoints(inCharacters, (int) (left - inPoints));
        long size = inBytes;
        for (int i = inCharacters; i < end; i++) {
            size += bytes(first.text.charAt(i));
        }
        reached(end, left, size);
        return bytes + size;
    }

    /** Where the last question came to in the first piece: the next one goes on from there. */
    private void reached(int characters, long toPoints, long toBytes) {
        inCharacters = characters;
        inPoints = toPoints;
        inBytes = toBytes;
    }
}
