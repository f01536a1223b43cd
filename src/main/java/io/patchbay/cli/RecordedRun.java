package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.flow.Flow;
import io.patchbay.shape.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a case of a run: how it began, what came of its calls, what passed its shapes. What is not kept of a run is said. */
final class RecordedRun {

    /** What reaches systems, and is not asked again. */
    private static final Set<String> CALLS = Set.of("connection", "camel");

    private final JsonNode run;
    private final List<JsonNode> payloads = new ArrayList<>();
    private final List<JsonNode> failed = new ArrayList<>();
    private final Flow flow;
    private final List<String> missing = new ArrayList<>();

    /**
     * A run.
     *
     * @param run as the API shows it
     * @param payloads what its capture has kept, with content
     * @param failed failed payloads of the flow
     * @param flow as it is now
     */
    RecordedRun(JsonNode run, JsonNode payloads, JsonNode failed, Flow flow) {
        this.run = run;
        this.flow = flow;
        payloads.forEach(this.payloads::add);
        failed.forEach(one -> {
            if (one.path("runId").equals(run.path("id"))) {
                this.failed.add(one);
            }
        });
    }

    /** What the case does not say, as sentences. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** The case. @throws Refused when it could not be run */
    ObjectNode document(String name) {
        ObjectNode one = Json.object()
                .put("name", name)
                .put("clock", run.path("queuedAt").asText());
        one.set("start", start());
        ObjectNode connections = Json.object();
        for (JsonNode shape : run.path("shapes")) {
            if (CALLS.contains(shape.path("type").asText())
                    && shape.path("payloadsIn").asLong() > 0) {
                ArrayNode yields = yields(shape);
                if (!yields.isEmpty()) {
                    connections.putObject(shape.path("shape").asText()).set("yields", yields);
                }
            }
        }
        if (!connections.isEmpty()) {
            one.set("connections", connections);
        }
        one.set("expect", expect());
        return one;
    }

    private ObjectNode start() {
        ObjectNode start = Json.object();
        String trigger = run.path("trigger").asText();
        Set<String> kinds = new LinkedHashSet<>(List.of("manual", "api"));
        flow.triggers().forEach(one -> kinds.add(one.kind()));
        if (kinds.contains(trigger)) {
            start.put("trigger", trigger);
        } else {
            missing.add("the run was started by '" + trigger + "', which the case cannot be");
        }
        List<String> steps = flow.allSteps().map(Step::id).toList();
        JsonNode first = null;
        for (JsonNode shape : run.path("shapes")) {
            if (first == null && shape.path("payloadsIn").asLong() > 0) {
                first = shape;
            }
        }
        if (first == null) {
            throw refused("nothing reached a shape of this run, so that its payload is not kept");
        }
        String id = first.path("shape").asText();
        if (!steps.contains(id)) {
            throw refused("the flow has no shape '" + id + "' any more; it was changed since the run");
        }
        if (!steps.get(0).equals(id)) {
            start.put("at", id);
        }
        List<JsonNode> in = of(id, "IN");
        if (in.isEmpty()
                && first.path("payloadsIn").asLong() == 1
                && CALLS.contains(first.path("type").asText())) {
            return start; // an empty payload is not captured
        }
        if (in.isEmpty()) {
            throw refused(
                    "the payload with which the run began is not kept: give the flow 'settings: { capture: { payloads: all } }'"
                            + " and let it run again");
        }
        content(start, whole(in.get(0), "the payload with which the run began"), "json");
        Stream.of("meta", "variables")
                .filter(name -> !in.get(0).path(name).isEmpty())
                .forEach(name -> start.set(name, in.get(0).path(name)));
        return start;
    }

    /** What came of each call of a shape, in the order of the calls. */
    private ArrayNode yields(JsonNode shape) {
        String id = shape.path("shape").asText();
        List<JsonNode> in = of(id, "IN");
        List<JsonNode> out = of(id, "OUT");
        ArrayNode yields = io.patchbay.payload.Json.NODES.arrayNode();
        long wanted = shape.path("payloadsOut").asLong();
        if (out.size() < wanted) {
            throw refused(
                    "of " + wanted + " payloads that came of shape '" + id + "' " + out.size()
                            + " are kept: a larger 'settings: { capture: { payloads: all, perRun: … } }' keeps more of the next run");
        }
        if (in.size() <= 1) {
            out.forEach(one -> yielded(yields.addObject(), one, in.isEmpty() ? NullNode.getInstance() : in.get(0), id));
            failed.stream().filter(one -> of(one, id)).forEach(one -> failure(yields.addObject(), one));
            return end(yields);
        }
        for (JsonNode asked : in) {
            String lineage = asked.path("lineage").asText();
            int before = yields.size();
            out.stream()
                    .filter(one -> below(one.path("lineage").asText(), lineage, id))
                    .forEach(one -> yielded(yields.addObject(), one, asked, id));
            failed.stream()
                    .filter(one -> of(one, id) && one.path("lineage").asText().equals(lineage))
                    .forEach(one -> failure(yields.addObject(), one));
            if (yields.size() == before) {
                yields.addObject();
            }
            ((ObjectNode) yields.get(yields.size() - 1)).put("end", true);
        }
        return yields;
    }

