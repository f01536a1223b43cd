package io.patchbay.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.flow.Flow;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Step;
import io.patchbay.trial.TestConfig.CaseConfig;
import io.patchbay.trigger.Trigger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file with tests of a flow, which was read and found right.
 *
 * @param file its path
 * @param text its text
 * @param root what it holds
 * @param config the same, bound
 * @param flow that it tests
 */
public record TestFile(String file, String text, Node root, TestConfig config, Flow flow) {

    /** What such a file ends in. */
    public static final String ENDING = ".test.yaml";

    private static final Pattern KIND = Pattern.compile("\\.[a-z]+\\.yaml$");
    private static final Binder BINDER = new Binder(Map.of());
    private static final Set<String> ANY_TRIGGER = Set.of("manual", "api");

    /** The file for tests of a flow, beside the one that the flow is written in: orders.flow.yaml and orders.test.yaml. */
    public static String beside(String flowFile) {
        // One of several flows that are made of a file: environments/uk.yaml#orders and
        // environments/uk.orders.test.yaml.
        String file = flowFile.replace(".yaml#", ".");
        Matcher kind = KIND.matcher(file);
        return kind.find() ? file.substring(0, kind.start()) + ENDING : file + ENDING;
    }

    /**
     * Reads a file.
     *
     * @param flows those that there are, which are right
     * @param problems gets what is wrong
     * @return empty when something is
     */
    public static Optional<TestFile> read(String file, String text, Collection<Flow> flows, Problems problems) {
        Node root = new YamlReader().read(file, text, problems).orElse(null);
        TestConfig config = root == null ? null : BINDER.bind(root, TestConfig.class, problems);
        if (root == null || config == null) {
            return Optional.empty();
        }
        Flow flow = flows.stream()
                .filter(one -> one.id().equals(config.test()))
                .findFirst()
                .orElse(null);
        if (flow == null) {
            problems.error(
                    place(root, "test"),
                    "UNKNOWN_FLOW",
                    "there is no flow '" + config.test() + "' that is right",
                    missing(config.test(), flows.stream().map(Flow::id).toList()));
            return Optional.empty();
        }
        TestFile read = new TestFile(file, text, root, config, flow);
        long before = problems.errors();
        read.check(problems);
        return problems.errors() > before ? Optional.empty() : Optional.of(read);
    }

    private static String missing(String flow, List<String> known) {
        String near = DidYouMean.nearest(flow, known)
                .map(one -> "did you mean '" + one + "'? ")
                .orElse("");
        return near + "If its file is there, 'patchbay check' says what is wrong with it";
    }

    /** The JSON Schema of such a file. */
    public static Map<String, ObjectNode> schemas() {
        return Map.of(
                "test.schema.json",
                new Schemas(BINDER)
                        .document(TestConfig.class, "https://patchbay.io/schema/test.schema.json", "Flow test"));
    }

    private static Location place(Node root, String key) {
        Node node = root instanceof MapNode map ? map.get(key) : null;
        return node == null ? root.at() : node.at();
    }

    /** The nodes of a case. */
    MapNode caseNode(int index) {
        Node cases = ((MapNode) root).get("cases");
        return (MapNode) ((ListNode) Objects.requireNonNull(cases)).items().get(index);
    }

    /** What a case expects; null for nothing. */
    @Nullable
    Node expected(int index) {
        return caseNode(index).get("expect");
    }

    private void check(Problems problems) {
        Set<String> shapes = new LinkedHashSet<>(flow.allSteps().map(Step::id).toList());
        names(((MapNode) root).get("connections"), shapes, problems);
        for (int i = 0; i < config.cases().size(); i++) {
            CaseConfig one = config.cases().get(i);
            MapNode node = caseNode(i);
            names(node.get("connections"), shapes, problems);
            if (node.get("expect") instanceof MapNode expect) {
                names(expect.get("shapes"), shapes, problems);
                names(expect.get("requests"), shapes, problems);
            }
            start(one, node, shapes, problems);
        }
    }

    private void start(CaseConfig one, MapNode node, Set<String> shapes, Problems problems) {
        MapNode start = node.get("start") instanceof MapNode given ? given : node;
        String at = one.start().at();
        if (at != null && !shapes.contains(at)) {
            unknownShape(at, place(start, "at"), shapes, problems);
        }
        String trigger = one.start().trigger();
        Set<String> kinds = new TreeSet<>(ANY_TRIGGER);
        flow.triggers().stream().map(Trigger::kind).forEach(kinds::add);
        if (trigger != null && !kinds.contains(trigger)) {
            problems.error(
                    place(start, "trigger"),
                    "UNKNOWN_TRIGGER",
                    "flow '" + flow.id() + "' has no trigger '" + trigger + "'",
                    "it has " + String.join(", ", kinds));
        }
        for (String name : one.start().variables().keySet()) {
            if (!flow.variables().containsKey(name)) {
                problems.error(
                        start.get("variables") instanceof MapNode all
                                ? Objects.requireNonNull(all.entries().get(name))
                                        .at()
                                : start.at(),
                        "UNKNOWN_VARIABLE",
                        "flow '" + flow.id() + "' has no variable '" + name + "'",
                        DidYouMean.hint(name, flow.variables().keySet()));
            }
        }
    }

    private void names(@Nullable Node node, Set<String> shapes, Problems problems) {
        if (node instanceof MapNode map) {
            map.entries().values().stream()
                    .filter(entry -> !shapes.contains(entry.key()))
                    .forEach(entry -> unknownShape(entry.key(), entry.at(), shapes, problems));
        }
    }

    private void unknownShape(String id, Location at, Set<String> shapes, Problems problems) {
        problems.error(
                at, "UNKNOWN_SHAPE", "flow '" + flow.id() + "' has no shape '" + id + "'", DidYouMean.hint(id, shapes));
    }

    /** What systems answer in a case, by id of the shape that asks. */
    Map<String, TestConfig.AnswersConfig> answers(CaseConfig one) {
        Map<String, TestConfig.AnswersConfig> all = new LinkedHashMap<>(config.connections());
        all.putAll(one.connections());
        return all;
    }
}
