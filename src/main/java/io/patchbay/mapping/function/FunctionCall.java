package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function where it is used.
 *
 * @param spec which it is
 * @param function with its settings
 * @param at where it is written
 */
@ReadBy(FunctionCall.Reader.class)
public record FunctionCall(FunctionSpec spec, MapFunction function, Location at) {

    /** Its name. */
    public String name() {
        return spec.name();
    }

    /** The result. @throws FunctionException when the value is of the wrong kind; the message names the function */
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        try {
            if (passesBy(value)) {
                return value;
            }
            return value.isArray() && !spec.wholeList() && !function.takesLists()
                    ? items(value, record, scope)
                    : function.apply(value, record, scope);
        } catch (FunctionException e) {
            throw new FunctionException(name() + ": " + e.getMessage());
        }
    }

    private boolean passesBy(JsonNode value) {
        return spec.nothing() == null && Values.absent(value);
    }

    private JsonNode items(JsonNode list, JsonNode record, Scope scope) {
        ArrayNode results = Json.NODES.arrayNode(list.size());
        for (JsonNode item : list) {
            JsonNode result = passesBy(item) ? item : function.apply(item, record, scope);
            if (!(result instanceof MissingNode)) {
                results.add(result);
            }
        }
        return results;
    }

    /** Reads {@code trim} or {@code { date: { to: … } }}. */
    static final class Reader implements ValueReader<FunctionCall> {

        @Override
        public @Nullable FunctionCall read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar && scalar.value() instanceof String name) {
                FunctionType type = type(name, node, reading);
                if (type != null && !type.standsAlone()) {
                    reading.error(
                            node,
                            "MISSING_KEY",
                            "function '" + name + "' needs settings",
                            "for example " + type.spec().examples().get(0).then());
                    return null;
                }
                return called(type, node.at(), new MapNode(node.at(), Map.of()), reading);
            }
            if (!(node instanceof MapNode map) || map.entries().size() != 1) {
                reading.error(
                        node,
                        "WRONG_TYPE",
                        "a function is a name, or one name with its settings, found " + node.kind(),
                        "begin each function with its own '- '");
                return null;
            }
            Node.Entry entry = map.entries().values().iterator().next();
            boolean nothing = entry.value() instanceof ScalarNode scalar && scalar.value() == null && !scalar.quoted();
            FunctionType type = type(entry.key(), new ScalarNode(entry.at(), entry.key(), entry.key(), false), reading);
            Node settings =
                    nothing && type != null && type.standsAlone() ? new MapNode(entry.at(), Map.of()) : entry.value();
            return called(type, entry.at(), settings, reading);
        }

        private static @Nullable FunctionCall called(
                @Nullable FunctionType type, Location at, Node settings, Reading reading) {
            MapFunction function = type == null ? null : type.read(settings, reading);
            return type == null || function == null ? null : new FunctionCall(type.spec(), function, at);
        }

        private static @Nullable FunctionType type(String name, Node at, Reading reading) {
            FunctionType type = Functions.byName().get(name);
            if (type == null) {
                String hint = Elsewhere.of(name)
                        .map(here -> "that is written here as " + here)
                        .or(() -> DidYouMean.nearest(name, Functions.byName().keySet())
                                .map(near -> "did you mean '" + near + "'?"))
                        .orElse("functions are "
                                + String.join(", ", Functions.byName().keySet()));
                reading.error(at, "UNKNOWN_FUNCTION", "there is no function '" + name + "'", hint);
            }
            return type;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            ArrayNode choices = schema.putArray("oneOf");
            ArrayNode names = choices.addObject().putArray("enum");
            Functions.byName().forEach((name, type) -> {
                if (type.standsAlone()) {
                    names.add(name);
                }
                ObjectNode choice = choices.addObject().put("type", "object").put("additionalProperties", false);
                ObjectNode settings =
                        type.schema(schemas).put("description", type.spec().text());
                choice.putObject("properties").set(name, settings);
                choice.putArray("required").add(name);
            });
            return schema;
        }
    }
}
