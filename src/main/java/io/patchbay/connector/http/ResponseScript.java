package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Judge;
import io.patchbay.connector.Judge.Judgement;
import io.patchbay.connector.Request;
import io.patchbay.connector.paging.Pagers;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * The author's code judges an answer: with {@code code} it decides in place of the error rules, and its {@code payload} takes the
 * place of the content. It is asked at each answer, those to repeated requests among them, but not where a proof is renewed.
 */
record ResponseScript(Script script, Pagers.Code code) {

    private static final Set<String> PARTS = Set.of("code", "message", "payload");

    Judgement of(Reply reply, String method, URI uri, Request request) {
        try {
            ObjectNode data = answer(reply, method, uri, request);
            data.set("settings", code.settings());
            return judged(code.calls().callLeniently(script, data));
        } catch (StepException e) {
            return new Judgement(true, e, null, null);
        }
    }

    /** What code may know of an answer and of what was asked. */
    static ObjectNode answer(Reply reply, String method, URI uri, Request request) {
        ObjectNode data = Json.NODES.objectNode();
        ObjectNode response = data.putObject("response").put("status", reply.status());
        ObjectNode headers = response.putObject("headers");
        reply.shownHeaders().forEach(headers::put);
        response.set("body", body(reply));
        data.putObject("request").put("method", method).put("url", uri.toString());
        data.set("with", request.with());
        return data;
    }

    private static JsonNode body(Reply reply) {
        JsonNode tree = reply.tree();
        if (!tree.isMissingNode()) {
            return tree;
        }
        return reply.body() instanceof Body.Bytes raw
                ? Json.NODES.textNode(new String(raw.bytes(), StandardCharsets.UTF_8))
                : NullNode.getInstance();
    }

    private Judgement judged(JsonNode returned) throws StepException {
        if (returned.isNull()) {
            return new Judgement(false, null, null, null);
        }
        if (!(returned instanceof ObjectNode parts)) {
            throw wrong("it must return nothing, or an object with " + shown());
        }
        for (var part : parts.properties()) {
            if (!PARTS.contains(part.getKey())) {
                throw wrong("'" + part.getKey() + "' is no part of what it may return: " + shown());
            }
        }
        Body content = Judge.content(parts.path("payload"));
        JsonNode number = parts.path("code");
        if (number.isMissingNode() || number.isNull()) {
            return new Judgement(false, null, content, null);
        }
        int decided = number.isIntegralNumber() ? number.intValue() : -1;
        if (decided < 0 || decided > 2) {
            throw wrong("'code' must be 0 (all right), 1 (failed) or 2 (try again)");
        }
        return new Judgement(true, decided == 0 ? null : failure(decided, parts), content, null);
    }

    private StepException failure(int decided, ObjectNode parts) {
        String message = code.calls().redactor().redact(parts.path("message").asText(""));
        return new StepException(
                Owner.REMOTE,
                decided == 1 ? "SCRIPT_FAILED" : "SCRIPT_RETRY",
                message.isBlank() ? script.file() + ": the script refuses the answer (code " + decided + ")" : message,
                null,
                decided == 2,
                null);
    }

    private static String shown() {
        return String.join(", ", new TreeSet<>(PARTS));
    }

    private StepException wrong(String what) {
        return new StepException(Owner.AUTHOR, "BAD_RESPONSE", script.file() + ": " + what);
    }
}
