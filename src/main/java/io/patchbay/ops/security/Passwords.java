package io.patchbay.ops.security;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes and checks passwords of people: Argon2id (RFC 9106) with Spring Security's parameters, 16 MB and two passes.
 */
final class Passwords {

    static final int LONGEST = 128;

    private static final int FEWEST_DIFFERENT = 6;

    private final Argon2PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final int shortest;
    private final Turns turns;
    private volatile @Nullable String nobody;

    /**
     * @param shortest fewest characters of a password
     * @param turns of hashes
     */
    Passwords(int shortest, Turns turns) {
        this.shortest = shortest;
        this.turns = turns;
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

    /** The hash of a password; waits for its turn. */
    String hash(String password) {
        return turns.take(() -> encoder.encode(password));
    }

    /** Whether a password belongs to a hash; for who has a turn. */
    boolean matches(String password, String hash) {
        return password.length() <= LONGEST && encoder.matches(password, hash);
    }

    /** A hash that is nobody's, for who has a turn: checking it takes as long as any, so that nobody learns which users there are. */
    String ofNobody() {
        String made = nobody;
        if (made == null) {
            // With the first login that needs it: a start should not wait for it.
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            made = encoder.encode(HexFormat.of().formatHex(random));
            nobody = made;
        }
        return made;
    }
}
