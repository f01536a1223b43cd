package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.script.language.Engine.Value;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.shape.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An expression that works on the payload as a whole: what it gives is the new content. */
record ExpressionPerPayload(Expression.Call call) implements Plan.PayloadWork {

    @Override
    public Payload apply(Payload payload, Attempt attempt) throws StepException {
        if (payload.body() instanceof Body.Stored stored) {
            call.refuseIfLarger(stored.size());
        }
        Given given = call.values(payload, List.of(call.data(payload)), attempt).get(0);
        Value written = given.value();
        String text = written == null ? null : written.text();
        if (written != null && text != null && !text.isBlank()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return payload.withBody(new Body.Bytes(bytes, String.valueOf(written.contentType())), RecordPath.ROOT);
        }
        List<JsonNode> values = Results.values(given, call);
        if (values.isEmpty()) {
            return payload.withBody(Body.EMPTY, RecordPath.ROOT);
        }
        JsonNode content = values.size() == 1
                ? values.get(0)
                : Json.NODES.arrayNode(values.size()).addAll(values);
        return payload.withBody(new Body.Tree(content), RecordPath.of(content));
    }
}
