package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Judge;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** A script of the flow that judges the answers to a shape's calls. */
public final class AnswerScript implements Judge {

    private final ScriptCall call;

    /**
     * Calls a script with answers.
     *
     * @param around with the scripts that the flow was deployed with
     */
    public AnswerScript(ScriptUse use, Surroundings around) {
        this.call = new ScriptCall(use, around);
    }

    @Override
    public void ready(Payload payload, Attempt attempt) throws StepException {
        call.given(payload, attempt);
    }

    @Override
    public Judgement of(ObjectNode answer, Payload payload, Attempt attempt, Consumer<Runnable> cancelling)
            throws StepException {
        Returned returned = Returned.noted(asked(answer, payload, attempt, cancelling), call, attempt);
        int code = returned.code();
        if (code > 0) {
            return new Judgement(true, returned.failure(Owner.REMOTE), null, null);
        }
        Scope scope = attempt.scope(payload, null);
        Map<String, String> meta = returned.meta(payload).meta();
        returned.variables(name -> scope.named("flow", name)).forEach(attempt::setVariable);
        return new Judgement(code == 0, null, Judge.content(returned.payload()), meta);
    }

    /** Asks once; again without the payload where it makes the call too large, because the request was made already. */
    private JsonNode asked(ObjectNode answer, Payload payload, Attempt attempt, Consumer<Runnable> cancelling)
            throws StepException {
        JsonNode content = content(payload);
        try {
            return call.once(payload, content, answer, attempt, cancelling);
        } catch (StepException e) {
            if (!e.code().equals("SCRIPT_TOO_LARGE") || content.isNull()) {
                throw e;
            }
            attempt.log(
                    LogLevel.WARN, call.shown() + ": the payload is too large for a script: it gets the answer alone");
            return call.once(payload, NullNode.getInstance(), answer, attempt, cancelling);
        }
    }

    /** What was sent; null for none, and for what lies in a file. */
    private static JsonNode content(Payload payload) {
        if (payload.body() instanceof Body.Tree json) {
            return json.tree();
        }
        if (!(payload.body() instanceof Body.Bytes raw) || payload.isEmpty()) {
            return NullNode.getInstance();
        }
        try {
            return payload.tree();
        } catch (StepException e) {
            return Json.NODES.textNode(new String(raw.bytes(), StandardCharsets.UTF_8));
        }
    }
}
