package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Incremental;
import io.patchbay.expression.Values;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the records of pages come: cursors as they are kept. */
record CursorValues(Incremental incremental) {

    private static final int LONGEST = 4_000;
    private static final int MOST_SHOWN = 60;

    /** The further one of two cursors; of two tokens the later one. */
    String further(@Nullable String one, String other) {
        if (one == null) {
            return other;
        }
        boolean later = switch (incremental.config().type()) {
            case DATETIME -> Instant.parse(other).isAfter(Instant.parse(one));
            case SEQUENCE -> new BigDecimal(other).compareTo(new BigDecimal(one)) > 0;
            case TOKEN -> true;
        };
        return later ? other : one;
    }

    /** How far a page comes; null for one that says nothing. @throws StepException when it is not what was declared */
    @Nullable
    String of(PageAnswer answer) throws StepException {
        if (incremental.ofAnswer()) {
            JsonNode value = incremental.field().find(answer.tree());
            return Values.empty(value) ? null : cursor(value, false);
        }
        String furthest = null;
        List<JsonNode> records = answer.items();
        for (JsonNode record : records) {
            JsonNode value = incremental.field().find(record);
            if (!Values.empty(value)) {
                furthest = further(furthest, cursor(value, false));
            }
        }
        if (furthest == null && answer.records() > answer.unread()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_CURSOR",
                    "no record of a page has " + incremental.config().cursorField()
                            + " (incremental.cursorField), so how far the list was read is not known");
        }
        return furthest;
    }

    /**
     * Whether a record is one that earlier runs have read. A time is no proof, as another record may have the same one: it
     * comes again. A record without the field is none.
     */
    boolean before(JsonNode record, String lower) throws StepException {
        JsonNode value = incremental.field().find(record);
        if (Values.empty(value)) {
            return false;
        }
        String found = cursor(value, true);
        return incremental.config().type() == CursorKind.DATETIME
                ? Instant.parse(found).isBefore(Instant.parse(lower))
                : new BigDecimal(found).compareTo(new BigDecimal(lower)) <= 0;
    }

    /** What a record has; null for nothing. */
    @Nullable
    String value(JsonNode record) throws StepException {
        JsonNode value = incremental.field().find(record);
        return Values.empty(value) ? null : cursor(value, false);
    }

    /** Whether one value lies before another one. */
    boolean earlier(String one, String other) {
        return !one.equals(other) && further(one, other).equals(other);
    }

    /** What a record says; of a local time that came twice the later time where nothing may be lost by it, else the earlier. */
    private String cursor(JsonNode value, boolean later) throws StepException {
        CursorKind kind = incremental.config().type();
        String found = null;
        if (value.isValueNode()) {
            Instant time = kind == CursorKind.DATETIME ? time(value, later) : null;
            BigDecimal number = kind == CursorKind.SEQUENCE ? Values.number(value) : null;
            found = kind == CursorKind.TOKEN
                    ? Values.text(value)
                    : time != null ? time.toString() : number != null ? number.toPlainString() : null;
        }
        if (found == null || found.length() > LONGEST) {
            String text = Values.text(value);
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_CURSOR",
                    incremental.config().cursorField() + " is '"
                            + (text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text)
                            + "', which is not "
                            + (kind == CursorKind.DATETIME
                                    ? "a time of format " + incremental.config().format()
                                    : kind == CursorKind.SEQUENCE ? "a number" : "a token of at most 4000 characters")
                            + " (incremental)");
        }
        return found;
    }

    private @Nullable Instant time(JsonNode value, boolean later) {
        return later ? incremental.format().latest(value) : incremental.format().read(value);
    }

    /** A cursor as a request carries it. */
    JsonNode sent(String cursor) {
        return switch (incremental.config().type()) {
            case DATETIME -> incremental.bound().lower(Instant.parse(cursor));
            case SEQUENCE -> Json.NODES.numberNode(new BigDecimal(cursor));
            case TOKEN -> Json.NODES.textNode(cursor);
        };
    }
}
