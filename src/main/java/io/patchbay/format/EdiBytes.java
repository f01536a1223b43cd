package io.patchbay.format;

import io.xlate.edi.stream.EDIStreamReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that the library for EDI reads: they know at which of them a character stands, and give the library room for longer elements than
 * it has by itself (4,096 characters, which no setting of it changes).
 */
final class EdiBytes extends FilterInputStream {

    /** Characters of one element. */
    static final int LONGEST_ELEMENT = 1 << 20;

    /** What the library reads ahead at most. */
    private static final int AHEAD = 8192;

    private final int mark;
    private final boolean known;
    /** Whether characters are made of several bytes of UTF-8. */
    private final boolean wide;

    private final Deque<Block> blocks = new ArrayDeque<>();
    private long characters;
    private long bytes;
    private @Nullable Object lexer;
    private @Nullable Field buffer;

    /** What was read at once: its bytes only where some are none of ASCII. */
    private record Block(
            long characters, int size, @Nullable String latin) {}

    /**
     * Bytes.
     *
     * @param plain whether each is a character for the library
     * @param charset that it takes them for else
     * @param mark how many bytes stand before these
     */
    EdiBytes(InputStream in, boolean plain, Charset charset, int mark) {
        super(in);
        this.mark = mark;
        this.bytes = mark;
        this.wide = !plain && charset.equals(StandardCharsets.UTF_8);
        this.known = plain || wide;
    }

    /** Gives room to a reader of these bytes. */
    void of(EDIStreamReader reader) {
        try {
            Field field = reader.getClass().getDeclaredField("lexer");
            field.setAccessible(true);
            Object found = field.get(reader);
            Field room = found.getClass().getDeclaredField("buffer");
            room.setAccessible(true);
            if (room.get(found) instanceof CharBuffer) {
                lexer = found;
                buffer = room;
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            lexer = null; // another version of the library: its own room is told when it is full
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            room(read);
        }
        if (read > 0 && wide) {
            add(into, from, read);
        }
        return read;
    }

    private void room(int more) throws IOException {
        Field field = buffer;
        if (field == null || lexer == null) {
            return;
        }
        try {
            CharBuffer held = (CharBuffer) field.get(lexer);
            if (held.position() > LONGEST_ELEMENT) {
                throw new RecordBytes.TooLarge(
                        "an element has more than " + LONGEST_ELEMENT + (wide ? " characters" : " bytes"));
            }
            if (held.remaining() < more + AHEAD) {
                CharBuffer larger = CharBuffer.allocate(Math.max(2 * held.capacity(), held.position() + more + AHEAD));
                field.set(lexer, larger.put(held.flip()));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("what was accessible is not any more", e);
        }
    }

    private void add(byte[] read, int from, int length) {
        long begun = 0;
        for (int i = from; i < from + length; i++) {
            begun += begins(read[i]) ? 1 : 0;
        }
        String latin = begun == length ? null : new String(read, from, length, StandardCharsets.ISO_8859_1);
        blocks.add(new Block(begun, length, latin));
    }

    /** Whether a character of UTF-8 begins with it. */
    private static boolean begins(byte one) {
        return (one & 0xC0) != 0x80;
    }

    /** The byte at which a character begins, from 0; -1 where that is not known. They are asked for in their order. */
    long at(long character) {
        if (!wide) {
            return known ? mark + character : -1;
        }
        Block first = blocks.peekFirst();
        while (first != null && characters + first.characters <= character) {
            characters += first.characters;
            bytes += first.size;
            blocks.removeFirst();
            first = blocks.peekFirst();
        }
        long left = character - characters;
        if (first == null || first.latin == null) {
            return bytes + left;
        }
        int at = -1;
        for (long begun = -1; begun < left; ) {
            begun += begins((byte) first.latin.charAt(++at)) ? 1 : 0;
        }
        return bytes + at;
    }
}
