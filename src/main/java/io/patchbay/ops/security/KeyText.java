package io.patchbay.ops.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a key of the API looks like: {@code pbk_}, 43 random letters and digits (256 bits), and six more that are their checksum.
 * So scanners for secrets find it, and what is no key is refused without asking the database.
 */
final class KeyText {

    static final String PREFIX = "pbk_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 43;
    private static final int CHECK = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM + CHECK) + "}");

    private KeyText() {}

    /** A new one. */
    static String make(SecureRandom random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < RANDOM; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text + check(text.toString());
    }

    /** Whether a text can be a key at all. */
    static boolean isOne(String text) {
        int end = text.length() - CHECK;
        return FORM.matcher(text).matches() && text.substring(end).equals(check(text.substring(0, end)));
    }

    /** What a key is kept and looked up by. SHA-256 does: nobody can guess 256 bits, however cheap a guess is. */
    static String hashOf(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String check(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        long rest = sum.getValue();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < CHECK; i++) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return digits.toString();
    }
}
