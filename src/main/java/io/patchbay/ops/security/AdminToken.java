package io.patchbay.ops.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Tells the administrator's token from any other. Holds a hash only; once the right token was seen, its SHA-256 stays in
 * memory so that each further check costs a microsecond.
 */
public final class AdminToken {

    /** Longer candidates are refused unread. */
    static final int MOST_CHARACTERS = 512;

    private final PasswordEncoder encoder;
    private final @Nullable String stored;
    private volatile byte @Nullable [] digest;

    private AdminToken(PasswordEncoder encoder, @Nullable String stored, byte @Nullable [] digest) {
        this.encoder = encoder;
        this.stored = stored;
        this.digest = digest;
    }

    /** The token itself, as the environment gave it or as it was just made. */
    static AdminToken of(PasswordEncoder encoder, String token) {
        return new AdminToken(encoder, null, sha256(token));
    }

    /** The hash that an earlier start kept. */
    static AdminToken ofHash(PasswordEncoder encoder, String hash) {
        return new AdminToken(encoder, hash, null);
    }

    /** Whether this is the administrator's token; takes the same time for every wrong one of a length. */
    public boolean matches(String candidate) {
        if (candidate.isEmpty() || candidate.length() > MOST_CHARACTERS) {
            return false;
        }
        byte[] known = digest;
        byte[] given = sha256(candidate);
        if (known != null) {
            return MessageDigest.isEqual(known, given);
        }
        if (stored != null && encoder.matches(candidate, stored)) {
            digest = given;
            return true;
        }
        return false;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
