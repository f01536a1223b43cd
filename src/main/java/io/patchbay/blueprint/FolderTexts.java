package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a home as what is taken along with a flow is looked up in them.
 *
 * @param texts by path, lines ended as everywhere
 * @param trees of those that are YAML
 */
record FolderTexts(NavigableMap<String, String> texts, NavigableMap<String, Node> trees) {

    static FolderTexts of(Snapshot snapshot) {
        FolderTexts all = new FolderTexts(new TreeMap<>(), new TreeMap<>());
        for (SourceFile file : snapshot.files()) {
            String text = file.text().replace("\r\n", "\n");
            all.texts.put(file.path(), text);
            if (file.path().endsWith(".yaml")) {
                new YamlReader()
                        .read(file.path(), text, new Problems())
                        .ifPresent(tree -> all.trees.put(file.path(), tree));
            }
        }
        return all;
    }

    /** A file's text; empty where there is none. */
    String text(String path) {
        return texts.getOrDefault(path, "");
    }

    /** Where a flow is, or the service that becomes one. @throws BlueprintException when it is in no file */
    String flow(String id) {
        return Stream.concat(called(SourceKind.FLOW, "flow", id), called(SourceKind.SERVICE, "service", id))
                .findFirst()
                .orElseThrow(() -> new BlueprintException("there is no flow and no service '" + id + "' in routes/"));
    }

    private Stream<String> called(SourceKind kind, String key, String id) {
        return trees.entrySet().stream()
                .filter(one -> SourceKind.of(one.getKey()).orElse(null) == kind)
                .filter(one -> one.getValue() instanceof MapNode map
                        && map.get(key) instanceof ScalarNode name
                        && name.text().equals(id))
                .map(Map.Entry::getKey);
    }

    /** What the tests of a flow's or a service's file are called. */
    static String tested(String flow) {
        return flow.replaceFirst("\\.(flow|service)\\.yaml$", ".test.yaml");
    }

    /** The tests of a flow's file. */
    Optional<String> test(String flow) {
        return Optional.of(tested(flow)).filter(texts::containsKey);
    }

    /** Files of a kind and name. */
    Stream<String> named(SourceKind kind, String name) {
        return texts.keySet().stream()
                .filter(path -> SourceKind.of(path).orElse(null) == kind && path.endsWith("/" + name));
    }

    /** What is declared of these caches and pools, as a file of its own says it. */
    ObjectNode declared(Set<String> caches, Set<String> pools) {
        ObjectNode all = Json.NODES.objectNode();
        declared("caches", caches, all);
        declared("pools", pools, all);
        return all;
    }

    private void declared(String kind, Set<String> names, ObjectNode to) {
        for (Map.Entry<String, Node> file : trees.entrySet()) {
            if (SourceKind.of(file.getKey()).orElse(null) == SourceKind.STORES
                    && file.getValue() instanceof MapNode map
                    && map.get(kind) instanceof MapNode entries) {
                for (String name : names) {
                    Node entry = entries.get(name);
                    if (entry != null) {
                        (to.get(kind) instanceof ObjectNode group ? group : to.putObject(kind))
                                .set(name, Literals.json(entry));
                    }
                }
            }
        }
    }
}
