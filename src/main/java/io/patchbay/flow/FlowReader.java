package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.trigger.Trigger;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads flow files: text, canvas, valid flow, or all that is wrong with the file at once. */
public final class FlowReader {

    private final StepReader steps;
    private static final Pattern OTHER_KIND = Pattern.compile(".*\\.(?!flow\\.)[a-z]+\\.yaml");
    private static final int MOST_KNOWN = 1_000;

    private final Map<String, Bound> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bound> eldest) {
            return size() > MOST_KNOWN;
        }
    });
    private final Binder binder;
    private final YamlReader yaml = new YamlReader();

    /** A reader that knows these shapes. */
    public FlowReader(List<ShapeType<?>> shapes) {
        this.steps = new StepReader(shapes);
        this.binder = new Binder(Map.of(Step.class, steps));
    }

    /** What flows are deployed into; made for each flow because names of its variables are part of it. */
    public interface World {
        /** The surroundings of a flow. */
        Surroundings around(String flow, Map<String, JsonNode> variables);
    }

    /**
     * Reads a file.
     *
     * @param file the path as people know it
     * @param text its content
     * @param world what names in it may lead to
     */
    public Validated<Flow> read(String file, String text, World world) {
        Problems problems = new Problems();
        Bound bound = known.get(key(file, text));
        if (bound == null || !bound.text().equals(text)) {
            MapNode canvas = yaml.read(shown(file), text, problems)
                    .flatMap(node -> canvas(node, problems))
                    .orElse(null);
            if (canvas == null) {
                return new Validated.Invalid<>(problems.list());
            }
            FlowFile read = binder.bind(canvas, FlowFile.class, problems);
            if (read == null) {
                check(new BoundParts(binder, steps.tree(), canvas), world, problems);
                return new Validated.Invalid<>(problems.list());
            }
            bound = new Bound(text, canvas, read);
            keep(file, bound, problems);
        }
        MapNode canvas = bound.canvas();
        Flow flow = flow(bound.file(), canvas, file, text);
        Surroundings around = world.around(flow.id(), flow.variables());
        if (flow.id().contains("@") && file.endsWith(".yaml")) {
            problems.error(
                    flow.places().id(),
                    "BAD_ID",
                    "flow id '" + flow.id() + "' is that of a flow in an environment, which has no file of its own",
                    "take '" + flow.id().substring(flow.id().indexOf('@'))
                            + "' out, and name the flow in the file of the environment, in routes/environments");
        }
        checkTriggers(flow, canvas, around, problems);
        check(flow, around, problems);
        AlertCheck.check(flow, canvas, around, problems);
        if (!problems.anyError()) {
            CacheUse.check(flow, around, problems);
        }
        if (!problems.anyError()) {
            Neighbours.check(flow, around, problems);
        }
        return problems.anyError()
                ? new Validated.Invalid<>(problems.list())
                : new Validated.Valid<>(flow, problems.list());
    }

    /** A file whose form is right. What its names lead to is looked up at each reading, because that changes beside it. */
    private record Bound(String text, MapNode canvas, FlowFile file) {}

    /** Of hundreds of files one is edited at a time; the others need not be parsed again for it. */
    private void keep(String file, Bound bound, Problems problems) {
        if (problems.list().isEmpty()) {
            known.put(key(file, bound.text()), bound);
        }
    }

    /**
     * What messages call the file. A file of another kind (orders.service.yaml) has other lines than the text of the flow that was made of
     * it: a run, which knows the text alone, must not send anybody to a line that is not there.
     */
    private static String shown(String file) {
        return OTHER_KIND.matcher(file).matches() ? file + "#as-flow" : file;
    }

    /** A file and the version that is held in its place are read in turn. */
    private static String key(String file, String text) {
        return file + "@" + text.hashCode();
    }

    /** The JSON Schema of flow files. */
    public ObjectNode schema() {
        return new Schemas(binder).document(FlowFile.class, "urn:patchbay:flow", "A Patchbay flow");
    }

    /** What a file says; empty when it is no mapping at all. What it names is not looked up. */
    public Optional<Outline> outline(String file, String text) {
        Problems problems = new Problems();
        return yaml.read(file, text, problems)
                .flatMap(node -> canvas(node, problems))
                .map(canvas -> Outline.of(canvas, steps.tree()));
    }

    private Optional<MapNode> canvas(Node node, Problems problems) {
        if (!(node instanceof MapNode map)) {
            problems.error(node.at(), "WRONG_TYPE", "a flow file must be a mapping, found " + node.kind());
            return Optional.empty();
        }
        return Optional.of(ShapeIds.fill(map, steps.tree()));
    }

    /** Looks up the names in the parts of a file that is wrong elsewhere. */
    private static void check(BoundParts parts, World world, Problems problems) {
        parts.variables().ifPresent(variables -> {
            Surroundings around = world.around(parts.id(), variables);
            parts.triggers().forEach(one -> one.trigger().check(one.placed(), around, problems));
            Flow.all(parts.steps()).forEach(step -> check(step, around, problems));
        });
    }

    private static void check(Step step, Surroundings around, Problems problems) {
        References.check(step.reads(), around, problems);
        step.check(around, problems);
    }

    private static Flow flow(FlowFile read, MapNode canvas, String file, String text) {
        String name = read.name();
        return new Flow(
                read.flow(),
                file,
                text,
                name == null ? read.flow() : name,
                read.note(),
                read.labels(),
                read.status(),
                read.deploy(),
                read.variables(),
                read.settings(),
                read.trigger(),
                read.shapes(),
                places(canvas));
    }

    /** Of a file that was bound. */
    private static Flow.Places places(MapNode canvas) {
        List<Location> triggers = canvas.get("trigger") instanceof ListNode list
                ? list.items().stream().map(Node::at).toList()
                : List.of();
        return new Flow.Places(Objects.requireNonNull(canvas.get("flow")).at(), triggers);
    }

    private static void checkTriggers(Flow flow, MapNode canvas, Surroundings around, Problems problems) {
        if (canvas.get("trigger") instanceof ListNode list) {
            for (int i = 0; i < list.items().size(); i++) {
                if (list.items().get(i) instanceof MapNode item) {
                    Trigger trigger = flow.triggers().get(i);
                    trigger.check(placed(trigger, item), around, problems);
                    if (trigger.kind().equals("callback")
                            && flow.steps().stream().noneMatch(FlowReader::isAnswer)) {
                        problems.error(
                                item.at(),
                                "NO_CALLBACK",
                                "a caller waits for an answer, and the flow has no callback shape",
                                "add a callback shape, or take a webhook, whose caller does not wait");
                    }
                }
            }
        }
    }

    /** A trigger stands in its list as a mapping with one key, whose value holds its settings. */
    static Placed placed(Trigger trigger, MapNode item) {
        return new Placed(
                trigger.kind(), item.entries().values().iterator().next().value());
    }

    private static void check(Flow flow, Surroundings around, Problems problems) {
        Map<String, Step> seen = new HashMap<>();
        flow.allSteps().forEach(step -> {
            Step first = seen.putIfAbsent(step.id(), step);
            if (first != null) {
                problems.error(
                        step.at(),
                        "DUPLICATE_ID",
                        "shape id '" + step.id() + "' stands twice in the flow",
                        "the first is at line " + first.at().line());
            }
            check(step, around, problems);
        });
        ReadOrder.check(flow, problems);
        if (!problems.anyError()) {
            WatchOrder.check(flow, around, problems);
        }
        for (Step step : flow.steps()) {
            step.paths().forEach(path -> refuseAnswers(path, step, problems));
        }
        List<Step> answers = flow.steps().stream().filter(FlowReader::isAnswer).toList();
        answers.stream()
                .skip(1)
                .forEach(step -> problems.warning(
                        step.at(), "SECOND_ANSWER", "only the first callback shape answers", "take this one out"));
        if (!problems.anyError()) {
            SeveralAtOnce.check(flow, around, problems);
            Rounds.check(flow, around, problems);
            WaitPlaces.check(flow, around, problems);
        }
    }

    /** An answer inside a path would have to wait for paths that it does not know of. */
    private static void refuseAnswers(Plan.Path path, Step holder, Problems problems) {
        for (Step step : path.steps()) {
            if (isAnswer(step)) {
                problems.error(
                        step.at(),
                        "CALLBACK_IN_PATH",
                        "'" + step.id() + "' answers from inside a path of '" + holder.id() + "'",
                        "put the callback behind '" + holder.id() + "'");
            }
            step.paths().forEach(inner -> refuseAnswers(inner, step, problems));
        }
    }

    private static boolean isAnswer(Step step) {
        return step.type().spec().name().equals("callback");
    }
}
