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

    /** Somebody else. */
    static final Signer OTHER = new Signer(
            new Ed25519PrivateKeyParameters("another-secret-key-of-32-bytes--".getBytes(StandardCharsets.US_ASCII)),
            new byte[] {9, 9, 9, 9, 9, 9, 9, 9});

    private static final Signer FIRST = new Signer(SECRET, ID);

    private final Ed25519PrivateKeyParameters secret;
    private final byte[] id;

    private Signer(Ed25519PrivateKeyParameters secret, byte[] id) {
        this.secret = secret;
        this.id = id;
    }

    static String key() {
        return FIRST.publicKey();
    }

    static String signature(byte[] content, String comment) {
        return FIRST.signs(content, comment);
    }

    String publicKey() {
        return Base64.getEncoder()
                .encodeToString(joined(secret.generatePublicKey().getEncoded()));
    }

    String signs(byte[] content, String comment) {
        byte[] own = signed(content);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(own, own.length + text.length);
        System.arraycopy(text, 0, both, own.length, text.length);
        return "untrusted comment: x\n" + Base64.getEncoder().encodeToString(joined(own)) + "\ntrusted comment: "
                + comment + "\n" + Base64.getEncoder().encodeToString(signed(both)) + "\n";
    }

    private byte[] joined(byte[] with) {
        byte[] all = new byte[10 + with.length];
        all[0] = 'E';
        all[1] = 'd';
        System.arraycopy(id, 0, all, 2, id.length);
        System.arraycopy(with, 0, all, 10, with.length);
        return all;
    }

    private byte[] signed(byte[] content) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(content, 0, content.length);
        return signer.generateSignature();
    }
}