    /** What came of a call, with the metadata that what was asked with had not, or otherwise. */
    private static void yielded(ObjectNode to, JsonNode out, JsonNode asked, String id) {
        content(to, whole(out, "what came of shape '" + id + "'"), "body");
        ObjectNode more = io.patchbay.payload.Json.NODES.objectNode();
        out.path("meta").properties().forEach(one -> {
            if (!one.getValue().equals(asked.path("meta").get(one.getKey()))) {
                more.set(one.getKey(), one.getValue());
            }
        });
        if (!more.isEmpty()) {
            to.set("meta", more);
        }
    }

    private static ArrayNode end(ArrayNode yields) {
        if (yields.isEmpty()) {
            yields.addObject().put("end", true);
        }
        return yields;
    }

    private static boolean below(String lineage, String asked, String shape) {
        return lineage.equals(asked) || lineage.startsWith(asked + "/" + shape + "#");
    }

    private static boolean of(JsonNode failed, String shape) {
        return failed.path("shape").asText().equals(shape);
    }

    private static void failure(ObjectNode to, JsonNode failed) {
        to.put("error", failed.path("code").asText())
                .put("message", failed.path("message").asText());
    }

    private ObjectNode expect() {
        ObjectNode expect = Json.object().put("outcome", run.path("status").asText());
        ObjectNode shapes = Json.object();
        for (JsonNode shape : run.path("shapes")) {
            String id = shape.path("shape").asText();
            if (shape.path("payloadsIn").asLong() == 0) {
                continue;
            }
            ObjectNode own = shapes.putObject(id);
            side(own, id, "in", shape.path("payloadsIn").asLong());
            side(own, id, "out", shape.path("payloadsOut").asLong());
            own.set("recordsOut", shape.path("recordsOut"));
        }
        expect.set("shapes", shapes);
        if (!failed.isEmpty()) {
            ArrayNode list = expect.putArray("failed");
            failed.forEach(one -> list.addObject()
                    .put("shape", one.path("shape").asText())
                    .put("code", one.path("code").asText()));
        }
        return expect;
    }

    private void side(ObjectNode own, String id, String side, long wanted) {
        List<JsonNode> all = of(id, side.toUpperCase(java.util.Locale.ROOT));
        if (all.stream().anyMatch(one -> one.path("cut").asBoolean())) {
            missing.add("a payload " + side + " of shape '" + id + "' was cut; 'capture: { most: … }' keeps more");
            return;
        }
        if (all.size() < wanted) {
            missing.add("of " + wanted + " payloads " + side + " of shape '" + id + "' " + all.size() + " are kept");
            return;
        }
        ArrayNode list = own.putArray(side);
        all.forEach(one -> list.add(shown(one)));
    }

    private List<JsonNode> of(String shape, String direction) {
        return payloads.stream()
                .filter(one -> one.path("shape").asText().equals(shape))
                .filter(one -> one.path("direction").asText().equalsIgnoreCase(direction))
                .collect(Collectors.toList());
    }

    private static JsonNode whole(JsonNode payload, String what) {
        if (payload.path("cut").asBoolean()) {
            throw refused(what + " was cut at the flow's bound: it has "
                    + payload.path("size").asLong()
                    + " bytes. 'settings: { capture: { most: … } }' keeps more of the next run");
        }
        return payload;
    }

    /** @param key of JSON */
    private static void content(ObjectNode to, JsonNode payload, String key) {
        JsonNode tree = tree(payload);
        if (tree != null) {
            to.set(key, tree);
            return;
        }
        if (payload.path("base64").isTextual()) {
            to.set("base64", payload.path("base64"));
        } else if (!payload.path("text").asText("").isEmpty()) {
            to.set("text", payload.path("text"));
        } else {
            return;
        }
        to.put("contentType", payload.path("contentType").asText());
    }

    /** As an expectation shows it. */
    private static JsonNode shown(JsonNode payload) {
        JsonNode tree = tree(payload);
        if (tree != null) {
            return tree;
        }
        if (payload.path("base64").isTextual()) {
            return io.patchbay.payload.Json.NODES.textNode(
                    "base64:" + payload.path("base64").asText());
        }
        String text = payload.path("text").asText("");
        return text.isEmpty()
                ? io.patchbay.payload.Json.NODES.nullNode()
                : io.patchbay.payload.Json.NODES.textNode(text);
    }

    private static @Nullable JsonNode tree(JsonNode payload) {
        if (!io.patchbay.payload.Json.isType(payload.path("contentType").asText())) {
            return null;
        }
        JsonNode tree = Json.value(payload.path("text").asText(""));
        return tree.isMissingNode() ? null : tree;
    }

    static Refused refused(String why) {
        return new Refused(Refused.FAILED, "Nothing was recorded: " + why + ".");
    }
}
