package io.patchbay.connector.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Proof key for code exchange with the method S256 (RFC 7636): who redeems a code shows that it began the request for it.
 *
 * @param verifier the secret, shown with the code
 * @param challenge its hash, shown before
 */
public record Pkce(String verifier, String challenge) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one, of 32 random octets (section 4.1). */
    public static Pkce fresh() {
        return of(random());
    }

    /** The challenge of a verifier (section 4.2). */
    public static Pkce of(String verifier) {
        return new Pkce(verifier, base64(Hashes.digest("SHA-256", verifier.getBytes(StandardCharsets.US_ASCII))));
    }

    /** 256 random bits as text that a URL takes as it is. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "verifier of " + challenge;
    }
}
