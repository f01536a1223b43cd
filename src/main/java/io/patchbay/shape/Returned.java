package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Differences;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a function returned: data, of which the parts that are known mean something. */
public final class Returned {

    private static final String PAYLOAD = "payload";
    private static final Set<String> KNOWN = Set.of(
            PAYLOAD, "meta", "flow", "logs", "code", "message", "variables", "run", "response", "request", "with");

    private final ScriptCall call;
    private final String shown;
    private final ObjectNode parts;

    private Returned(ScriptCall call, ObjectNode parts) {
        this.call = call;
        this.shown = call.shown();
        this.parts = parts;
    }

    /**
     * Reads what was returned: its lines go to the run log.
     *
     * @throws StepException when it is no answer, or one that says that it failed
     */
    public static Returned of(JsonNode value, ScriptCall call, Attempt attempt) throws StepException {
        Returned returned = noted(value, call, attempt);
        if (returned.code() > 0) {
            throw returned.failure(Owner.AUTHOR);
        }
        return returned;
    }

    /** The same, where the code means something else. @throws StepException when it is no answer */
    static Returned noted(JsonNode value, ScriptCall call, Attempt attempt) throws StepException {
        if (!value.isNull() && !value.isObject()) {
            throw wrong(
                    call.shown(),
                    "the function must return an object, or nothing, not " + kind(value) + ";"
                            + " what is meant as content is its member 'payload'");
        }
        ObjectNode parts = value instanceof ObjectNode object ? object : io.patchbay.payload.Json.NODES.objectNode();
        Returned returned = new Returned(call, parts);
        returned.log(attempt);
        return returned;
    }

    private static String kind(JsonNode value) {
        String kind = value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        return value.isArray() ? "a list" : "a " + kind;
    }

    private void log(Attempt attempt) throws StepException {
        JsonNode logs = parts.path("logs");
        if (logs.isTextual()) {
            attempt.log(LogLevel.INFO, logs.textValue());
        } else if (logs.isArray()) {
            logs.forEach(line -> attempt.log(LogLevel.INFO, line.isTextual() ? line.textValue() : line.toString()));
        } else if (!absent(logs)) {
            throw wrong(shown, "'logs' must be a list of texts");
        }
        for (String name : names(parts)) {
            if (!KNOWN.contains(name)) {
                String hint = DidYouMean.hint(name, KNOWN);
                attempt.log(
                        LogLevel.WARN,
                        shown + ": '" + name + "' means nothing in what a script returns"
                                + (hint == null ? "" : "; " + hint));
            }
        }
    }

    /** Its code: 0 for all right, 1 for failed, 2 for another try; -1 where it has none. @throws StepException for another one */
    int code() throws StepException {
        JsonNode code = parts.path("code");
        if (absent(code)) {
            return -1;
        }
        if (!code.isIntegralNumber() || !code.canConvertToInt() || code.intValue() < 0 || code.intValue() > 2) {
            throw wrong(shown, "'code' must be 0 (all right), 1 (failed) or 2 (try again)");
        }
        return code.intValue();
    }

    /** The failure that its code and message are. */
    StepException failure(Owner owner) throws StepException {
        int number = code();
        String message = parts.path("message").asText("");
        return new StepException(
                owner,
                number == 1 ? "SCRIPT_FAILED" : "SCRIPT_RETRY",
                message.isBlank() ? shown + ": the script says that it failed (code " + number + ")" : message,
                null,
                number == 2,
                null);
    }

    /** Whether it says what becomes of the content. */
    public boolean hasPayload() {
        return parts.has(PAYLOAD);
    }

    /** What it says; a null node for no content. */
    public JsonNode payload() {
        return parts.path(PAYLOAD);
    }

    /** The payload with the metadata that was returned. */
    public Payload meta(Payload payload) throws StepException {
        JsonNode meta = parts.path("meta");
        if (absent(meta)) {
            return payload;
        }
        if (!meta.isObject()) {
            throw wrong(shown, "'meta' must be an object: names and texts");
        }
        Map<String, String> all = new LinkedHashMap<>(payload.meta());
        for (String name : names(meta)) {
            JsonNode value = meta.get(name);
            if (value.isNull()) {
                all.remove(name);
            } else if (value.isContainerNode()) {
                throw wrong(shown, "'meta." + name + "' must be a text, a number, true or false");
            } else if (!value.asText().equals(all.get(name))) {
                if (!Metadata.names(name)) {
                    throw wrong(shown, "'" + name + "' is not a name for metadata, like shop or order.id");
                }
                all.put(name, value.asText());
            }
        }
        return Metadata.bounded(new Payload(payload.lineage(), payload.body(), payload.recordPath(), all));
    }

    /**
     * The variables that it changes.
     *
     * @param now what they are
     */
    public Map<String, JsonNode> variables(Function<String, @Nullable JsonNode> now) throws StepException {
        JsonNode flow = parts.path("flow");
        JsonNode variables = flow.path("variables");
        if (absent(flow) || (flow.isObject() && absent(variables))) {
            return Map.of();
        }
        if (!variables.isObject()) {
            throw wrong(shown, "'flow' must be an object with 'variables', which are names and values");
        }
        Map<String, JsonNode> changed = new LinkedHashMap<>();
        for (String name : names(variables)) {
            JsonNode value = variables.get(name);
            JsonNode before = now.apply(name);
            if (!call.around().variableNames().contains(name)) {
                throw wrong(shown, "the flow has no variable '" + name + "'; declare it under the flow's variables");
            }
            boolean same = Differences.of(before == null ? NullNode.getInstance() : before, value)
                    .isEmpty();
            if (!same) {
                if (!call.use().writes(call.around()).contains(name)) {
                    throw wrong(shown, "variable '" + name + "' is set, and the shape's 'sets' does not name it");
                }
                changed.put(name, value);
            }
        }
        return changed;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static StepException wrong(String shown, String what) {
        return new StepException(Owner.AUTHOR, "SCRIPT_RESULT", shown + ": " + what);
    }
}
