package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** Headers in which a system says what remains of its limit. */
@Doc("Headers in which the system says what remains; those that are not named are looked for under their usual names")
public record RateHeadersConfig(
        @Doc("How much remains") @Nullable String remaining,

        @Doc("When all is free again") @Nullable String reset,

        @Doc("Form of the reset header") @Default("auto") ResetFormat resetFormat) {

    /** Forms in which a time is told. */
    public enum ResetFormat {
        /** By its looks: a large number is an epoch, a small one seconds, else a date. */
        AUTO,
        /** Seconds from now. */
        SECONDS,
        /** Milliseconds from now. */
        MILLIS,
        /** Seconds since 1970. */
        EPOCH_S,
        /** Milliseconds since 1970. */
        EPOCH_MS,
        /** A date of HTTP. */
        HTTP_DATE,
        /** An instant of ISO 8601. */
        ISO8601
    }
}
