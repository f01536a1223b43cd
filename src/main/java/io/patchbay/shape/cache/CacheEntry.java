package io.patchbay.shape.cache;

import java.time.Instant;

/**
 * What stands under a key of a cache.
 *
 * @param id changes whenever all that stands there is replaced
 * @param key the key
 * @param kind how it came to be
 * @param parts how many payloads it is made of
 * @param bytes what they have together
 * @param writtenAt when it was last written
 * @param expiresAt when it goes
 */
public record CacheEntry(
        String id, String key, Kind kind, int parts, long bytes, Instant writtenAt, Instant expiresAt) {

    /** How an entry came to be. */
    public enum Kind {
        /** One payload, or a number. */
        VALUE,
        /** Records of several payloads, one list together. */
        LIST,
        /** Payloads that stay apart. */
        PAGES
    }
}
