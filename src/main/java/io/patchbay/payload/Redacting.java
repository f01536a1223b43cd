package io.patchbay.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Takes secrets out of content that people look at: systems echo what they were sent. */
public final class Redacting {

    private Redacting() {}

    /**
     * Content without secrets. What is no UTF-8 is looked at byte by byte, so that it comes back as it was.
     *
     * @param redact takes secrets out of text
     */
    public static byte[] redacted(byte[] content, UnaryOperator<String> redact) {
        Charset charset = StandardCharsets.UTF_8;
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            charset = StandardCharsets.ISO_8859_1;
            text = new String(content, charset);
        }
        String redacted = redact.apply(text);
        return redacted.equals(text) ? content : redacted.getBytes(charset);
    }
}
