package io.patchbay.shape.cache;

import io.patchbay.payload.Payload;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A change of one entry.
 *
 * @param key its key, at most {@value #LONGEST_KEY} characters
 * @param how what is done
 * @param payload what is put there; null for a number, and where it is taken out
 * @param number what is added to the number there; null for all else
 */
public record CacheWrite(
        String key,
        How how,
        @Nullable Payload payload,
        @Nullable BigDecimal number) {

    /** Longest key in characters. */
    public static final int LONGEST_KEY = 400;

    /** What is done with what stands there. */
    public enum How {
        /** It is replaced. */
        PUT,
        /** The payload's records are added behind its records. */
        APPEND,
        /** The payload becomes one more page, the first one of a run in place of what stood there. */
        PAGE,
        /** The number is added to it. */
        ADD,
        /** It is taken out. */
        CLEAR
    }
}
