package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts.Answers;
import io.patchbay.script.Scripts.Bounds;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls the function of a placed script.
 *
 * @param use which function, and with what
 * @param around with the scripts that the flow was deployed with
 */
public record ScriptCall(ScriptUse use, Surroundings around) {

    /** What the function returns for a payload; its log goes to the run. */
    public JsonNode once(Payload payload, JsonNode content, Attempt attempt) throws StepException {
        return once(payload, content, Json.NODES.objectNode(), attempt, attempt::onCancel);
    }

    /**
     * What it returns for a payload and more that it is given; its log goes to the run.
     *
     * @param cancelling is told how to give the call up
     */
    JsonNode once(Payload payload, JsonNode content, ObjectNode more, Attempt attempt, Consumer<Runnable> cancelling)
            throws StepException {
        ObjectNode data = shared(payload, attempt);
        data.setAll(more);
        data.set("payload", content);
        try {
            var answer = around.scripts().call(file(), use.function(), new Bounds(use.timeout(), cancelling), data);
            log(answer.log(), attempt);
            return answer.value();
        } catch (ScriptException e) {
            log(e.log(), attempt);
            throw failure(e);
        }
    }

    /** What it returns for records; its log goes to the run. */
    public Answers each(Payload payload, List<JsonNode> records, Attempt attempt) throws StepException {
        try {
            Answers answers =
                    around.scripts().each(file(), use.function(), bounds(attempt), shared(payload, attempt), records);
            log(answers.log(), attempt);
            return answers;
        } catch (ScriptException e) {
            log(e.log(), attempt);
            throw failure(e);
        }
    }

    /** What the script is called in messages. */
    public String shown() {
        return around.scripts().script(file(), use.function()).file();
    }

    /** Fails for a payload that is too large to be read at all. */
    public void refuseIfLarger(long size) throws StepException {
        if (size > around.scripts().runner().largest()) {
            throw failure(around.scripts().runner().tooLarge(around.scripts().script(file(), use.function())));
        }
    }

    private String file() {
        return use.file().name();
    }

    private Bounds bounds(Attempt attempt) {
        return new Bounds(use.timeout(), attempt::onCancel);
    }

    /** The values of its variables. @throws StepException when a placeholder has none */
    ObjectNode given(Payload payload, Attempt attempt) throws StepException {
        ObjectNode own = Json.NODES.objectNode();
        if (use.variables().isEmpty()) {
            return own;
        }
        Payload read = References.readsData(use.reads()) ? payload.parsed() : payload;
        Scope scope = attempt.scope(read, null);
        try {
            use.variables().forEach((name, value) -> own.set(name, value.value(scope)));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        return own;
    }

    private ObjectNode shared(Payload payload, Attempt attempt) throws StepException {
        Scope scope = attempt.scope(payload, null);
        ObjectNode data = Json.NODES.objectNode();
        ObjectNode meta = data.putObject("meta");
        payload.meta().forEach(meta::put);
        ObjectNode variables = data.putObject("flow").putObject("variables");
        around.variableNames().forEach(name -> {
            JsonNode value = scope.named("flow", name);
            variables.set(name, value == null ? NullNode.getInstance() : value);
        });
        data.set("variables", given(payload, attempt));
        data.putObject("run")
                .put("id", attempt.runId())
                .put("flow", attempt.flow())
                .put("shape", attempt.shape())
                .put("attempt", attempt.number())
                .put("queuedAt", attempt.queuedAt().toString());
        return data;
    }

    private static void log(List<String> lines, Attempt attempt) {
        lines.forEach(line -> attempt.log(LogLevel.INFO, line));
    }

    public static StepException failure(ScriptException thrown) {
        Owner owner = switch (thrown.kind()) {
            case TIMEOUT, MEMORY, STACK, TOO_LARGE, BUSY -> Owner.LIMIT;
            case INTERRUPTED -> Owner.INTERNAL;
            default -> Owner.AUTHOR;
        };
        return new StepException(owner, "SCRIPT_" + thrown.kind(), thrown.getMessage());
    }
}
