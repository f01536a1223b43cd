package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.trigger.inbound.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** How much a caller may send. */
@Doc("How much a caller may send")
record CallerLimits(
        @Doc("Most requests a minute, for each replica; 120 when not given") @Nullable
        Integer perMinute,

        @Doc("Largest body, like 2MB; what the address takes when not given") @Nullable
        String maxBody) {

    private static final int PER_MINUTE = 120;

    /** @throws IllegalArgumentException when a limit is out of range, or no size */
    Caller.Limits limits() {
        return new Caller.Limits(
                Objects.requireNonNullElse(perMinute, PER_MINUTE), maxBody == null ? null : size(maxBody));
    }

    private static DataSize size(String text) {
        try {
            return DataSize.parse(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("'maxBody' is a size like 500KB or 2MB", e);
        }
    }
}
