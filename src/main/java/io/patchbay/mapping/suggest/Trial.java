package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions as they are proposed, tried on the values of the samples: what they refuse here they refuse in a run. */
final class Trial {

    private static final Scope NOTHING = Scope.of("record", Json.NODES.objectNode());

    private final List<FunctionCall> calls;

    private Trial(List<FunctionCall> calls) {
        this.calls = calls;
    }

    /** @param then as they are written in a map */
    static Trial of(List<String> then) {
        return new Trial(then.stream().map(Trial::call).toList());
    }

    private static FunctionCall call(String text) {
        Problems problems = new Problems();
        FunctionCall call = new YamlReader()
                .read("proposal", text, problems)
                .map(node -> new Binder(Map.of()).bind(node, FunctionCall.class, problems))
                .orElse(null);
        if (call == null) {
            throw new IllegalStateException("a proposal that cannot be read: " + problems);
        }
        return call;
    }

    /** The value of the last function. @throws FunctionException when one refuses it */
    JsonNode of(JsonNode value) {
        JsonNode result = value;
        for (FunctionCall call : calls) {
            result = call.apply(result, MissingNode.getInstance(), NOTHING);
        }
        return result;
    }

    /** How many of these are refused. */
    long refused(List<JsonNode> values) {
        return values.stream().filter(value -> refusal(value) != null).count();
    }

    private @Nullable String refusal(JsonNode value) {
        try {
            of(value);
            return null;
        } catch (FunctionException | ExpressionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The first value that is refused, and why; null when none is. */
    @Nullable
    String complaint(List<JsonNode> values) {
        for (JsonNode value : values) {
            String refusal = refusal(value);
            if (refusal != null) {
                String text = value.toString();
                return "the sample " + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + " is refused: "
                        + refusal;
            }
        }
        return null;
    }

    /** The values that were seen at a place, as they were there. */
    static List<JsonNode> values(Leaf leaf) {
        return leaf.samples().stream().map(text -> value(text, leaf)).toList();
    }

    private static JsonNode value(String text, Leaf leaf) {
        if (leaf.number()) {
            try {
                return Json.MAPPER.readTree(text);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                return Json.NODES.textNode(text);
            }
        }
        return leaf.types().equals(Set.of("boolean"))
                ? Json.NODES.booleanNode(text.equals("true"))
                : Json.NODES.textNode(text);
    }

    /** Each as a list of one. */
    static List<JsonNode> inLists(List<JsonNode> values) {
        return values.stream()
                .<JsonNode>map(value -> Json.NODES.arrayNode().add(value))
                .toList();
    }
}
