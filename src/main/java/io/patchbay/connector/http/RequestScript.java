package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.paging.Pagers;
import io.patchbay.connector.paging.ScriptedParts;
import io.patchbay.connector.paging.Turn;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The author's code changes a request before it is signed: what it returns is added to it as what a page adds to its request.
 *
 * @param jsonBody whether the body is one that takes further members
 */
record RequestScript(Script script, Pagers.Code code, boolean jsonBody, Clock clock) {

    /** The turn with what the code adds. @throws StepException when what it returns cannot be sent */
    Turn of(Turn turn, String method, Request request, URI home, Pagers.LinkGuard guard) throws StepException {
        JsonNode returned = code.calls().callLeniently(script, data(turn, method, request));
        if (returned.isNull()) {
            return turn;
        }
        ScriptedParts parts = ScriptedParts.of(returned, script, jsonBody, "BAD_REQUEST");
        String url = parts.url();
        URI target = url == null ? turn.url() : guard.checked(resolved(home, url, parts));
        Map<String, String> query = new LinkedHashMap<>(turn.query());
        query.putAll(parts.query());
        Map<String, String> headers = new LinkedHashMap<>(turn.headers());
        headers.putAll(parts.headers());
        Map<String, JsonNode> body = new LinkedHashMap<>(turn.body());
        body.putAll(parts.body());
        return new Turn(target, query, headers, body, turn.page());
    }

    private static URI resolved(URI home, String url, ScriptedParts parts) throws StepException {
        try {
            return home.resolve(url);
        } catch (IllegalArgumentException e) {
            throw parts.wrong("'url' is no address");
        }
    }

    private ObjectNode data(Turn turn, String method, Request request) {
        ObjectNode data = Json.NODES.objectNode().put("method", method);
        ObjectNode query = data.putObject("query");
        turn.query().forEach(query::put);
        data.set("with", request.with());
        data.set("payload", payload(request));
        data.set("settings", code.settings());
        return data.put("now", clock.millis());
    }

    private static @Nullable JsonNode payload(Request request) {
        try {
            JsonNode tree = request.payload().tree();
            return tree.isMissingNode() ? null : tree;
        } catch (StepException e) {
            return null; // content that is no JSON is sent as it is
        }
    }
}
