package io.patchbay.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All environments and packages of a folder.
 *
 * @param environments by id
 * @param packages by id
 * @param problems what is wrong with their files
 * @param unread files of environments that cannot be read: which flows they have is not known
 */
public record EnvironmentSet(
        Map<String, Environment> environments,
        Map<String, PackageFile> packages,
        List<Problem> problems,
        Set<String> unread) {

    /** None. */
    public static final EnvironmentSet NONE = new EnvironmentSet(Map.of(), Map.of(), List.of(), Set.of());

    private static final Binder BINDER = new Binder(Map.of());

    public EnvironmentSet {
        environments = Collections.unmodifiableMap(new TreeMap<>(environments));
        packages = Collections.unmodifiableMap(new TreeMap<>(packages));
        problems = List.copyOf(problems);
        unread = Set.copyOf(unread);
    }

    /** A file of either kind. */
    public record Text(String path, String text) {}

    /** A file that was bound. */
    private record Bound<T>(String path, MapNode tree, T said) {}

    /** Reads files, each kind in the order of paths. */
    public static EnvironmentSet read(List<Text> environmentFiles, List<Text> packageFiles) {
        Problems problems = new Problems();
        List<String> unread = new ArrayList<>();
        Map<String, Bound<PackageFile>> packages = new TreeMap<>();
        for (Text file : packageFiles) {
            Bound<PackageFile> bound = bind(file, PackageFile.class, problems);
            if (bound != null) {
                once("package", bound.said().id(), bound, packages, problems);
            }
        }
        Map<String, Bound<EnvironmentFile>> environments = new TreeMap<>();
        for (Text file : environmentFiles) {
            Bound<EnvironmentFile> bound = bind(file, EnvironmentFile.class, problems);
            if (bound == null) {
                unread.add(file.path());
            } else {
                once("environment", bound.said().environment(), bound, environments, problems);
            }
        }
        Map<String, Environment> made = new TreeMap<>();
        environments.forEach((id, bound) -> made.put(id, environment(bound, packages, problems)));
        prefixes(made, problems);
        Map<String, PackageFile> read = new TreeMap<>();
        packages.forEach((id, bound) -> read.put(id, bound.said()));
        return new EnvironmentSet(made, read, problems.list(), Set.copyOf(unread));
    }

    private static <T> @Nullable Bound<T> bind(Text file, Class<T> type, Problems problems) {
        Problems own = new Problems();
        Node node = new YamlReader().read(file.path(), file.text(), own).orElse(null);
        T said = node == null ? null : BINDER.bind(node, type, own);
        problems.addAll(own.list());
        return said != null && node instanceof MapNode tree && !own.anyError()
                ? new Bound<>(file.path(), tree, said)
                : null;
    }

    private static <T> void once(String what, String id, Bound<T> bound, Map<String, Bound<T>> all, Problems problems) {
        Bound<T> first = all.putIfAbsent(id, bound);
        if (first != null) {
            problems.error(
                    bound.tree().place(what),
                    "DUPLICATE_NAME",
                    what + " '" + id + "' is taken by " + first.path(),
                    "give this one another id");
        }
    }

    private static Environment environment(
            Bound<EnvironmentFile> bound, Map<String, Bound<PackageFile>> packages, Problems problems) {
        Map<String, FlowIn> flows = new LinkedHashMap<>();
        for (FlowIn flow : bound.said().flows()) {
            if (flows.putIfAbsent(flow.flow(), flow) != null) {
                problems.warning(
                        flow.at(), "DUPLICATE_FLOW", "flow '" + flow.flow() + "' stands twice", "take this one out");
            }
        }
        List<String> named = bound.said().packages();
        for (int i = 0; i < named.size(); i++) {
            Location at = bound.tree().get("packages") instanceof ListNode list
                    ? list.items().get(i).at()
                    : bound.tree().at();
            Bound<PackageFile> of = packages.get(named.get(i));
            if (of == null) {
                problems.error(
                        at,
                        "UNKNOWN_PACKAGE",
                        "there is no package '" + named.get(i) + "'",
                        packages.isEmpty()
                                ? "it would be routes/packages/" + named.get(i) + ".yaml"
                                : DidYouMean.hint(named.get(i), packages.keySet()));
            } else {
                of.said().flows().forEach(flow -> flows.putIfAbsent(flow, FlowIn.of(flow, at)));
            }
        }
        return new Environment(bound.path(), bound.said(), bound.tree(), flows);
    }

    private static void prefixes(Map<String, Environment> all, Problems problems) {
        Map<String, Environment> holders = new LinkedHashMap<>();
        all.values().forEach(environment -> {
            Environment first = holders.putIfAbsent(environment.prefix(), environment);
            if (first != null) {
                problems.error(
                        environment.tree().place("prefix"),
                        "DUPLICATE_PREFIX",
                        "prefix '" + environment.prefix() + "' is that of environment '" + first.id() + "', too ("
                                + first.file() + ")",
                        "give this environment a prefix of its own, or its URLs are those of the other one");
            }
        });
    }

    /** The JSON Schema of files of environments. */
    public static ObjectNode schema() {
        return new Schemas(BINDER)
                .document(EnvironmentFile.class, "urn:patchbay:environment", "A Patchbay environment");
    }

    /** The JSON Schema of files of packages. */
    public static ObjectNode packageSchema() {
        return new Schemas(BINDER).document(PackageFile.class, "urn:patchbay:package", "A package of Patchbay flows");
    }
}
