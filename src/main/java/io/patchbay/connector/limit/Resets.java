package io.patchbay.connector.limit;

import io.patchbay.connector.Waits;
import io.patchbay.connector.definition.RateHeadersConfig.ResetFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times at which a system says that its limit is free again. */
final class Resets {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");

    /** Numbers from here on are points in time: as seconds from now they would be 30 years. */
    private static final double EPOCH_SECONDS = 1e9;

    private static final double EPOCH_MILLIS = 1e11;

    private Resets() {}

    /**
     * How long it is until then.
     *
     * @param date the answer's Date header: points in time are of the clock that made it; null for our clock
     * @return null when it cannot be understood
     */
    static @Nullable Duration until(String text, ResetFormat format, @Nullable String date, Instant now) {
        String told = text.strip();
        if (NUMBER.matcher(told).matches()) {
            return number(Double.parseDouble(told), format, date, now);
        }
        Instant then = format == ResetFormat.ISO8601 ? iso(told) : Waits.httpDate(told);
        if (then == null && format == ResetFormat.AUTO) {
            then = iso(told);
        }
        return then == null ? null : from(date, now, then);
    }

    private static Duration number(double value, ResetFormat format, @Nullable String date, Instant now) {
        ResetFormat meant = format;
        if (format != ResetFormat.SECONDS
                && format != ResetFormat.MILLIS
                && format != ResetFormat.EPOCH_S
                && format != ResetFormat.EPOCH_MS) {
            meant = value >= EPOCH_MILLIS
                    ? ResetFormat.EPOCH_MS
                    : value >= EPOCH_SECONDS ? ResetFormat.EPOCH_S : ResetFormat.SECONDS;
        }
        return switch (meant) {
            case MILLIS -> Duration.ofMillis((long) Math.ceil(value));
            case EPOCH_MS -> from(date, now, Instant.ofEpochMilli((long) value));
            case EPOCH_S -> from(date, now, Instant.ofEpochMilli((long) Math.ceil(value * 1000)));
            default -> Duration.ofMillis((long) Math.ceil(value * 1000));
        };
    }

    private static Duration from(@Nullable String date, Instant now, Instant then) {
        Instant theirs = Waits.httpDate(date);
        Duration wait = Duration.between(theirs == null ? now : theirs, then);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static @Nullable Instant iso(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
