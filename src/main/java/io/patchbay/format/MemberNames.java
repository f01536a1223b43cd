package io.patchbay.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Names of members that do not say their character set (APPNOTE, appendix D): UTF-8 where they are it, as many programs write them, else code
 * page 437. Own code, because the JDK's reader takes one character set and throws at a name that is in another one.
 */
final class MemberNames extends Charset {

    static final Charset CHARSET = new MemberNames();

    private static final String PAGE_437 = "IBM437";

    private MemberNames() {
        super("x-patchbay-member-names", new String[0]);
    }

    private static Charset other() {
        return Charset.isSupported(PAGE_437) ? Charset.forName(PAGE_437) : StandardCharsets.ISO_8859_1;
    }

    @Override
    public boolean contains(Charset charset) {
        return charset.equals(StandardCharsets.US_ASCII);
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new CharsetDecoder(this, 1, 1) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                byte[] name = new byte[in.remaining()];
                in.duplicate().get(name);
                String text = text(name);
                if (out.remaining() < text.length()) {
                    return CoderResult.OVERFLOW;
                }
                in.position(in.limit());
                out.put(text);
                return CoderResult.UNDERFLOW;
            }
        };
    }

    private static String text(byte[] name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(name, other());
        }
    }

    @Override
    public CharsetEncoder newEncoder() {
        return StandardCharsets.UTF_8.newEncoder();
    }
}
