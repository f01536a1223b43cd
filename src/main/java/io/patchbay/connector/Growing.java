package io.patchbay.connector;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a flow says of the way in which it reads a list; what it does not say is as the connector has it.
 *
 * @param off whether it reads the whole list and moves no cursor
 * @param start where its first run begins
 * @param lookback how long before the cursor each run begins
 * @param step length of a window
 * @param pageSize records that it asks for per page
 */
public record Growing(
        boolean off,
        Incremental.@Nullable Start start,
        @Nullable Duration lookback,
        @Nullable Duration step,
        @Nullable Integer pageSize) {

    /** All as the connector has it. */
    public static final Growing AS_DECLARED = new Growing(false, null, null, null);

    /** The whole list. */
    public static final Growing OFF = new Growing(true, null, null, null);

    /** In pages as the connector has them. */
    public Growing(
            boolean off, Incremental.@Nullable Start start, @Nullable Duration lookback, @Nullable Duration step) {
        this(off, start, lookback, step, null);
    }

    /** The same in pages of so many records; null for as many as the connector asks for. */
    public Growing inPagesOf(@Nullable Integer size) {
        return size == null ? this : new Growing(off, start, lookback, step, size);
    }
}
