package io.patchbay.blueprint;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an install, an upgrade or a removal will do. Nothing of it is done yet.
 *
 * @param verb what is planned
 * @param name of the install
 * @param blueprint id, with versions: {@code orders 1.0.0}, or {@code orders 1.0.0 → 1.1.0}
 * @param changes of files, by path
 * @param renames what has another name here than in the blueprint, a line each
 * @param needs what must be there, and whether it is: connectors, instances with the rights of their credentials
 * @param hosts that it may reach
 * @param secrets that instances read, by name; whether they are set is for the runtime to know
 * @param scripts files of code in it
 * @param obstacles why it cannot be done; empty when it can
 * @param after the install as it will be kept; null for a removal
 */
public record Plan(
        Verb verb,
        String name,
        String blueprint,
        List<Change> changes,
        List<String> renames,
        List<String> needs,
        List<String> hosts,
        List<String> secrets,
        List<String> scripts,
        List<String> obstacles,
        @Nullable Install after) {

    /** What is planned. */
    public enum Verb {
        /** Files that were not there. */
        INSTALL,
        /** Files of another version. */
        UPGRADE,
        /** Files that go. */
        REMOVE
    }

    /** What happens to a file. */
    public enum Action {
        /** It is made. */
        NEW,
        /** It gets other content. */
        CHANGED,
        /** It stays, as a person changed it. */
        KEPT,
        /** It goes. */
        GONE,
        /** Both sides changed the same lines. */
        CONFLICT
    }

    /**
     * A change of a file.
     *
     * @param path from the home folder
     * @param text its content then; null when it goes, or stays as it is
     * @param why one line, empty where the action says all
     * @param lines of conflicts, as people read them
     */
    public record Change(
            String path, Action action, @Nullable String text, String why, List<String> lines) {
        public Change {
            lines = List.copyOf(lines);
        }
    }

    public Plan {
        changes = List.copyOf(changes);
        renames = List.copyOf(renames);
        needs = List.copyOf(needs);
        hosts = List.copyOf(hosts);
        secrets = List.copyOf(secrets);
        scripts = List.copyOf(scripts);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether it can be done. */
    public boolean possible() {
        return obstacles.isEmpty();
    }

    /** Id of the connector that it is about, where that is all that it is about. */
    public Optional<String> connectorAlone() {
        if (after == null || !LoneConnector.means(name)) {
            return Optional.empty();
        }
        String connector = LoneConnector.connector(name);
        return Optional.of(connector)
                .filter(id ->
                        after.base().keySet().stream().allMatch(path -> path.startsWith(LoneConnector.folder(id))));
    }

    /** Whether a file is one of tests that are run before it is done: those of its flows, or of a connector by itself. */
    boolean tests(String file) {
        return file.startsWith(connectorAlone().map(LoneConnector::folder).orElse("routes/" + name + "/"));
    }

    /** What changes in the home, of the files that people see: texts by path, empty for a file that goes. */
    public SortedMap<String, Optional<String>> texts() {
        SortedMap<String, Optional<String>> texts = new TreeMap<>();
        for (Change change : changes) {
            if (change.action() == Action.GONE || change.text() != null) {
                texts.put(change.path(), Optional.ofNullable(change.text()));
            }
        }
        return texts;
    }
}
