package io.patchbay.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they can stand in JSON: text where they are text, Base64 where they are not.
 *
 * @param text the bytes as UTF-8; null when they are not text
 * @param base64 the bytes; null when they are text
 */
record Content(@Nullable String text, @Nullable String base64) {

    /** Longest piece of a character that a cut can leave at the end. */
    private static final int PIECE = 3;

    static final Content NONE = new Content(null, null);

    /**
     * @param cut whether something behind these bytes was left out, so that the last character may be in pieces
     */
    static Content of(byte[] bytes, boolean cut) {
        for (int piece = 0; piece <= (cut ? Math.min(PIECE, bytes.length) : 0); piece++) {
            String text = text(bytes, bytes.length - piece);
            if (text != null) {
                return new Content(text, null);
            }
        }
        return new Content(null, Base64.getEncoder().encodeToString(bytes));
    }

    private static @Nullable String text(byte[] bytes, int length) {
        try {
            ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length);
            return StandardCharsets.UTF_8.newDecoder().decode(whole).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
