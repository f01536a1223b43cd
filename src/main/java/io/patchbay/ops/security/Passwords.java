package io.patchbay.ops.security;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes and checks passwords of people: Argon2id (RFC 9106) with Spring Security's parameters, 16 MB and two passes. Few at a
 * time, so that wrong passwords take neither the memory nor all processors.
 */
final class Passwords {

    static final int LONGEST = 128;

    private static final int AT_ONCE = 2;
    private static final int FEWEST_DIFFERENT = 6;

    private final Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final int shortest;
    private volatile @Nullable String nobody;

    /** @param shortest fewest characters of a password */
    Passwords(int shortest) {
        this.shortest = shortest;
    }

    /** @throws IllegalArgumentException with a sentence, when a password is too easy to guess */
    void check(String user, String password) {
        if (password.length() < shortest || password.length() > LONGEST) {
            throw new IllegalArgumentException("A password has " + shortest + " to " + LONGEST + " characters.");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.contains(user.toLowerCase(Locale.ROOT)) || lower.contains("patchbay")) {
            throw new IllegalArgumentException("A password must not hold the user's name or the program's.");
        }
        if (password.chars().distinct().count() < FEWEST_DIFFERENT
                || "0123456789012345678901234567890".contains(lower)
                || "abcdefghijklmnopqrstuvwxyz".contains(lower)
                || lower.matches("(pass(word)?|qwerty|admin|letmein|welcome|changeme)[0-9!.@#$]*")) {
            throw new IllegalArgumentException("This password is one of the first that are tried; take another one.");
        }
    }

    String hash(String password) {
        return inPlace(() -> encoder.encode(password));
    }

    /** Whether a password belongs to a hash. */
    boolean matches(String password, String hash) {
        return password.length() <= LONGEST && inPlace(() -> encoder.matches(password, hash));
    }

    /** A hash that is nobody's: checking it takes as long as any, so that nobody learns which users there are. */
    String ofNobody() {
        String made = nobody;
        if (made == null) {
            // With the first login that needs it: a start should not wait for it.
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            made = hash(HexFormat.of().formatHex(random));
            nobody = made;
        }
        return made;
    }

    private <T> T inPlace(java.util.function.Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
