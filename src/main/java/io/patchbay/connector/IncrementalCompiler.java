package io.patchbay.connector;

import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.Incremental.Start;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.IncrementalConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.ResultWindowConfig;
import io.patchbay.payload.CursorKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how a list that grows is read on. */
final class IncrementalCompiler {

    private static final Set<Into> PLACES = Set.of(Into.QUERY, Into.HEADER, Into.BODY_JSON, Into.TEMPLATE);

    private final Compiling compiling;

    IncrementalCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    @Nullable
    Incremental compile(EndpointConfig endpoint, String[] of) {
        IncrementalConfig config = endpoint.incremental();
        if (config == null) {
            return null;
        }
        String[] keys = Compiling.below(of, "incremental");
        if (endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(keys), "NOT_HERE", "'incremental' belongs to reads", "take it out, or say kind: read");
        }
        boolean ofAnswer = config.cursorField().startsWith("$");
        Place field = compiling.parsed(
                ofAnswer
                        ? config.cursorField()
                        : (config.cursorField().startsWith("[") ? "$" : "$.") + config.cursorField(),
                Place::parse,
                Compiling.below(keys, "cursorField"));
        if (config.type() == CursorKind.TOKEN && !ofAnswer) {
            wrong(
                    Compiling.below(keys, "cursorField"),
                    "a token stands in the answer: its path begins with $.",
                    "like $.nextSyncToken");
        }
        checkSide(endpoint, config, of);
        if (config.upper() != null) {
            checkInject(endpoint, config.upper(), of, "upper");
        }
        checkTimes(config, keys);
        Start start = start(config, Compiling.below(keys, "start"));
        TimeFormat format = format(config, config.format(), "format", keys);
        String bound = config.boundFormat();
        return new Incremental(
                config,
                field == null ? Place.parse("$") : field,
                ofAnswer,
                format,
                bound == null ? format : format(config, bound, "boundFormat", keys),
                start);
    }

    private void checkSide(EndpointConfig endpoint, IncrementalConfig config, String[] of) {
        String[] keys = Compiling.below(of, "incremental");
        if (config.serverSide()) {
            if (config.lower() == null) {
                compiling.error(
                        compiling.at(keys),
                        "MISSING_KEY",
                        "'incremental' needs 'lower': where the cursor goes in a request",
                        "like lower: { into: query, name: updated_at_min }; or serverSide: false where the system has no such thing");
            } else {
                checkInject(endpoint, config.lower(), of, "lower");
            }
            if (config.order() == IncrementalConfig.Order.DESC) {
                notHere(keys, "order", "serverSide: false only");
            }
        } else {
            String why = "serverSide: false, where the whole list is asked for";
            refuse(config.lower(), keys, "lower", why);
            refuse(config.upper(), keys, "upper", why);
            refuse(config.step(), keys, "step", why);
            if (config.type() == CursorKind.TOKEN || config.cursorField().startsWith("$")) {
                wrong(
                        Compiling.below(keys, "serverSide"),
                        "records are told apart by a field of their own, and this cursor is none",
                        "take a cursorField of the record, of type datetime or sequence");
            }
        }
        boolean asc = config.order() == IncrementalConfig.Order.ASC;
        if (asc && (config.type() == CursorKind.TOKEN || config.cursorField().startsWith("$"))) {
            notHere(keys, "order", "a cursorField of the record only");
        }
        if (config.retention() != null && config.type() != CursorKind.DATETIME) {
            notHere(keys, "retention", "type datetime only");
        }
    }

    private void refuse(@Nullable Object given, String[] keys, String key, String why) {
        if (given != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, key)),
                    "NOT_HERE",
                    "'" + key + "' has no meaning with " + why,
                    "take one of them out");
        }
    }

    private void notHere(String[] keys, String key, String only) {
        compiling.error(
                compiling.at(Compiling.below(keys, key)),
                "NOT_HERE",
                "'" + key + "' has a meaning for " + only,
                "take it out");
    }

    private void checkInject(EndpointConfig endpoint, InjectConfig inject, String[] of, String bound) {
        String[] keys = Compiling.below(of, "incremental", bound);
        String name = inject.name();
        if (name == null) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "a bound needs {into, name}",
                    "like { into: query, name: updated_at_min }");
        }
        if (!PLACES.contains(inject.into())) {
            wrong(
                    Compiling.below(keys, "into"),
                    "a bound goes into query, header, bodyJson or template",
                    "like into: query");
        }
        if (inject.into() == Into.BODY_JSON && !PagingCompiler.sendsJson(endpoint)) {
            wrong(
                    Compiling.below(keys, "into"),
                    "a bound can go into bodyJson only where the method is POST and the body is of type json or graphql",
                    null);
        }
        if (name != null && (inject.into() == Into.QUERY || inject.into() == Into.HEADER)) {
            String place = inject.into() == Into.QUERY ? "query" : "headers";
            checkOnce(name, keys, place, "request", Compiling.below(of, "request", place));
            checkOnce(name, keys, place, "requester", "requester", place);
        }
    }

    private void checkOnce(String name, String[] keys, String place, String in, String... others) {
        Node there = compiling.root();
        for (String key : others) {
            there = there instanceof MapNode map ? map.get(key) : null;
        }
        // Names of headers are the same in any case: RFC 9110, section 5.1.
        if (there instanceof MapNode map
                && map.entries().keySet().stream()
                        .anyMatch(
                                other -> place.equals("headers") ? other.equalsIgnoreCase(name) : other.equals(name))) {
            wrong(
                    Compiling.below(keys, "name"),
                    "'" + name + "' stands in " + in + ": {" + place + ": {…}} too, so it would be sent twice",
                    "leave it out there");
        }
    }

    /** Windows are made of time. */
    private void checkTimes(IncrementalConfig config, String[] keys) {
        Map<String, @Nullable Object> timed = new LinkedHashMap<>();
        timed.put("boundFormat", config.boundFormat());
        timed.put("upper", config.upper());
        timed.put("step", config.step());
        timed.put("granularity", config.granularity());
        timed.put("lookback", config.lookback());
        timed.forEach((key, value) -> {
            if (value != null && config.type() != CursorKind.DATETIME) {
                compiling.error(
                        compiling.at(Compiling.below(keys, key)),
                        "NOT_HERE",
                        "'" + key + "' has a meaning for type datetime only",
                        "take it out, or say type: datetime");
            }
        });
        Duration step = config.step();
        if (step == null) {
            return;
        }
        if (config.upper() == null) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "'step' needs 'upper': where the end of a window goes",
                    "like upper: { into: query, name: updated_at_max }");
        }
        if (config.start() == null) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "'step' needs 'start': where the first window begins",
                    "like start: 30d");
        }
        Duration smallest = config.granularity() == null ? Duration.ZERO : config.granularity();
        if (step.compareTo(smallest) <= 0) {
            wrong(
                    Compiling.below(keys, "step"),
                    "a window of " + Durations.format(step) + " must be longer than the granularity",
                    null);
        }
    }

    private Start start(IncrementalConfig config, String[] keys) {
        String text = config.start();
        if (text == null) {
            return Start.NONE;
        }
        if (config.type() == CursorKind.TOKEN) {
            compiling.error(
                    compiling.at(keys),
                    "NOT_HERE",
                    "'start' has no meaning for a token: the first run has none",
                    "take it out");
            return Start.NONE;
        }
        try {
            return Start.parse(config.type(), text);
        } catch (IllegalArgumentException e) {
            wrong(
                    keys,
                    "start '" + text + "' is none for type "
                            + config.type().name().toLowerCase(java.util.Locale.ROOT),
                    Start.example(config.type()));
            return Start.NONE;
        }
    }

    private TimeFormat format(IncrementalConfig config, String text, String key, String[] keys) {
        ZoneId zone = ZoneOffset.UTC;
        try {
            zone = ZoneId.of(config.zone());
        } catch (DateTimeException e) {
            wrong(
                    Compiling.below(keys, "zone"),
                    "'" + config.zone() + "' is not a time zone",
                    "like Europe/London or UTC");
        }
        try {
            return new TimeFormat(text, zone);
        } catch (IllegalArgumentException e) {
            wrong(
                    Compiling.below(keys, key),
                    "'" + text + "' is not a format of times: " + e.getMessage(),
                    "iso8601, epochS, epochMs, or a pattern like yyyy-MM-dd HH:mm:ss");
            return new TimeFormat("iso8601", zone);
        }
    }

    /** Checks what a paginator wants of windows. */
    void checkWindows(EndpointConfig endpoint, String[] of) {
        PaginatorConfig paginator = endpoint.paginator();
        if (paginator == null) {
            return;
        }
        IncrementalConfig config = endpoint.incremental();
        boolean windowed = config != null && config.upper() != null && config.step() != null;
        boolean byTime = paginator.type() == PaginatorConfig.Type.TIME_WINDOW;
        String[] keys = Compiling.below(of, "paginator");
        if (byTime && !windowed) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    "paginator timeWindow needs incremental: {cursorField, lower, upper, start, step}",
                    "like { cursorField: updated_at, lower: {…}, upper: {…}, start: 30d, step: 1d }");
        }
        ResultWindowConfig window = paginator.resultWindow();
        if (window == null) {
            return;
        }
        String[] place = Compiling.below(keys, "resultWindow");
        if (!byTime && paginator.totalPath() == null) {
            compiling.error(
                    compiling.at(place),
                    "MISSING_KEY",
                    "resultWindow needs totalPath: where the answer says how many records there are",
                    "like totalPath: $.count");
        }
        boolean splits = window.onExceed() == ResultWindowConfig.OnExceed.SPLIT_WINDOW;
        if (splits && (config == null || config.upper() == null || config.start() == null)) {
            compiling.error(
                    compiling.at(place),
                    "MISSING_KEY",
                    "splitWindow needs a window: incremental: {cursorField, lower, upper, start}",
                    "or onExceed: fail");
        }
    }

    private void wrong(String[] keys, String what, @Nullable String hint) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, hint);
    }
}
