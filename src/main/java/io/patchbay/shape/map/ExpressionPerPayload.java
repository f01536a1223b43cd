package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.shape.Plan;
import java.util.List;

/** An expression that works on the payload as a whole: what it gives is the new content. */
record ExpressionPerPayload(Expression.Call call) implements Plan.PayloadWork {

    @Override
    public Payload apply(Payload payload, Attempt attempt) throws StepException {
        if (payload.body() instanceof Body.Stored stored) {
            call.refuseIfLarger(stored.size());
        }
        Payload parsed = payload.parsed();
        JsonNode tree = parsed.tree();
        Data data = Data.of(tree.isMissingNode() ? NullNode.getInstance() : tree);
        List<JsonNode> values =
                Results.values(call.values(parsed, List.of(data), attempt).get(0), call);
        if (values.isEmpty()) {
            return payload.withBody(Body.EMPTY, RecordPath.ROOT);
        }
        JsonNode content = values.size() == 1
                ? values.get(0)
                : Json.NODES.arrayNode(values.size()).addAll(values);
        return payload.withBody(new Body.Tree(content), RecordPath.of(content));
    }
}
