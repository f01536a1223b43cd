package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files that are made of one file, by their path from the home folder. */
final class Parcel {

    /** A shorter value is an ordinary word. */
    private static final int SHORTEST = 6;

    private final String prefix;
    private final Predicate<String> taken;
    private final Names names = new Names();
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<String> flows = new ArrayList<>();
    private final Set<String> guarded = new LinkedHashSet<>();

    /**
     * A parcel with nothing in it.
     *
     * @param prefix of names of files, which is the flow's
     * @param taken paths that the home has already
     */
    Parcel(String prefix, Predicate<String> taken) {
        this.prefix = prefix;
        this.taken = taken;
    }

    String prefix() {
        return prefix;
    }

    /** Whether the home has a file with this path. */
    boolean taken(String path) {
        return taken.test(path);
    }

    /** A value that no file may show. */
    void guard(String secret) {
        if (secret.strip().length() >= SHORTEST) {
            guarded.add(secret.strip());
        }
    }

    /** A script. @return its name, as flows write it */
    String script(String thing, String name, String ending, String text) {
        String file = names.of("script " + thing, prefix + "-" + name, prefix + "-script") + ending;
        files.put("routes/scripts/" + file, text);
        return file;
    }

    /** A lookup table. */
    void table(String name, String text) {
        files.putIfAbsent("routes/tables/" + name + ".csv", text);
    }

    /** The id of the next flow of the file. */
    String nextFlow() {
        return flows.isEmpty() ? prefix : prefix + "-" + (flows.size() + 1);
    }

    /** A flow. */
    void flow(String id, String text) {
        flows.add(id);
        files.put("routes/" + id + ".flow.yaml", text);
    }

    void put(String path, String text) {
        files.put(path, text);
    }

    /** An instance of a connector. @return its name: that of one with the same text, or a free one */
    String instance(String connector, String wanted, ObjectNode settings) {
        String base = Names.kebab(wanted, connector);
        for (int i = 1; ; i++) {
            String name = i == 1 ? base : base + "-" + i;
            String path = "connectors/" + connector + "/instances/" + name + ".yaml";
            ObjectNode whole = Json.NODES.objectNode().put("instance", name).put("connector", connector);
            whole.setAll(settings);
            String text = FlowText.of(List.of(), whole);
            String there = files.get(path);
            if (there == null && !taken.test(path)) {
                files.put(path, text);
                return name;
            }
            if (text.equals(there)) {
                return name;
            }
        }
    }

    List<String> flows() {
        return List.copyOf(flows);
    }

    /** All files, without any value that was guarded. */
    SortedMap<String, String> files() {
        SortedMap<String, String> clean = new TreeMap<>();
        files.forEach((path, text) -> {
            String without = text;
            for (String secret : guarded) {
                without = without(without, secret, path.endsWith(".yaml"));
                without = without(without, escaped(secret), path.endsWith(".yaml"));
            }
            clean.put(path, without);
        });
        return clean;
    }

    /** A value of YAML without quotes that began with a star would be an alias. */
    private static String without(String text, String secret, boolean yaml) {
        String begun = yaml && text.contains(secret)
                ? Pattern.compile("(?<=[\\s\\[{,])" + Pattern.quote(secret))
                        .matcher(text)
                        .replaceAll("_***")
                : text;
        return begun.replace(secret, "***");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
