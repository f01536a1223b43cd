package io.patchbay.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Lines;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Renaming;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.environment.FlowNames.Kind;
import io.patchbay.environment.FlowNames.Name;
import io.patchbay.flow.Flow;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.queue.Priority;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The text of a flow in an environment: the flow's own text, with other names in their places and what the environment sets. It is a
 * flow file like any other, with the lines of the one that it was made of.
 *
 * @param text the text; that of the flow itself where nothing can be made of it
 * @param base the text that it was made of
 * @param used the names of the environment's file that stand for others in it, like {@code instances.shop}
 * @param set the flow variables that the environment sets
 * @param kept what is the same as outside the environment, though it could stand for something else: kinds and names
 * @param names what the text names
 * @param problems what speaks against it, at places of the base text
 */
public record EnvironmentText(
        String text,
        String base,
        Map<String, String> used,
        Set<String> set,
        Map<Kind, Set<String>> kept,
        List<Name> names,
        List<Problem> problems) {

    private static final Map<Kind, String> KEYS = Map.of(
            Kind.INSTANCE, "instances",
            Kind.TABLE, "tables",
            Kind.POOL, "pools",
            Kind.CACHE, "caches",
            Kind.SCRIPT, "scripts");

    /** What is shared unless something stands for it; pools and caches are the environment's own. */
    private static final Set<Kind> SHARED = Set.of(Kind.INSTANCE, Kind.TABLE, Kind.SCRIPT);

    /** The parser takes it for the end of a line; what finds places in texts does not. */
    private static final Pattern LONE_RETURN = Pattern.compile("\\r(?!\\n)");

    public EnvironmentText {
        used = Map.copyOf(used);
        set = Set.copyOf(set);
        kept = Map.copyOf(kept);
        names = List.copyOf(names);
        problems = List.copyOf(problems);
    }

    /**
     * Makes it.
     *
     * @param file what the base text is called in problems
     * @param base a flow's text
     * @param flow the flow in the environment
     */
    public static EnvironmentText of(String file, String base, Environment environment, FlowIn flow) {
        Node root = new YamlReader().read(file, base, new Problems()).orElse(null);
        if (!(root instanceof MapNode map)) {
            return new EnvironmentText(base, base, Map.of(), Set.of(), Map.of(), List.of(), List.of());
        }
        if (LONE_RETURN.matcher(base).find()) {
            Problems problems = new Problems();
            problems.error(
                    map.at(),
                    "CANNOT_REPLACE",
                    "a line of the file ends with a carriage return alone, so names in it cannot be replaced",
                    "end all lines with a line feed");
            return new EnvironmentText(base, base, Map.of(), Set.of(), Map.of(), List.of(), problems.list());
        }
        Making making = new Making(base, environment, flow, map);
        String named = making.named();
        String text = making.patched(named);
        List<Name> names = new YamlReader()
                .read(file, text, new Problems())
                .map(made -> made instanceof MapNode one ? FlowNames.in(one) : List.<Name>of())
                .orElse(List.of());
        return new EnvironmentText(text, base, making.used, making.set, making.kept, names, making.problems.list());
    }

    /** Whether it is known what it names: every flow names itself. */
    public boolean read() {
        return !names.isEmpty();
    }

    /** What the text names of one kind, in order. */
    public Set<String> named(Kind kind) {
        Set<String> all = new TreeSet<>();
        names.stream().filter(name -> name.kind() == kind).forEach(name -> all.add(name.text()));
        return all;
    }

    /** The line of the base text that a line was made of; where one was added, the line before it. */
    public int line(int made) {
        int shift = 0;
        for (Lines.Change change : Lines.changes(base, text)) {
            int first = change.line() + shift;
            if (made < first) {
                break;
            }
            int after = change.after().size();
            int before = change.before().size();
            if (made < first + after) {
                return Math.max(1, change.line() + Math.min(made - first, before - 1));
            }
            shift += after - before;
        }
        return made - shift;
    }

    /** What is done to one text. */
    private static final class Making {

        private final String base;
        private final Environment environment;
        private final FlowIn flow;
        private final MapNode tree;
        private final Map<String, String> used = new HashMap<>();
        private final Set<String> set = new TreeSet<>();
        private final Map<Kind, Set<String>> kept = new HashMap<>();
        private final Problems problems = new Problems();

        Making(String base, Environment environment, FlowIn flow, MapNode tree) {
            this.base = base;
            this.environment = environment;
            this.flow = flow;
            this.tree = tree;
        }

        /** The text with other names. */
        String named() {
            Renaming renaming = new Renaming(base);
            for (Name name : FlowNames.in(tree)) {
                String now = now(name);
                if (!now.equals(name.text()) && !renaming.put(name.at(), name.text(), now)) {
                    problems.error(
                            name.at(),
                            "CANNOT_REPLACE",
                            "the name '" + name.text() + "' is written in a way that cannot be changed",
                            renaming.marked(name.at())
                                    ? "write it without an anchor (&name) or a tag, here and where an alias (*name) stands for it"
                                    : "write it without escapes, on one line");
                }
            }
            return renaming.text();
        }

        private String now(Name name) {
            return switch (name.kind()) {
                case SELF -> environment.flow(name.text());
                case FLOW ->
                    environment.ids().contains(name.text()) ? environment.flow(name.text()) : kept(name, name.text());
                case PATH -> environment.prefix() + "/" + name.text();
                case SEGMENT -> environment.prefix() + "-" + name.text();
                case EVENT -> environment.id() + "/" + name.text();
                case SECRET -> name.text();
                case INSTANCE, TABLE, POOL, CACHE, SCRIPT -> replaced(name);
            };
        }

        private String replaced(Name name) {
            String key = KEYS.getOrDefault(name.kind(), "");
            String other = environment
                    .said()
                    .replace()
                    .names()
                    .getOrDefault(key, Map.of())
                    .get(name.text());
            if (other != null) {
                used.put(key + "." + name.text(), other);
                return other.equals(name.text()) ? kept(name, other) : other;
            }
            return SHARED.contains(name.kind())
                            || name.text().contains("@")
                            || name.text().contains("${")
                    ? kept(name, name.text())
                    : environment.flow(name.text());
        }

        private String kept(Name name, String text) {
            kept.computeIfAbsent(name.kind(), any -> new TreeSet<>()).add(text);
            return text;
        }

        /** The text with what the environment sets. */
        String patched(String named) {
            String text = named;
            text = put(
                    text,
                    List.of("deploy"),
                    Json.NODES.textNode(word(environment.said().deploy())));
            Flow.Status own = flow.said().status();
            Flow.Status status = own == null ? environment.said().status() : own;
            if (tree.get("status") != null || status != Flow.Status.ACTIVE) {
                text = put(text, List.of("status"), Json.NODES.textNode(word(status)));
            }
            if (tree.get("name") instanceof ScalarNode name) {
                text = put(text, List.of("name"), Json.NODES.textNode(name.text() + " (" + environment.name() + ")"));
            }
            Priority priority = flow.said().priority() == null
                    ? environment.said().priority()
                    : flow.said().priority();
            if (priority != null) {
                text = priority(text, priority);
            }
            for (Map.Entry<String, JsonNode> value : variables().entrySet()) {
                text = put(text, List.of("variables", value.getKey()), value.getValue());
            }
            return text;
        }

        private String priority(String text, Priority priority) {
            JsonNode word = Json.NODES.textNode(word(priority));
            return tree.get("settings") instanceof MapNode
                    ? put(text, List.of("settings", "priority"), word)
                    : put(text, List.of("settings"), Json.NODES.objectNode().set("priority", word));
        }

        /** Those that the flow has. */
        private Map<String, JsonNode> variables() {
            Map<String, JsonNode> all =
                    new LinkedHashMap<>(environment.said().replace().variables());
            all.putAll(flow.said().variables());
            all.keySet()
                    .removeIf(name -> !(tree.get("variables") instanceof MapNode has)
                            || !has.entries().containsKey(name));
            set.addAll(all.keySet());
            return all;
        }

        private String put(String text, List<Object> path, JsonNode value) {
            YamlPatch patch = YamlPatch.of(text).orElse(null);
            if (patch == null || !patch.set(path, value)) {
                problems.error(
                        tree.place(String.valueOf(path.get(0))),
                        "CANNOT_REPLACE",
                        "'" + path.get(path.size() - 1) + "' is written in a way that cannot be changed",
                        "write it where it belongs, without an alias (*name)");
                return text;
            }
            return patch.text();
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }
}
