package io.patchbay.blueprint;

import io.patchbay.blueprint.Manifest.Question;
import io.patchbay.blueprint.References.Kind;
import io.patchbay.blueprint.References.Reference;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Renaming;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint laid out for a home folder: its flows and what belongs to them under {@code routes/NAME}, answers and the home's names of
 * instances written in, all that runs by itself a draft. Under another name than the blueprint's own, each flow, table, script, schema,
 * cache, pool, environment and package that it brings has that name before its own, so that several installs stand side by side.
 */
final class Layout {

    private final Blueprint blueprint;
    private final String name;
    private final Answers answers;
    private final Map<Kind, Map<String, String>> renamed = new EnumMap<>(Kind.class);
    private final List<String> renames = new ArrayList<>();

    private Layout(Blueprint blueprint, String name, Answers answers) {
        this.blueprint = blueprint;
        this.name = name;
        this.answers = answers;
    }

    /**
     * What comes of it.
     *
     * @param files texts by path from the home folder
     * @param renames what was given another name, a line each
     */
    record Laid(SortedMap<String, String> files, List<String> renames) {}

    /**
     * Lays a blueprint out.
     *
     * @param answers that fit
     */
    static Laid of(Blueprint blueprint, String name, Answers answers) {
        return new Layout(blueprint, name, answers).laid();
    }

    private Laid laid() {
        Map<Kind, Set<String>> brings = brings();
        for (Map.Entry<Kind, Set<String>> kind : brings.entrySet()) {
            Map<String, String> names = new HashMap<>();
            for (String own : kind.getValue()) {
                if (parted(kind.getKey(), own)) {
                    continue;
                }
                String theirs = switch (kind.getKey()) {
                    case INSTANCE -> answers.instance(own);
                    case SECRET -> answers.secret(own);
                    default -> name.equals(blueprint.id()) ? own : name + "-" + own;
                };
                if (!theirs.equals(own)) {
                    names.put(own, theirs);
                    renames.add(kind.getKey().word() + " " + own + " is " + theirs);
                }
            }
            renamed.put(kind.getKey(), names);
        }
        SortedMap<String, String> laid = new TreeMap<>();
        blueprint
                .files()
                .forEach((path, text) -> laid.put(target(path), draft(path, named(path, answered(path, text)))));
        return new Laid(laid, renames);
    }

    /** What its files bring, by the names that they have there. */
    private Map<Kind, Set<String>> brings() {
        Map<Kind, Set<String>> brings = new EnumMap<>(Kind.class);
        names(brings, Kind.INSTANCE).addAll(blueprint.manifest().instances().keySet());
        names(brings, Kind.SECRET).addAll(blueprint.manifest().allowed().secrets());
        for (String path : blueprint.files().keySet()) {
            String file = path.substring(path.lastIndexOf('/') + 1);
            switch (SourceKind.of(path).orElse(SourceKind.CONNECTOR)) {
                case FLOW -> own(path, "flow", Kind.FLOW, brings);
                case SERVICE -> own(path, "service", Kind.FLOW, brings);
                case PACKAGE -> own(path, "package", Kind.PACKAGE, brings);
                case ENVIRONMENT -> {
                    own(path, "environment", Kind.ENVIRONMENT, brings);
                    own(path, "prefix", Kind.PREFIX, brings);
                }
                case TABLE -> names(brings, Kind.TABLE).add(file.substring(0, file.length() - ".csv".length()));
                case FLOW_SCRIPT -> names(brings, Kind.SCRIPT).add(file);
                case FLOW_SCHEMA -> names(brings, Kind.SCHEMA).add(file);
                case STORES -> {
                    if (blueprint.trees().get(path) instanceof MapNode stores) {
                        keys(stores.get("caches"), names(brings, Kind.CACHE));
                        keys(stores.get("pools"), names(brings, Kind.POOL));
                    }
                }
                default -> {}
            }
        }
        return brings;
    }

    private void own(String path, String key, Kind kind, Map<Kind, Set<String>> brings) {
        if (tree(path) instanceof MapNode map && map.get(key) instanceof Node.ScalarNode id) {
            names(brings, kind).add(id.text());
        }
    }

    /** Whatever its answers and anchors made of it, what could run by itself is a draft. */
    private static String draft(String path, String text) {
        if (DraftTexts.ofKind(path) && !DraftTexts.is(text)) {
            throw new BlueprintException(
                    path + " cannot be made a draft: write its 'status: draft' as it is, without an anchor or a"
                            + " question that sets it");
        }
        return text;
    }

