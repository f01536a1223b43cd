package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Step;
import io.patchbay.trigger.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a file that are well formed where the whole is not: what is wrong in one of them does not hide what is wrong
 * with names in another.
 */
final class BoundParts {

    private final Binder binder;
    private final MapNode file;

    BoundParts(Binder binder, MapNode file) {
        this.binder = binder;
        this.file = file;
    }

    /** A trigger with its place. */
    record PlacedTrigger(Trigger trigger, Placed placed) {}

    /** The flow's id as it is written; empty when there is none. */
    String id() {
        return file.get("flow") instanceof ScalarNode id ? id.text() : "";
    }

    /** The variables; empty when they are not well formed, so that no name of one can be judged. */
    Optional<Map<String, JsonNode>> variables() {
        Node declared = file.get("variables");
        if (declared == null || (declared instanceof ScalarNode scalar && scalar.value() == null)) {
            return Optional.of(Map.of());
        }
        if (!(declared instanceof MapNode map)) {
            return Optional.empty();
        }
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        map.entries().forEach((name, entry) -> {
            JsonNode value = bound(entry.value(), JsonNode.class);
            if (value != null) {
                variables.put(name, value);
            }
        });
        return Optional.of(variables);
    }

    /** The triggers. */
    List<PlacedTrigger> triggers() {
        List<PlacedTrigger> triggers = new ArrayList<>();
        if (file.get("trigger") instanceof ListNode list) {
            for (Node item : list.items()) {
                Trigger trigger = bound(item, Trigger.class);
                if (trigger != null) {
                    triggers.add(new PlacedTrigger(trigger, FlowReader.placed(trigger, (MapNode) item)));
                }
            }
        }
        return triggers;
    }

    /** The shapes, each with those that it holds; of a shape that is wrong, those that it holds alone. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        gather(file, steps);
        return steps;
    }

    private void gather(Node node, List<Step> into) {
        if (node instanceof MapNode map) {
            for (Entry entry : map.entries().values()) {
                if (ShapeIds.LISTS.contains(entry.key()) && entry.value() instanceof ListNode list) {
                    list.items().forEach(item -> step(item, into));
                } else {
                    gather(entry.value(), into);
                }
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> gather(item, into));
        }
    }

    private void step(Node item, List<Step> into) {
        Step step = bound(item, Step.class);
        if (step != null) {
            into.add(step);
        } else {
            gather(item, into);
        }
    }

    /** What is wrong with it was told when the whole file was bound. */
    private <T> @Nullable T bound(Node node, Class<T> type) {
        return binder.bind(node, type, new Problems());
    }
}
