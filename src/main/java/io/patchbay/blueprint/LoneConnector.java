package io.patchbay.blueprint;

import io.patchbay.blueprint.Manifest.Permissions;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A connector by itself, as a blueprint that brings nothing else: planned, installed, upgraded and removed as all others. Its id is that of
 * the connector with {@code connector-} before it.
 */
final class LoneConnector {

    /** Before the id of a connector. */
    static final String PREFIX = "connector-";

    /** Why nothing else is called so: an upgrade would take the one for the other. */
    static final String RESERVED = "names that begin with '" + PREFIX + "' are those of connectors by themselves";

    private LoneConnector() {}

    /** Id of the connector that a blueprint's id means, if it means one. */
    static String connector(String blueprint) {
        return blueprint.substring(PREFIX.length());
    }

    /** Whether a blueprint's id may mean a connector by itself. */
    static boolean means(String blueprint) {
        return BlueprintReader.ID.matcher(blueprint).matches() && blueprint.startsWith(PREFIX);
    }

    /** Whether a blueprint is one. */
    static boolean is(Blueprint blueprint) {
        return is(blueprint.id(), blueprint.files().keySet());
    }

    /** Whether one was installed. */
    static boolean is(Install install) {
        return is(install.blueprint(), install.base().keySet());
    }

    private static boolean is(String id, Set<String> paths) {
        return means(id) && paths.stream().allMatch(path -> path.startsWith(folder(connector(id))));
    }

    /** The folder of a connector in a home folder. */
    static String folder(String connector) {
        return "connectors/" + connector + "/";
    }

    /**
     * Reads one.
     *
     * @param id of the connector, which the source has
     */
    static Validated<Blueprint> read(Source source, String id) {
        String path = folder(id) + "connector.yaml";
        Problems problems = new Problems();
        SortedMap<String, String> files;
        try {
            files = source.texts(id);
        } catch (IOException | BlueprintException e) {
            problems.error(Location.of(folder(id)), "UNREADABLE", String.valueOf(e.getMessage()), null);
            return new Validated.Invalid<>(problems.list());
        }
        Map<String, Node> trees = new HashMap<>();
        files.forEach((file, text) -> {
            if (file.endsWith(".yaml")) {
                new YamlReader().read(file, text, problems).ifPresent(tree -> trees.put(file, tree));
            }
        });
        Node tree = trees.get(path);
        String version = value(tree, "version");
        if (!id.equals(value(tree, "connector"))) {
            problems.error(
                    Location.of(path), "BAD_NAME", "'connector' must be '" + id + "'", "it is the name of its folder");
        }
        if (!BlueprintReader.VERSION.matcher(version).matches()) {
            problems.error(Location.of(path), "BAD_VALUE", "'version' must be three numbers", "write it like 1.4.0");
        }
        if (problems.anyError()) {
            return new Validated.Invalid<>(problems.list());
        }
        String title = value(tree, "title").isEmpty() ? id : value(tree, "title");
        Reach reach = new Reach();
        files.forEach(reach::add);
        Manifest manifest = new Manifest(
                PREFIX + id,
                version,
                "Connector " + title,
                "The connector '" + id + "' by itself. Instances of it are made with the home's own secrets.",
                List.of(title),
                null,
                Map.of(id, version),
                Map.of(),
                Map.of(),
                new Permissions(List.copyOf(reach.hosts()), List.copyOf(reach.secrets()), List.copyOf(reach.code())));
        return new Validated.Valid<>(new Blueprint(manifest, files, trees), problems.list());
    }

    private static String value(@Nullable Node tree, String key) {
        return tree instanceof MapNode map && map.get(key) instanceof ScalarNode scalar ? scalar.text() : "";
    }
}
