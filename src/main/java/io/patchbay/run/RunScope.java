package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where placeholders of a step read. */
final class RunScope implements Scope {

    private static final String ERROR = "error.";

    private final Run run;
    private final Payload payload;
    private final @Nullable JsonNode record;

    RunScope(Run run, Payload payload, @Nullable JsonNode record) {
        this.run = run;
        this.payload = payload;
        this.record = record;
    }

    @Override
    public JsonNode tree(String root) {
        return switch (root) {
            case "record" -> record == null ? onlyRecord() : record;
            case "payload" -> payloadTree();
            case "run" -> run.tree();
            case "error" -> error();
            default -> MissingNode.getInstance();
        };
    }

    /** Outside of work per record, the record is the payload's only one. */
    private JsonNode onlyRecord() {
        try {
            var records = payload.records();
            return records.size() == 1 ? records.get(0) : MissingNode.getInstance();
        } catch (StepException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode payloadTree() {
        try {
            return payload.tree();
        } catch (StepException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode error() {
        ObjectNode error = Json.NODES.objectNode();
        payload.meta().forEach((name, value) -> {
            if (name.startsWith(ERROR)) {
                error.put(name.substring(ERROR.length()), value);
            }
        });
        return error;
    }

    @Override
    public @Nullable JsonNode named(String root, String name) {
        return switch (root) {
            case "meta" -> text(payload.meta().get(name));
            case "flow" -> run.values().get(name);
            case "os" -> text(run.services().environment().apply(name));
            default -> null;
        };
    }

    private static @Nullable JsonNode text(@Nullable String value) {
        return value == null ? null : Json.NODES.textNode(value);
    }

    @Override
    public @Nullable LookupTable table(String name) {
        return run.rules().tables().get(name);
    }

    @Override
    public JsonNode script(String file, String function, ObjectNode data) {
        ObjectNode given = data.deepCopy();
        ObjectNode meta = given.putObject("meta");
        payload.meta().forEach(meta::put);
        ObjectNode variables = given.putObject("flow").putObject("variables");
        run.rules()
                .variables()
                .keySet()
                .forEach(name -> variables.set(name, run.values().get(name)));
        try {
            return run.rules()
                    .scripts()
                    .call(file, function, Scripts.Bounds.NONE, given)
                    .value();
        } catch (ScriptException e) {
            throw new ExpressionException("SCRIPT_" + e.kind(), e.getMessage());
        }
    }

    @Override
    public byte[] proof(String secret, String algorithm, byte[] content) {
        return run.services().proofs().of(secret, algorithm, content);
    }

    @Override
    public Instant queuedAt() {
        return run.identity().queuedAt();
    }
}
