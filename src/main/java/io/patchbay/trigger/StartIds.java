package io.patchbay.trigger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids of starts that can be worked out again: a UUIDv7 (RFC 9562, section 5.7) whose random bits come from what the start is
 * for. A trigger that writes the same start again, after a crash say, gives it the same id.
 */
public final class StartIds {

    private StartIds() {}

    /**
     * The id of a start.
     *
     * @param at when it was due; the id's time
     * @param what what it is for; parts are kept apart
     */
    public static String of(Instant at, String... what) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(String.join("\u0000", what)));
        long high = (at.toEpochMilli() << 16) | 0x7000L | (hash.getLong() & 0x0fffL);
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
