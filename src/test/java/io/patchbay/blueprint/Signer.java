package io.patchbay.blueprint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signs as minisign does, with a key of its own. */
final class Signer {

    private static final Ed25519PrivateKeyParameters SECRET =
            new Ed25519PrivateKeyParameters("a-secret-key-of-a-test-of-32-by.".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private Signer() {}

    static String key() {
        return Base64.getEncoder()
                .encodeToString(joined(SECRET.generatePublicKey().getEncoded()));
    }

    static String signature(byte[] content, String comment) {
        byte[] own = signed(content);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(own, own.length + text.length);
        System.arraycopy(text, 0, both, own.length, text.length);
        return "untrusted comment: x\n" + Base64.getEncoder().encodeToString(joined(own)) + "\ntrusted comment: "
                + comment + "\n" + Base64.getEncoder().encodeToString(signed(both)) + "\n";
    }

    private static byte[] joined(byte[] with) {
        byte[] all = new byte[10 + with.length];
        all[0] = 'E';
        all[1] = 'd';
        System.arraycopy(ID, 0, all, 2, ID.length);
        System.arraycopy(with, 0, all, 10, with.length);
        return all;
    }

    private static byte[] signed(byte[] content) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, SECRET);
        signer.update(content, 0, content.length);
        return signer.generateSignature();
    }
}
