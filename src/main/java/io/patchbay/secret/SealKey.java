package io.patchbay.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of AES-256.
 *
 * @param id tells it from others and nothing about it: eight digits of its hash
 */
record SealKey(String id, SecretKey key) {

    private static final int BYTES = 32;
    private static final int ID_DIGITS = 8;
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");

    static SealKey of(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("patchbay key id".getBytes(StandardCharsets.US_ASCII));
            String id = HexFormat.of().formatHex(digest.digest(bytes)).substring(0, ID_DIGITS);
            return new SealKey(id, new SecretKeySpec(bytes, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    static SealKey random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /**
     * Reads keys in base 64, separated by commas, blanks or lines.
     *
     * @param place where they come from, for the message
     * @throws SealException if one has another form, or there is none
     */
    static List<SealKey> parse(String text, String place) {
        List<SealKey> keys = Stream.of(BETWEEN.split(text.strip()))
                .filter(part -> !part.isEmpty())
                .map(part -> one(part, place))
                .toList();
        if (keys.isEmpty()) {
            throw wrong(place);
        }
        return keys;
    }

    private static SealKey one(String text, String place) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong(place);
        }
        if (bytes.length != BYTES) {
            throw wrong(place);
        }
        return of(bytes);
    }

    /** Without the cause, which would show a piece of the key. */
    private static SealException wrong(String place) {
        return new SealException(
                place + " must hold 32 random bytes in base 64, or several such keys separated by commas,"
                        + " the newest first; `openssl rand -base64 32` makes one");
    }

    String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    @Override
    public String toString() {
        return "SealKey[" + id + "]";
    }
}
