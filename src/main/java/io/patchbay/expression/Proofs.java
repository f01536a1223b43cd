package io.patchbay.expression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes proofs (HMAC, RFC 2104) with secrets that whoever asks never sees. */
@FunctionalInterface
public interface Proofs {

    /** Where there are no secrets. */
    Proofs NONE = (secret, algorithm, content) -> {
        throw new ExpressionException("NO_SECRET", "secret '" + secret + "' cannot be used here");
    };

    /** Where a proof is looked at and no secret may be used: what one looks like. */
    Proofs STAND_IN = (secret, algorithm, content) -> with("preview", algorithm, content);

    /**
     * A digest with a key.
     *
     * @param secret name of the secret that is the key
     * @param algorithm as the JDK calls it, like {@code HmacSHA256}
     * @throws ExpressionException when there is no secret of that name, or it may not be used
     */
    byte[] of(String secret, String algorithm, byte[] content);

    /** A digest with this key. */
    static byte[] with(String key, String algorithm, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
