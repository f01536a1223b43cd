package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A blueprint as its folder has it, checked.
 *
 * @param manifest what it says of itself
 * @param files texts by path from its folder: all of {@code routes/} and {@code connectors/}
 * @param trees the same of the YAML files among them
 */
record Blueprint(Manifest manifest, SortedMap<String, String> files, Map<String, Node> trees) {

    Blueprint {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        trees = Map.copyOf(trees);
    }

    String id() {
        return manifest.blueprint();
    }

    /** Texts of a connector that it brings itself, without its instances, by path; empty when it brings none. */
    SortedMap<String, String> connector(String id) {
        String folder = LoneConnector.folder(id);
        SortedMap<String, String> own = new TreeMap<>(files);
        own.keySet().removeIf(path -> !path.startsWith(folder) || path.startsWith(folder + "instances/"));
        return own;
    }

    /** Path of the file that an instance is made from. */
    static String template(String connector, String instance) {
        return "connectors/" + connector + "/instances/" + instance + ".yaml";
    }
}
