package io.patchbay.connector;

import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff.Jitter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long to wait before another try. */
public final class Waits {

    /** A system that asks for more than this is taken to be out of its mind. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH);

    private Waits() {}

    /**
     * The wait before a try; the second try is number 2.
     *
     * @param asked what the system asked for, which wins, or null
     * @param random from 0 (inclusive) to 1
     */
    public static Duration before(int attempt, Backoff backoff, @Nullable Duration asked, DoubleSupplier random) {
        if (asked != null) {
            return asked;
        }
        double millis = (double) backoff.initial().toMillis();
        if (backoff.type() != Backoff.Type.CONSTANT) {
            millis *= Math.pow(backoff.factor(), Math.min(attempt - 2, 60));
        }
        millis = Math.min(millis, (double) backoff.max().toMillis());
        double spread = backoff.jitter() == Jitter.NONE ? 0 : backoff.jitter() == Jitter.EQUAL ? millis / 2 : millis;
        return Duration.ofMillis(Math.round(millis - spread + spread * random.getAsDouble()));
    }

    /**
     * What a header says about how long to wait: seconds or an HTTP date (RFC 9110 section 10.2.3), an ISO 8601 instant, or
     * for {@code waitUntilHeader} an epoch second.
     *
     * @return null when the header says nothing that can be understood
     */
    public static @Nullable Duration asked(@Nullable String header, Backoff.Type type, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        if (text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(text);
            Duration wait = type == Backoff.Type.WAIT_UNTIL_HEADER
                    ? Duration.between(now, Instant.ofEpochSecond(number))
                    : Duration.ofSeconds(number);
            return bounded(wait);
        }
        Instant date = httpDate(text);
        try {
            Instant then = date == null ? OffsetDateTime.parse(text).toInstant() : date;
            return bounded(Duration.between(now, then));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A date of HTTP (RFC 9110 section 5.6.7) in the form that is sent today; null when it is none. */
    public static @Nullable Instant httpDate(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text.strip(), HTTP_DATE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : wait;
    }
}
