package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Durations;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.Incremental;
import io.patchbay.connector.definition.IncrementalConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.ResultWindowConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pull of a list that grows: it begins at the cursor, reads window after window with another method of paging in each, and
 * knows at its end how far it came. A cursor that is a time never goes beyond the time at which the run was queued, so that a record
 * with a date in the future hides none that comes before it.
 *
 * <p>The place of the pull: {@code at} is that of the paging within the window, {@code lower} and {@code until} are where the
 * window begins and the last one ends, {@code width} is the window's length in milliseconds, {@code from} is the cursor and {@code
 * high} how far the pages came.
 */
public final class Windows implements Pager {

    static final String AT = "at";
    static final String LOWER = "lower";
    private static final String UNTIL = "until";
    static final String WIDTH = "width";
    private static final String FROM = "from";
    private static final String HIGH = "high";

    private final Incremental incremental;
    private final IncrementalConfig config;
    private final Pager pager;
    private final Paging paging;
    private final CursorValues cursors;
    private final @Nullable OldestFirst order;
    private final Of of;

    /**
     * Which pull it is.
     *
     * @param instance name of the instance
     * @param endpoint id of the endpoint
     * @param inputs what it is given, as one text
     * @param cursor where earlier runs came; null when there is no cursor yet
     * @param queuedAt when the run was queued: the end of the last window
     */
    public record Of(
            String instance,
            String endpoint,
            String inputs,
            @Nullable String cursor,
            Instant queuedAt) {}

    /**
     * A pull.
     *
     * @param pager turns the pages of one window
     */
    public Windows(Incremental incremental, Paging paging, Pager pager, Of of) {
        this.incremental = incremental;
        this.config = incremental.config();
        this.paging = paging;
        this.pager = pager;
        this.cursors = new CursorValues(incremental);
        this.of = of;
        this.order = config.order() == IncrementalConfig.Order.ASC ? new OldestFirst(cursors, this::told) : null;
    }

    /** What a request says of a value, as far as the system can tell values apart. */
    private String told(String value) {
        String rough = config.type() == CursorKind.DATETIME
                ? rounded(Instant.parse(value)).toString()
                : value;
        return cursors.sent(rough).toString();
    }

    /**
     * Sees to it that nothing is missing between the cursor and what the system tells of.
     *
     * @throws StepException when the cursor is too old
     */
    public void check() throws StepException {
        Duration retention = config.retention();
        String cursor = of.cursor();
        if (retention == null || cursor == null) {
            return;
        }
        if (Instant.parse(cursor).isBefore(of.queuedAt().minus(retention))) {
            throw new StepException(
                    Owner.AUTHOR,
                    "CURSOR_TOO_OLD",
                    "the cursor of '" + of.endpoint() + "' of instance '" + of.instance() + "' stands at " + cursor
                            + ", and the system tells of changes for " + Durations.format(retention)
                            + " (incremental.retention): what came between may be missing. Forget the cursor to begin anew, or put"
                            + " it where nothing is missing (patchbay cursors)");
        }
    }

    @Override
    public JsonNode first() {
        ObjectNode state = Json.NODES.objectNode();
        String cursor = of.cursor();
        if (cursor != null) {
            state.put(FROM, cursor).put(HIGH, cursor);
        }
        String lower = begin(cursor);
        if (lower != null) {
            state.put(LOWER, lower);
        }
        if (config.upper() != null) {
            state.put(UNTIL, of.queuedAt().toString());
        }
        return lower == null || config.upper() == null ? entered(state) : window(state, lower, width(config.step()));
    }

    private @Nullable String begin(@Nullable String cursor) {
        if (config.type() != CursorKind.DATETIME) {
            return cursor != null ? cursor : incremental.start().number();
        }
        Instant time =
                cursor != null ? Instant.parse(cursor) : incremental.start().at(of.queuedAt());
        if (time == null) {
            return null;
        }
        Duration lookback = cursor == null ? null : config.lookback();
        return rounded(lookback == null ? time : time.minus(lookback)).toString();
    }

