package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.HeaderNames;
import io.patchbay.connector.ScriptCalls;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The author's code says how the list goes on. Its place is {@code {"turn": 2, "request": {…}, "state": …}}: the number of the
 * page that comes, what its request has beside that of the definition, and what the code wants to know next time. What it
 * returns is data: it names parts of a request and nothing else, and an address must pass the guard like one of an answer.
 */
record ScriptPager(Paging paging, Pagers.LinkGuard guard, ScriptCalls calls, ObjectNode settings) implements Pager {

    /** Number of the page that a place is at. It says nothing about whether the place was seen before. */
    static final String TURN = "turn";

    private static final String REQUEST = "request";
    private static final String STATE = "state";
    private static final String URL = "url";
    private static final String QUERY = "query";
    private static final String HEADERS = "headers";
    private static final String BODY = "body";
    private static final Set<String> PARTS = Set.of(URL, QUERY, HEADERS, BODY, STATE);
    private static final int LONGEST_STATE = 64 * 1024;

    @Override
    public JsonNode first() {
        return Json.NODES.objectNode();
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        if (state.isEmpty()) {
            return Pagers.sized(paging.config(), null);
        }
        if (!(state.path(REQUEST) instanceof ObjectNode request)) {
            throw Pagers.lostPlace();
        }
        URI url = request.has(URL) ? guard.checked(Links.kept(request.path(URL))) : null;
        Turn sized = Pagers.sized(paging.config(), url);
        Map<String, String> query = new LinkedHashMap<>(sized.query());
        query.putAll(texts(QUERY, request));
        Map<String, String> headers = new LinkedHashMap<>(sized.headers());
        headers.putAll(headers(request));
        Map<String, JsonNode> body = new LinkedHashMap<>(sized.body());
        request.path(BODY).properties().forEach(member -> body.put(member.getKey(), member.getValue()));
        return new Turn(url, query, headers, body);
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        int turn = state.path(TURN).asInt(1);
        ObjectNode page = Json.NODES.objectNode();
        page.put("number", turn)
                .put("records", answer.records())
                .put("url", answer.uri().toString());
        page.set(STATE, state.has(STATE) ? state.get(STATE) : NullNode.getInstance());
        page.set("settings", settings);
        JsonNode returned = calls.call(script(), answered(answer), page);
        if (returned.isNull()) {
            return null;
        }
        if (!(returned instanceof ObjectNode parts)) {
            throw wrong("it must return null, or an object with " + shown(PARTS));
        }
        ObjectNode next = Json.NODES.objectNode().put(TURN, turn + 1);
        next.set(REQUEST, request(parts, answer));
        if (parts.has(STATE)) {
            next.set(STATE, parts.get(STATE));
        }
        if (next.toString().length() > LONGEST_STATE) {
            throw wrong("what it returned has more than " + LONGEST_STATE / 1024
                    + " KB, and is kept so that a broken pull can go on");
        }
        return next;
    }

    private Script script() {
        return Objects.requireNonNull(paging.script());
    }

    private static ObjectNode answered(PageAnswer answer) {
        ObjectNode answered = Json.NODES.objectNode();
        answered.put("status", answer.status());
        ObjectNode headers = answered.putObject(HEADERS);
        answer.headers().forEach(headers::put);
        answered.set(BODY, answer.tree().isMissingNode() ? NullNode.getInstance() : answer.tree());
        return answered;
    }

    /** The parts that were returned, each of which may be sent. */
    private ObjectNode request(ObjectNode parts, PageAnswer answer) throws StepException {
        for (String name : names(parts)) {
            if (!PARTS.contains(name)) {
                throw wrong("'" + name + "' is no part of what it may return: " + shown(PARTS));
            }
        }
        ObjectNode request = Json.NODES.objectNode();
        if (present(parts, URL)) {
            if (!parts.get(URL).isTextual() || present(parts, QUERY)) {
                throw wrong("'url' is a text, and has its query in it");
            }
            request.setAll((ObjectNode) Links.state(parts.get(URL).textValue(), answer.uri(), guard));
        }
        for (String name : List.of(QUERY, HEADERS, BODY)) {
            if (present(parts, name)) {
                if (!parts.get(name).isObject()) {
                    throw wrong("'" + name + "' is an object: names and values");
                }
                request.set(name, parts.get(name));
            }
        }
        if (request.has(BODY) && !paging.jsonBody()) {
            throw wrong("'body' can be given only where the method is POST and the body is of type json or graphql");
        }
        texts(QUERY, request);
        headers(request);
        return request;
    }

    private Map<String, String> headers(ObjectNode request) throws StepException {
        Map<String, String> headers = texts(HEADERS, request);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!HeaderNames.given(header.getKey())) {
                throw wrong("header '" + header.getKey() + "' cannot be given");
            }
            if (header.getValue().chars().anyMatch(c -> !HeaderNames.carries(c))) {
                throw wrong("the value of header '" + header.getKey() + "' holds a character that no header can carry");
            }
        }
        return headers;
    }

    /** Names and values of a part; a null leaves its name out. */
    private Map<String, String> texts(String part, ObjectNode request) throws StepException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names(request.path(part))) {
            JsonNode value = request.path(part).path(name);
            if (value.isContainerNode()) {
                throw wrong("'" + part + "." + name + "' must be a text, a number, true or false");
            }
            if (!value.isNull()) {
                texts.put(name, value.asText());
            }
        }
        return texts;
    }

    private static boolean present(ObjectNode parts, String name) {
        return parts.hasNonNull(name);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String shown(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private StepException wrong(String what) {
        return new StepException(Owner.AUTHOR, "BAD_NEXT", script().file() + ": " + what);
    }
}
