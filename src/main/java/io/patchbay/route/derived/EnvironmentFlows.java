package io.patchbay.route.derived;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentFile;
import io.patchbay.environment.EnvironmentSet;
import io.patchbay.environment.EnvironmentText;
import io.patchbay.environment.FlowIn;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Provenance;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the flows of environments: of each flow that an environment names, one with the environment's names and values. */
public final class EnvironmentFlows implements Derivation {

    /** Of a text that cannot be parsed now, so that it is known whose it is. */
    private static final Pattern FLOW = Pattern.compile("(?m)^flow:[ \\t]*[\"']?([a-z0-9-]+)");

    private Map<Key, EnvironmentText> known = Map.of();
    private Map<String, String> ids = Map.of();
    private volatile EnvironmentSet last = EnvironmentSet.NONE;

    /** What a text is made of. */
    private record Key(EnvironmentFile environment, Set<String> flows, FlowIn.FlowConfig flow, String base) {}

    /** The environments and packages of the files that were seen last; may be asked by any thread. */
    public EnvironmentSet environments() {
        return last;
    }

    @Override
    public Derived derive(Given given) {
        EnvironmentSet set =
                EnvironmentSet.read(texts(given, SourceKind.ENVIRONMENT), texts(given, SourceKind.PACKAGE));
        Problems problems = new Problems();
        problems.addAll(set.problems());
        List<FlowDeployer.Source> flows = new ArrayList<>();
        Map<Key, EnvironmentText> now = new HashMap<>();
        Map<String, FlowDeployer.Source> bases = set.environments().isEmpty() ? Map.of() : bases(given.flows());
        for (Environment environment : set.environments().values()) {
            List<EnvironmentText> made = new ArrayList<>();
            for (FlowIn flow : environment.flows().values()) {
                FlowDeployer.Source base = bases.get(flow.flow());
                if (base == null) {
                    problems.error(
                            flow.at(),
                            "UNKNOWN_FLOW",
                            "there is no flow '" + flow.flow() + "'",
                            DidYouMean.hint(flow.flow(), bases.keySet()));
                    continue;
                }
                Key key = new Key(environment.said(), environment.ids(), flow.said(), base.text());
                EnvironmentText text = known.get(key);
                if (text == null) {
                    text = EnvironmentText.of(base.file(), base.text(), environment, flow);
                }
                now.put(key, text);
                made.add(text);
                flows.add(source(environment, flow.flow(), base, text));
                unused(flow, text, problems);
            }
            unused(environment, made, problems);
        }
        known = now;
        last = set;
        return new Derived(flows, problems.list(), set.unread());
    }

    private static List<EnvironmentSet.Text> texts(Given given, SourceKind kind) {
        return given.files().stream()
                .filter(file -> file.kind() == kind)
                .map(file -> new EnvironmentSet.Text(file.path(), file.text()))
                .toList();
    }

    /** Flows by their ids. */
    private Map<String, FlowDeployer.Source> bases(List<FlowDeployer.Source> flows) {
        Map<String, FlowDeployer.Source> bases = new LinkedHashMap<>();
        Map<String, String> now = new HashMap<>();
        for (FlowDeployer.Source flow : flows) {
            String id = ids.get(flow.text());
            if (id == null) {
                id = id(flow);
            }
            now.put(flow.text(), id);
            bases.putIfAbsent(id, flow);
        }
        ids = now;
        return bases;
    }

    private static String id(FlowDeployer.Source flow) {
        Node root =
                new YamlReader().read(flow.file(), flow.text(), new Problems()).orElse(null);
        if (root instanceof MapNode map && map.get("flow") instanceof ScalarNode id) {
            return id.text();
        }
        Matcher written = FLOW.matcher(flow.text());
        return written.find() ? written.group(1) : flow.name();
    }

    /** A text in which a name could not be replaced must not run: there is one that is no flow, and the problem is that. */
    private static FlowDeployer.Source source(
            Environment environment, String flow, FlowDeployer.Source base, EnvironmentText text) {
        InEnvironment provenance = new InEnvironment(environment, base, text);
        String file = environment.file(flow);
        String name = environment.flow(flow);
        if (text.problems().isEmpty()) {
            return new FlowDeployer.Source(file, text.text(), name, provenance);
        }
        Problem first = text.problems().get(0);
        return new FlowDeployer.Source(file, "none", name, any -> provenance.ofBase(first));
    }

    /** What stands for a name that no flow of the environment has. */
    private static void unused(Environment environment, List<EnvironmentText> made, Problems problems) {
        if (!made.stream().allMatch(EnvironmentText::read)) {
            return; // what a flow names is known when its file is right again
        }
        Set<String> used = new HashSet<>();
        made.forEach(text -> {
            used.addAll(text.used().keySet());
            text.set().forEach(name -> used.add("variables." + name));
        });
        Map<String, Set<String>> said = new LinkedHashMap<>();
        environment.said().replace().names().forEach((key, names) -> said.put(key, names.keySet()));
        said.put("variables", environment.said().replace().variables().keySet());
        said.forEach((key, names) -> names.stream()
                .filter(name -> !used.contains(key + "." + name))
                .forEach(name -> unused(
                        environment.tree().place("replace", key, name),
                        "no flow of environment '" + environment.id() + "' names " + word(key) + " '" + name + "'",
                        problems)));
    }

    /** What is said of variables that a flow does not have. */
    private static void unused(FlowIn flow, EnvironmentText text, Problems problems) {
        flow.said().variables().keySet().stream()
                .filter(name -> text.read() && !text.set().contains(name))
                .sorted()
                .forEach(name ->
                        unused(flow.at(), "flow '" + flow.flow() + "' has no variable '" + name + "'", problems));
    }

    private static void unused(Location at, String what, Problems problems) {
        problems.warning(at, "UNUSED_REPLACEMENT", what, "take it out, or mend its name");
    }

    private static String word(String key) {
        return key.equals("variables") ? "a variable" : "the " + key.substring(0, key.length() - 1);
    }

    /** Tells problems of a flow in an environment where its base flow has them, or where the environment names what is wrong. */
    private record InEnvironment(Environment environment, FlowDeployer.Source base, EnvironmentText text)
            implements Provenance {

        @Override
        public Problem told(Problem problem) {
            Problem plain = plain(problem);
            return within(plain, named(problem, plain.at()));
        }

        private Problem within(Problem plain, Location at) {
            return new Problem(
                    at,
                    plain.severity(),
                    plain.code(),
                    "environment '" + environment.id() + "': " + plain.what(),
                    plain.hint());
        }

        /** A problem at a place of the base flow's text. */
        Problem ofBase(Problem problem) {
            Problem told = base.provenance().told(problem);
            return within(told, told.at());
        }

        @Override
        public Problem plain(Problem problem) {
            Location at = problem.at();
            int line = at.line() == 0 ? 0 : text.line(at.line());
            return base.provenance()
                    .told(new Problem(
                            new Location(base.file(), line, at.column()),
                            problem.severity(),
                            problem.code(),
                            problem.what(),
                            problem.hint()));
        }

        @Override
        public String origin() {
            return text.base();
        }

        /** A problem of a name that the environment gives stands where it gives it. */
        private Location named(Problem problem, Location plain) {
            return text.used().entrySet().stream()
                    .filter(used -> problem.what().contains("'" + used.getValue() + "'"))
                    .map(used -> environment
                            .tree()
                            .place(
                                    "replace",
                                    used.getKey().substring(0, used.getKey().indexOf('.')),
                                    used.getKey().substring(used.getKey().indexOf('.') + 1)))
                    .findFirst()
                    .orElse(plain);
        }
    }
}