    /** Down to what the system can tell apart: rather a record twice than none. */
    private Instant rounded(Instant time) {
        Duration granularity = config.granularity();
        long unit = granularity == null ? 1 : Math.max(1, granularity.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), unit) * unit);
    }

    private static long width(@Nullable Duration step) {
        return step == null ? Long.MAX_VALUE : step.toMillis();
    }

    /** The state at the beginning of a window, or the end when there is none left. */
    private JsonNode window(ObjectNode state, String lower, long width) {
        Instant begin = Instant.parse(lower);
        Instant until = Instant.parse(state.path(UNTIL).asText());
        if (!begin.isBefore(until)) {
            return ended(state);
        }
        long left = Math.max(1, ChronoUnit.MILLIS.between(begin, until) + 1);
        return entered(state.put(LOWER, lower).put(WIDTH, Math.min(width, left)));
    }

    private JsonNode entered(ObjectNode state) {
        return state.set(AT, pager.first());
    }

    private static JsonNode ended(ObjectNode state) {
        state.remove(AT);
        return state.put("end", true);
    }

    private Instant upper(JsonNode state) {
        Instant until = Instant.parse(state.path(UNTIL).asText());
        if (!state.has(WIDTH)) {
            return until;
        }
        Instant upper = Instant.parse(state.path(LOWER).asText())
                .plusMillis(state.path(WIDTH).asLong());
        return upper.isAfter(until) ? until : upper;
    }

    /** Where the paging within the window knows its own place, how far the pull came otherwise has no part in it. */
    @Override
    public String place(JsonNode state) {
        JsonNode at = state.path(AT);
        String within = pager.place(at);
        return within.equals(at.toString())
                ? state.toString()
                : state.path(LOWER) + " " + state.path(WIDTH) + " " + within;
    }

    @Override
    public @Nullable String again(JsonNode state, JsonNode next) {
        boolean within = next.has(AT)
                && state.path(LOWER).equals(next.path(LOWER))
                && state.path(WIDTH).equals(next.path(WIDTH));
        return within && pager.again(state.path(AT), next.path(AT)) != null ? place(next) : null;
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        if (!state.has(AT)) {
            throw Pagers.lostPlace();
        }
        Turn turn = pager.turn(state.path(AT));
        if (turn.url() != null) {
            return turn; // the system put the bounds into the address that it named
        }
        Map<String, String> query = new LinkedHashMap<>(turn.query());
        Map<String, String> headers = new LinkedHashMap<>(turn.headers());
        Map<String, JsonNode> body = new LinkedHashMap<>(turn.body());
        Map<String, JsonNode> page = new LinkedHashMap<>(turn.page());
        Turn bounded = new Turn(null, query, headers, body, page);
        InjectConfig from = config.lower();
        if (from != null && state.has(LOWER)) {
            bound(from, cursors.sent(state.path(LOWER).asText()), bounded);
        }
        if (config.upper() != null && state.has(UNTIL)) {
            Instant upper = upper(state);
            boolean last = !upper.isBefore(Instant.parse(state.path(UNTIL).asText()));
            Duration gap = config.granularity();
            Instant sent = last || gap == null ? upper : upper.minus(gap);
            bound(config.upper(), incremental.bound().upper(sent.truncatedTo(ChronoUnit.MILLIS)), bounded);
        }
        return bounded;
    }

    /** Adds a bound; where paging has a value of the same name, as a keyset may, that one is further on. */
    private static void bound(InjectConfig inject, JsonNode value, Turn turn) {
        String name = Objects.requireNonNull(inject.name());
        if (inject.into() == Into.BODY_JSON) {
            turn.body().putIfAbsent(name, value);
        } else if (inject.into() == Into.TEMPLATE) {
            turn.page().putIfAbsent(name, value);
        } else {
            (inject.into() == Into.HEADER ? turn.headers() : turn.query()).putIfAbsent(name, Values.text(value));
        }
    }

    @Override
    public List<JsonNode> kept(JsonNode state, List<JsonNode> records) throws StepException {
        if (config.serverSide() || !state.has(LOWER)) {
            return records;
        }
        String lower = state.path(LOWER).asText();
        List<JsonNode> kept = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            if (!cursors.before(record, lower)) {
                kept.add(record);
            }
        }
        return kept;
    }

    /** Whether a list that comes newest first is behind the cursor. */
    private boolean behind(JsonNode state, PageAnswer answer) throws StepException {
        JsonNode last = answer.last();
        return config.order() == IncrementalConfig.Order.DESC
                && last != null
                && state.has(LOWER)
                && cursors.before(last, state.path(LOWER).asText());
    }

    @Override
    public boolean leavesOut(JsonNode state, PageAnswer answer) {
        return splits(state, answer);
    }

    private boolean splits(JsonNode state, PageAnswer answer) {
        ResultWindowConfig window = paging.config().resultWindow();
        return window != null
                && window.onExceed() == ResultWindowConfig.OnExceed.SPLIT_WINDOW
                && state.path(AT).equals(pager.first())
                && ResultWindow.exceeded(paging, answer);
    }

    @Override
    public JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        ObjectNode next = Json.NODES.objectNode().setAll((ObjectNode) state);
        if (splits(state, answer)) {
            return half(next);
        }
        if (order != null) {
            order.seen(next, answer.items(), state.has(HIGH) ? state.path(HIGH).asText() : null);
        }
        String came = cursors.of(answer);
        if (came != null) {
            String high = cursors.further(state.has(HIGH) ? state.path(HIGH).asText() : null, capped(came));
            next.put(HIGH, high);
        }
        JsonNode within = behind(state, answer) ? null : pager.next(state.path(AT), answer);
        if (within != null) {
            return next.set(AT, within);
        }
        if (!state.has(WIDTH)) {
            return ended(next);
        }
        long width = state.path(WIDTH).asLong();
        long wider = Math.min(width(config.step()), width > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : width * 2);
        return window(next, upper(state).toString(), wider);
    }

    @Override
    public JsonNode begin(JsonNode state) {
        ObjectNode again = Json.NODES.objectNode().setAll((ObjectNode) state);
        OldestFirst.again(again);
        return entered(again);
    }

    @Override
    public @Nullable JsonNode cut(JsonNode state) {
        ObjectNode next = state.has(WIDTH) ? halved(Json.NODES.objectNode().setAll((ObjectNode) state)) : null;
        if (next == null) {
            return null;
        }
        OldestFirst.again(next);
        return entered(next);
    }

    /** The first half of the window; the second one follows as the window behind it. */
    private JsonNode half(ObjectNode state) throws StepException {
        ObjectNode halved = halved(state);
        if (halved == null) {
            throw ResultWindow.tooMany(paging, " between " + state.path(LOWER).asText() + " and " + upper(state));
        }
        return halved;
    }

    private @Nullable ObjectNode halved(ObjectNode state) {
        Duration granularity = config.granularity();
        long smallest = granularity == null ? 1 : Math.max(1, granularity.toMillis());
        long half = state.path(WIDTH).asLong() / 2 / smallest * smallest;
        return half < smallest ? null : state.put(WIDTH, half);
    }

    private String capped(String cursor) {
        return config.type() == CursorKind.DATETIME && Instant.parse(cursor).isAfter(of.queuedAt())
                ? of.queuedAt().toString()
                : cursor;
    }

    @Override
    public Pull.@Nullable Reached delivered(JsonNode state) {
        String safe = order == null ? null : OldestFirst.safe(state);
        return safe == null ? null : reached(state, capped(safe));
    }

    @Override
    public @Nullable String noticed(JsonNode state, JsonNode next) {
        String what = OldestFirst.noticed(state, next);
        return what == null
                ? null
                : "'" + of.endpoint() + "' is not in the order of " + config.cursorField() + ": " + what
                        + "; if this pull breaks, the next run reads all of it again (incremental.order)";
    }

    @Override
    public Pull.@Nullable Reached reached(JsonNode end) {
        return reached(end, end.has(HIGH) ? end.path(HIGH).asText() : null);
    }

    private Pull.Reached reached(JsonNode state, @Nullable String to) {
        return new Pull.Reached(
                of.instance(),
                of.endpoint(),
                of.inputs(),
                config.type(),
                state.has(FROM) ? state.path(FROM).asText() : null,
                to);
    }
}
