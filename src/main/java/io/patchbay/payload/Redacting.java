package io.patchbay.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Takes secrets out of content that people look at: systems echo what they were sent. */
public final class Redacting {

    private Redacting() {}

    /**
     * Content without secrets. A character that is cut at the end stays as it is. What is no UTF-8 is looked at byte by byte, so that it
     * comes back as it was.
     *
     * @param redact takes secrets out of text
     */
    public static byte[] redacted(byte[] content, UnaryOperator<String> redact) {
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        boolean read =
                !StandardCharsets.UTF_8.newDecoder().decode(in, out, false).isError();
        Charset charset = read ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = read ? out.flip().toString() : new String(content, charset);
        int cut = read ? in.remaining() : 0;
        String redacted = redact.apply(text);
        if (redacted.equals(text)) {
            return content;
        }
        byte[] clean = redacted.getBytes(charset);
        byte[] all = Arrays.copyOf(clean, clean.length + cut);
        System.arraycopy(content, content.length - cut, all, clean.length, cut);
        return all;
    }
}
