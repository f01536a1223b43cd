package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
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
    private final ShapeTree shapes;
    private final MapNode file;

    BoundParts(Binder binder, ShapeTree shapes, MapNode file) {
        this.binder = binder;
        this.shapes = shapes;
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
        shapes.replaced(file, shape -> gather(shape, steps));
        return steps;
    }

    private MapNode gather(MapNode shape, List<Step> into) {
        Step step = bound(shape, Step.class);
        if (step == null) {
            return shapes.within(shape, inner -> gather(inner, into));
        }
        into.add(step);
        return shape;
    }

    /** What is wrong with it was told when the whole file was bound. */
    private <T> @Nullable T bound(Node node, Class<T> type) {
        return binder.bind(node, type, new Problems());
    }
}
