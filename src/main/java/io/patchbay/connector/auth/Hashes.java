package io.patchbay.connector.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of every Java. */
final class Hashes {

    private Hashes() {}

    /** RFC 2104, with an algorithm like {@code HmacSHA256}. */
    static byte[] hmac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // an empty key is allowed by the RFC and refused by SecretKeySpec; zero bytes are what it is filled up with
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }

    /** A digest with an algorithm like {@code SHA-256}. */
    static byte[] digest(String algorithm, byte[] text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
