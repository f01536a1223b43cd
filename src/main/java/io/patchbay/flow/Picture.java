package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Step;
import io.patchbay.trigger.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A flow as it is drawn: what starts it, its shapes, and how payloads go from one to the next. Whoever draws it lays it out; the file has
 * no coordinates.
 *
 * @param starts what starts it; one for starting by hand where the file names nothing
 * @param shapes all shapes, each before those that it holds
 * @param links the ways of payloads, in the order in which they are drawn
 */
public record Picture(List<Start> starts, List<Shape> shapes, List<Link> links) {

    /** Keeps copies. */
    public Picture {
        starts = List.copyOf(starts);
        shapes = List.copyOf(shapes);
        links = List.copyOf(links);
    }

    /**
     * What starts the flow.
     *
     * @param id no shape has it
     * @param line where it stands in the file; 0 when it does not
     * @param settings as YAML
     */
    public record Start(String id, String kind, int line, String settings) {}

    /**
     * A shape.
     *
     * @param id its id in the flow
     * @param kind the kind of shape
     * @param name what people call it
     * @param note a remark of the author
     * @param parent the shape that holds it; null at the top
     * @param path the name of the list of that shape in which it stands
     * @param paths names of the lists that it holds itself
     * @param line where it stands in the file
     * @param settings its own settings as YAML, without the shapes that it holds
     * @param common what stands around its settings
     */
    public record Shape(
            String id,
            String kind,
            @Nullable String name,
            @Nullable String note,
            @Nullable String parent,
            @Nullable String path,
            List<String> paths,
            int line,
            String settings,
            Step.Common common) {

        /** Keeps a copy of the paths. */
        public Shape {
            paths = List.copyOf(paths);
        }
    }

    /** How payloads come along a link. */
    public enum Way {
        /** From one shape to the next. */
        NEXT,
        /** Into a list of shapes that a shape holds. */
        PATH,
        /** What failed. */
        CATCH,
        /** Round once more. */
        AGAIN
    }

    /**
     * A way of payloads.
     *
     * @param label the name of the path that it leads into, or past whose empty list it leads; null where there is none
     */
    public record Link(String from, String to, @Nullable String label, Way way) {}

    /**
     * The picture of a flow.
     *
     * @param redact takes secrets out of text: an author may have written one down by mistake
     */
    public static Picture of(Flow flow, UnaryOperator<String> redact) {
        Drawing drawing = new Drawing(redact);
        List<Start> starts = starts(flow, redact);
        List<Open> open = starts.stream()
                .map(start -> new Open(start.id(), null, Way.NEXT))
                .toList();
        drawing.list(flow.steps(), open, null, null);
        return new Picture(starts, drawing.shapes, drawing.links);
    }

    private static List<Start> starts(Flow flow, UnaryOperator<String> redact) {
        List<JsonNode> written = new ArrayList<>();
        new YamlReader()
                .read(flow.file(), flow.text(), new Problems())
                .ifPresent(file -> Literals.json(file).path("trigger").forEach(written::add));
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < flow.triggers().size(); i++) {
            Trigger trigger = flow.triggers().get(i);
            JsonNode settings = i < written.size() ? written.get(i).path(trigger.kind()) : Json.NODES.missingNode();
            starts.add(new Start(
                    "trigger." + (i + 1),
                    trigger.kind(),
                    flow.places().triggers().get(i).line(),
                    redact.apply(text(settings))));
        }
        return starts.isEmpty() ? List.of(new Start("trigger.1", "manual", 0, "")) : starts;
    }

    private static String text(JsonNode settings) {
        return settings.isContainerNode()
                ? settings.isEmpty() ? "" : YamlText.block(settings, 0)
                : settings.isMissingNode() || settings.isNull() ? "" : YamlText.flow(settings);
    }

    /** What comes from a shape and has not come to the next one yet. */
    private record Open(String from, @Nullable String label, Way way) {
        Link to(String shape) {
            return new Link(from, shape, label, way);
        }
    }

    private static final class Drawing {

        private final List<Shape> shapes = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final UnaryOperator<String> redact;

        Drawing(UnaryOperator<String> redact) {
            this.redact = redact;
        }

        /** What comes out of a list of shapes. */
        List<Open> list(List<Step> steps, List<Open> before, @Nullable String parent, @Nullable String path) {
            List<Open> open = before;
            for (Step step : steps) {
                shapes.add(shape(step, parent, path));
                open.forEach(one -> links.add(one.to(step.id())));
                open = step.paths().isEmpty() ? List.of(new Open(step.id(), null, Way.NEXT)) : paths(step);
            }
            return open;
        }

        private List<Open> paths(Step step) {
            String kind = step.type().spec().name();
            List<Open> out = new ArrayList<>();
            for (Plan.Path path : step.paths()) {
                boolean caught = kind.equals("try") && path.name().equals("catch");
                Open in = new Open(step.id(), path.name(), caught ? Way.CATCH : Way.PATH);
                // What fails and is caught by nothing goes nowhere.
                List<Open> end = caught && path.steps().isEmpty()
                        ? List.of()
                        : list(path.steps(), List.of(in), step.id(), path.name());
                if (kind.equals("loop")) {
                    end.forEach(one -> links.add(new Link(one.from(), step.id(), null, Way.AGAIN)));
                } else {
                    out.addAll(end);
                }
            }
            if (kind.equals("loop") || kind.equals("cached")) {
                out.add(new Open(step.id(), null, Way.NEXT));
            }
            return out;
        }

        private Shape shape(Step step, @Nullable String parent, @Nullable String path) {
            Set<Location> inner = new HashSet<>();
            step.paths().stream()
                    .flatMap(one -> Flow.all(one.steps()))
                    .map(Step::at)
                    .forEach(inner::add);
            JsonNode settings = own(step.placed().settings(), inner);
            return new Shape(
                    step.id(),
                    step.type().spec().name(),
                    step.name(),
                    step.note(),
                    parent,
                    path,
                    step.paths().stream().map(Plan.Path::name).toList(),
                    step.at().line(),
                    settings == null ? "" : redact.apply(text(settings)),
                    step.common());
        }

        /** Settings without shapes that stand in them; null when nothing is left. */
        private static @Nullable JsonNode own(Node node, Set<Location> inner) {
            if (node instanceof Node.MapNode map) {
                if (inner.contains(map.at())) {
                    return null;
                }
                ObjectNode object = Json.NODES.objectNode();
                map.entries().forEach((key, entry) -> {
                    JsonNode value = own(entry.value(), inner);
                    if (value != null) {
                        object.set(key, value);
                    }
                });
                return object;
            }
            if (node instanceof Node.ListNode list && !list.items().isEmpty()) {
                ArrayNode array = Json.NODES.arrayNode();
                list.items().stream()
                        .map(item -> own(item, inner))
                        .filter(item -> item != null)
                        .forEach(array::add);
                return array.isEmpty() ? null : array;
            }
            return Literals.json(node);
        }
    }
}