    private static Set<String> names(Map<Kind, Set<String>> brings, Kind kind) {
        return brings.computeIfAbsent(kind, any -> new TreeSet<>());
    }

    private static void keys(@Nullable Node node, Set<String> to) {
        if (node instanceof MapNode map) {
            to.addAll(map.entries().keySet());
        }
    }

    private String answered(String path, String text) {
        if (!path.endsWith(".yaml")) {
            return text;
        }
        Node tree = tree(path);
        YamlPatch patch = YamlPatch.of(text).orElseThrow(() -> new IllegalStateException(path + " cannot be changed"));
        blueprint
                .manifest()
                .questions()
                .forEach((question, asked) -> asked.sets().stream()
                        .flatMap(place -> Place.parse(place).stream())
                        .filter(place -> place.file().equals(path))
                        .flatMap(place -> place.in(tree).stream())
                        .forEach(steps -> set(patch, steps, question, asked, path)));
        if (DraftTexts.ofKind(path)) {
            DraftTexts.write(patch, tree);
        }
        return patch.text();
    }

    private Node tree(String path) {
        return Objects.requireNonNull(blueprint.trees().get(path));
    }

    private void set(YamlPatch patch, List<Object> steps, String question, Question asked, String path) {
        if (!patch.set(steps, answers.json(question, asked))) {
            throw new IllegalStateException("the answer to '" + question + "' cannot be written into " + path);
        }
    }

    private String target(String path) {
        if (path.startsWith("routes/")) {
            int slash = path.lastIndexOf('/');
            String file = path.substring(slash + 1);
            String own = switch (SourceKind.of(path).orElse(SourceKind.FLOW)) {
                case TABLE -> renamed(Kind.TABLE, file.replaceFirst("\\.csv$", "")) + ".csv";
                case FLOW_SCRIPT -> renamed(Kind.SCRIPT, file);
                case FLOW_SCHEMA -> renamed(Kind.SCHEMA, file);
                case TEST -> path.contains("/scripts/") ? testOfScript(file) : file;
                default -> file;
            };
            return "routes/" + name + path.substring("routes".length(), slash + 1) + own;
        }
        if (SourceKind.of(path).orElse(null) == SourceKind.INSTANCE) {
            String file = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.yaml$", "");
            return path.substring(0, path.lastIndexOf('/') + 1) + renamed(Kind.INSTANCE, file) + ".yaml";
        }
        return path;
    }

    /** Tests of a script have its name. */
    private String testOfScript(String file) {
        String stem = file.replaceFirst("\\.test\\.yaml$", "");
        return renamed.getOrDefault(Kind.SCRIPT, Map.of()).entrySet().stream()
                .filter(one ->
                        one.getKey().substring(0, one.getKey().lastIndexOf('.')).equals(stem))
                .map(one -> one.getValue().substring(0, one.getValue().lastIndexOf('.')) + ".test.yaml")
                .findAny()
                .orElse(file);
    }

    /** Names of a kind that an environment has its own of: NAME@ENVIRONMENT, and each part is what it is called here. */
    private static boolean parted(Kind kind, String name) {
        return (kind == Kind.FLOW || kind == Kind.POOL || kind == Kind.CACHE) && name.indexOf('@') > 0;
    }

    private String renamed(Kind kind, String own) {
        if (parted(kind, own)) {
            int at = own.indexOf('@');
            return renamed(kind, own.substring(0, at)) + "@" + renamed(Kind.ENVIRONMENT, own.substring(at + 1));
        }
        return renamed.getOrDefault(kind, Map.of()).getOrDefault(own, own);
    }

    /** The text with the names that things have here. */
    private String named(String path, String text) {
        if (!path.endsWith(".yaml") || path.endsWith("/connector.yaml") || path.contains("/fixtures/")) {
            return text;
        }
        Node tree = new YamlReader()
                .read(path, text, new Problems())
                .orElseThrow(() -> new IllegalStateException(path + " cannot be read any more"));
        Renaming renaming = new Renaming(text);
        for (Reference one : References.in(path, tree)) {
            String here = renamed(one.kind(), one.name());
            if (!here.equals(one.name()) && !renaming.put(one.at(), one.name(), here)) {
                throw new BlueprintException(one.at() + ": the name '" + one.name() + "', which is '" + here
                        + "' here, is written in a way that cannot be changed: write it "
                        + (renaming.marked(one.at()) ? "without an anchor (&name) or a tag" : "without escapes")
                        + " in the blueprint");
            }
        }
        return renaming.text();
    }
}
