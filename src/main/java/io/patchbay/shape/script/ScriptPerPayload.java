package io.patchbay.shape.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Returned;
import io.patchbay.shape.ScriptCall;
import io.patchbay.shape.script.ScriptShape.As;
import io.patchbay.shape.script.ScriptShape.ScriptSettings;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A script that is called once for a payload. */
record ScriptPerPayload(ScriptCall call, ScriptSettings settings) implements Plan.PayloadWork {

    private static final String TEXT = "text/plain; charset=utf-8";

    @Override
    public Payload apply(Payload payload, Attempt attempt) throws StepException {
        Scope scope = attempt.scope(payload, null);
        JsonNode value = call.once(payload, content(payload), attempt);
        Returned returned = Returned.of(value, call, attempt);
        Payload result = returned.meta(payload);
        Map<String, JsonNode> variables = returned.variables(name -> scope.named("flow", name));
        if (returned.hasPayload()) {
            result = with(result, returned.payload());
        }
        variables.forEach(attempt::setVariable);
        return result;
    }

    private JsonNode content(Payload payload) throws StepException {
        if (payload.isEmpty()) {
            return NullNode.getInstance();
        }
        if (payload.body() instanceof Body.Stored stored) {
            call.refuseIfLarger(stored.size());
        }
        String type = payload.body().contentType().toLowerCase(Locale.ROOT);
        boolean text = settings.as() == As.TEXT || type.startsWith("text/");
        return text ? Json.NODES.textNode(new String(payload.bytes(), StandardCharsets.UTF_8)) : payload.tree();
    }

    private Payload with(Payload payload, JsonNode content) {
        if (content.isNull()) {
            return payload.withBody(Body.EMPTY, RecordPath.ROOT);
        }
        if (content.isTextual()) {
            byte[] bytes = content.textValue().getBytes(StandardCharsets.UTF_8);
            return payload.withBody(new Body.Bytes(bytes, type(payload)), RecordPath.ROOT);
        }
        RecordPath path = payload.recordPath();
        boolean leads = !path.names().isEmpty() && !path.records(content).isEmpty();
        return payload.withBody(new Body.Tree(content), leads ? path : RecordPath.of(content));
    }

    /** The media type of a text that was returned. */
    private String type(Payload payload) {
        String given = settings.contentType();
        if (given != null) {
            return given;
        }
        boolean same = settings.as() == As.TEXT && !payload.isEmpty();
        return same ? payload.body().contentType() : TEXT;
    }
}
