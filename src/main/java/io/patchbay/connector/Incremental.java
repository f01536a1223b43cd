package io.patchbay.connector;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.definition.IncrementalConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How a list that grows is read on, checked and compiled.
 *
 * @param config as it was written
 * @param field where a record, or the answer, has what the list grows by
 * @param ofAnswer whether the answer has it
 * @param format how the system writes times
 * @param bound how it wants them in a request
 * @param start where the first run begins
 */
public record Incremental(
        IncrementalConfig config, Place field, boolean ofAnswer, TimeFormat format, TimeFormat bound, Start start) {

    /** The same as a flow wants it. */
    public Incremental as(Growing growing) {
        return new Incremental(
                config.with(growing.lookback(), growing.step()),
                field,
                ofAnswer,
                format,
                bound,
                growing.start() == null ? start : growing.start());
    }

    /**
     * Where the first run begins: at most one of these is given.
     *
     * @param ago so long before the run was queued
     * @param time at this time
     * @param number behind this number
     */
    public record Start(
            @Nullable Duration ago,
            @Nullable Instant time,
            @Nullable String number) {

        /** At the beginning of the list. */
        public static final Start NONE = new Start(null, null, null);

        /** Reads a time, a duration or a number. @throws IllegalArgumentException when it is none for a cursor of this kind */
        public static Start parse(CursorKind kind, String text) {
            if (kind == CursorKind.TOKEN || text.isEmpty()) {
                throw new IllegalArgumentException(text);
            }
            if (kind == CursorKind.SEQUENCE) {
                BigDecimal number = Values.number(Json.NODES.textNode(text));
                if (number == null) {
                    throw new IllegalArgumentException(text);
                }
                return new Start(null, null, number.toPlainString());
            }
            boolean time =
                    Character.isDigit(text.charAt(text.length() - 1)) || text.contains(":") || text.contains("-");
            return time ? new Start(null, time(text), null) : new Start(Durations.parse(text), null, null);
        }

        private static Instant time(String text) {
            Instant time = new TimeFormat("iso8601", ZoneOffset.UTC).read(Json.NODES.textNode(text));
            if (time == null) {
                throw new IllegalArgumentException(text);
            }
            return time;
        }

        /** What a start of this kind looks like. */
        public static String example(CursorKind kind) {
            return kind == CursorKind.SEQUENCE
                    ? "a number"
                    : "so long ago, like 30d, or a time like '2026-01-01T00:00:00Z'";
        }

        /** The time or number as a cursor has it, for a run that was queued then; null for the beginning of the list. */
        public @Nullable String text(Instant queuedAt) {
            Instant at = at(queuedAt);
            return at == null ? number : at.toString();
        }

        /** The time, for a run that was queued then; null for the beginning of the list. */
        public @Nullable Instant at(Instant queuedAt) {
            return ago == null ? time : queuedAt.minus(ago);
        }
    }
}
