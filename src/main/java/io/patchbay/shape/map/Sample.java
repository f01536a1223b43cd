package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Proofs;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Json;
import io.patchbay.payload.RecordPath;
import io.patchbay.script.ScriptException;
import io.patchbay.script.Scripts;
import io.patchbay.shape.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a map is tried on.
 *
 * @param payload the content
 * @param records where its records stand
 * @param meta metadata
 * @param variables of the flow, in place of what a run begins with
 * @param first number of its first record in the content that it was taken of, from 1
 * @param more how many records of that content are not in it
 */
public record Sample(
        JsonNode payload,
        RecordPath records,
        Map<String, String> meta,
        Map<String, JsonNode> variables,
        long first,
        long more) {

    /** Most records that are mapped: a preview answers at once. */
    public static final int MOST = 100;

    public Sample {
        meta = Map.copyOf(meta);
        variables = Map.copyOf(variables);
    }

    /** A list of records, or one record. */
    public static Sample of(JsonNode payload) {
        return new Sample(payload, RecordPath.of(payload), Map.of(), Map.of(), 1, 0);
    }

    /** The same, with what stands around its records. */
    public Sample with(Map<String, String> metadata, Map<String, JsonNode> values) {
        return new Sample(payload, records, metadata, values, first, more);
    }

    /** The number that a record has, by its index from 0. */
    long number(int index) {
        return first + index;
    }

    /** The sample as a list where it is one record. */
    Sample wrapped() {
        List<JsonNode> all = records.records(payload);
        return records.each()
                ? this
                : new Sample(Json.NODES.arrayNode().addAll(all), RecordPath.ROOT_LIST, meta, variables, first, more);
    }

    /** Where placeholders read, for a record: there is no run, and nothing of the system. */
    Scope scope(JsonNode record, Surroundings around, Budget budget) {
        return new SampleScope(this, record, around, budget);
    }

    /** What can be read in a preview. */
    private record SampleScope(Sample sample, JsonNode record, Surroundings around, Budget budget) implements Scope {

        @Override
        public JsonNode tree(String root) {
            return switch (root) {
                case "record" -> record;
                case "payload" -> sample.payload();
                case "run" -> run();
                default -> MissingNode.getInstance();
            };
        }

        private JsonNode run() {
            String now = queuedAt().toString();
            return Json.NODES
                    .objectNode()
                    .put("id", "preview")
                    .put("flow", around.flow())
                    .put("trigger", "preview")
                    .put("queuedAt", now)
                    .put("startedAt", now);
        }

        @Override
        public @Nullable JsonNode named(String root, String name) {
            return switch (root) {
                case "meta" -> text(sample.meta().get(name));
                case "flow" ->
                    sample.variables().getOrDefault(name, around.variables().get(name));
                default -> null;
            };
        }

        private static @Nullable JsonNode text(@Nullable String value) {
            return value == null ? null : Json.NODES.textNode(value);
        }

        @Override
        public @Nullable LookupTable table(String name) {
            return around.tables().get(name);
        }

        @Override
        public JsonNode script(String file, String function, ObjectNode data) {
            ObjectNode given = data.deepCopy();
            ObjectNode meta = given.putObject("meta");
            sample.meta().forEach(meta::put);
            ObjectNode variables = given.putObject("flow").putObject("variables");
            around.variables().forEach(variables::set);
            sample.variables().forEach(variables::set);
            try {
                return around.scripts()
                        .call(file, function, Scripts.Bounds.whole(null, budget.time()), given)
                        .value();
            } catch (ScriptException e) {
                throw new ExpressionException("SCRIPT_" + e.kind(), e.getMessage());
            }
        }

        /** A preview has no secrets: it shows what a proof looks like. */
        @Override
        public byte[] proof(String secret, String algorithm, byte[] content) {
            return Proofs.STAND_IN.of(secret, algorithm, content);
        }

        @Override
        public Instant queuedAt() {
            return around.clock().instant();
        }
    }
}
