package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What a preview may still take: it answers at once, and with an answer that can be read. */
final class Budget {

    /** What took too long has this name. */
    static final String TOO_SLOW = "TOO_SLOW";

    /** A script may take its time for each record. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int MOST = 8_000_000;
    private static final int MOST_OF_A_VALUE = 50_000;
    private static final int ROUGHLY = 12;

    private final Clock clock;
    private final Instant end;
    private long left = MOST;

    Budget(Clock clock) {
        this.clock = clock;
        this.end = clock.instant().plus(LONGEST);
    }

    /** Whether nothing more is shown. */
    boolean isSpent() {
        return left <= 0 || late();
    }

    /** How much time is left; nothing below zero. */
    Duration time() {
        Duration more = Duration.between(clock.instant(), end);
        return more.isNegative() ? Duration.ZERO : more;
    }

    private boolean late() {
        return clock.instant().isAfter(end);
    }

    /** @throws ExpressionException when it took too long */
    void checkTime() {
        if (late()) {
            throw new ExpressionException(
                    TOO_SLOW, "the preview took longer than " + LONGEST.toSeconds() + " s; try a smaller sample");
        }
    }

    /** The value, or a text in the place of one that is too long to be shown beside others. */
    JsonNode shown(JsonNode value) {
        long size = size(value, Math.min(MOST_OF_A_VALUE, Math.max(0, left)));
        if (size < 0) {
            left -= ROUGHLY;
            return Json.NODES.textNode("(too long to be shown)");
        }
        left -= size;
        return value;
    }

    /** Counts a result. @throws StepException when it is more than is left */
    void refuseIfLarger(JsonNode result) throws StepException {
        long size = size(result, Math.max(0, left));
        if (size < 0) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_LARGE",
                    "the results have more than the " + MOST / 1_000_000
                            + " million characters that a preview shows; try a smaller sample");
        }
        left -= size;
    }

    /** About how many characters a value has; -1 for more than so many, without looking at the rest. */
    static long size(JsonNode value, long most) {
        long size = ROUGHLY;
        if (value.isTextual()) {
            size += value.textValue().length();
        } else if (value.isNumber()) {
            size += value.isBigInteger() || value.isBigDecimal()
                    ? value.asText().length()
                    : 0;
        } else if (value.isObject()) {
            var members = value.properties().iterator();
            while (members.hasNext() && size >= 0) {
                var member = members.next();
                size = plus(size, member.getKey().length(), member.getValue(), most);
            }
        } else {
            for (JsonNode item : value) {
                if (size >= 0) {
                    size = plus(size, 0, item, most);
                }
            }
        }
        return size > most ? -1 : size;
    }

    private static long plus(long size, int name, JsonNode value, long most) {
        long left = most - size - name;
        long more = left < 0 ? -1 : size(value, left);
        return more < 0 ? -1 : size + name + more;
    }
}
