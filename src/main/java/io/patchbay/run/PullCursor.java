package io.patchbay.run;

import io.patchbay.expression.Values;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How far the runs of a flow came in a list that grows.
 *
 * @param key which list
 * @param inputs what it is asked with, for reading: secrets hidden, cut; empty for nothing
 * @param kind what the position is made of
 * @param position where the next run begins
 * @param movedAt when it came there
 * @param run the run that moved it; null when an operator did
 */
public record PullCursor(
        Key key,
        String inputs,
        CursorKind kind,
        String position,
        Instant movedAt,
        @Nullable String run) {

    /** Longest position that is kept. */
    public static final int LONGEST = 4_000;

    /**
     * One cursor for each flow, endpoint of an instance, and what that is given.
     *
     * @param digest of the inputs, 16 hex digits; empty when there are none
     */
    public record Key(String flow, String instance, String endpoint, String digest) {
        private static final int DIGITS = 16;

        /** Of a list that is asked for without inputs. */
        public Key(String flow, String instance, String endpoint) {
            this(flow, instance, endpoint, "");
        }

        /** Of a list that is asked for with these inputs, as one text. */
        static Key of(String flow, String instance, String endpoint, String inputs) {
            if (inputs.isEmpty()) {
                return new Key(flow, instance, endpoint);
            }
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(inputs.getBytes(StandardCharsets.UTF_8));
                return new Key(
                        flow, instance, endpoint, HexFormat.of().formatHex(hash).substring(0, DIGITS));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return flow + "/" + instance + "/" + endpoint + (digest.isEmpty() ? "" : "/" + digest);
        }
    }

    /** Where a run begins. */
    public record At(CursorKind kind, String position) {}

    /**
     * What a run moves when it ends.
     *
     * @param from where it began; null when there was no cursor. One that stands elsewhere by now is not moved
     */
    public record Move(
            Key key,
            String inputs,
            CursorKind kind,
            @Nullable String from,
            String to) {}

    /** A position in the form in which it is kept. @throws IllegalArgumentException when it is none of this kind */
    public static String position(CursorKind kind, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a position has 1 to " + LONGEST + " characters");
        }
        try {
            return switch (kind) {
                case DATETIME -> Instant.parse(text).toString();
                case SEQUENCE -> number(text);
                case TOKEN -> text;
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2026-03-01T12:00:00Z", e);
        }
    }

    private static String number(String text) {
        BigDecimal number = Values.number(Json.NODES.textNode(text));
        if (number == null) {
            throw new IllegalArgumentException("'" + text + "' is not a number");
        }
        return number.toPlainString();
    }

    /** The position so much earlier. @throws IllegalArgumentException when it is not a time */
    public String back(Duration by) {
        if (kind != CursorKind.DATETIME) {
            throw new IllegalArgumentException("only a cursor that is a time can be moved back by a duration");
        }
        return Instant.parse(position).minus(by).toString();
    }

    /** Orders two positions; tokens have no order, so they are all alike. */
    static int compare(CursorKind kind, String one, String other) {
        return switch (kind) {
            case DATETIME -> Instant.parse(one).compareTo(Instant.parse(other));
            case SEQUENCE -> new BigDecimal(one).compareTo(new BigDecimal(other));
            case TOKEN -> 0;
        };
    }
}
