package io.patchbay.blueprint;

import io.patchbay.blueprint.Plan.Action;
import io.patchbay.blueprint.Plan.Change;
import io.patchbay.blueprint.Plan.Verb;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans a removal: what an install brought goes, as far as nothing else uses it and nobody changed it. */
final class Removal {

    private final Path home;
    private final Snapshot snapshot;
    private final Install install;
    private final KeptInstances kept;

    /**
     * For an install.
     *
     * @param snapshot all files of the home
     * @param kept instances that stand in none of them
     */
    Removal(Path home, Snapshot snapshot, Install install, KeptInstances kept) {
        this.home = home;
        this.snapshot = snapshot;
        this.install = install;
        this.kept = kept;
    }

    /** @param changed whether files that were changed here go, too */
    Plan plan(boolean changed) throws IOException {
        List<Change> changes = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        Set<String> used = used();
        Set<String> maybe = maybeUsed();
        maybe.removeAll(used);
        if (LoneConnector.is(install) && used.containsAll(install.base().keySet())) {
            String connector = LoneConnector.connector(install.blueprint());
            obstacles.add("connector '" + connector + "' is used by " + String.join(", ", instancesOf(connector))
                    + ": delete these first");
        } else if (LoneConnector.is(install) && !maybe.isEmpty()) {
            obstacles.add(String.valueOf(kept.told()));
        }
        for (Map.Entry<String, String> file : install.base().entrySet()) {
            String path = file.getKey();
            Path there = home.resolve(path);
            if (!Files.isRegularFile(there)) {
                continue;
            }
            String text = HomeText.read(there);
            boolean draft = DraftTexts.ofKind(path);
            if (draft && DraftTexts.active(text)) {
                obstacles.add(path + " is active: set 'status: inactive' first");
            }
            // Whoever puts a flow to work changes its status: that alone is no change of it.
            if (used.contains(path)) {
                changes.add(new Change(path, Action.KEPT, null, "something else uses it", List.of()));
            } else if (maybe.contains(path)) {
                changes.add(
                        new Change(path, Action.KEPT, null, "an instance that a runtime keeps may use it", List.of()));
            } else if (changed
                    || text.equals(file.getValue())
                    || (draft && DraftTexts.of(text).equals(file.getValue()))) {
                changes.add(new Change(path, Action.GONE, null, "", List.of()));
            } else {
                changes.add(
                        new Change(path, Action.KEPT, null, "it was changed here; --changed takes it, too", List.of()));
            }
        }
        return new Plan(
                Verb.REMOVE,
                install.name(),
                install.blueprint() + " " + install.version(),
                changes,
                List.of(),
                kept.told() != null && changes.stream().anyMatch(change -> ofConnector(change.path()))
                        ? List.of(kept.told())
                        : List.of(),
                List.of(),
                List.of(),
                List.of(),
                obstacles,
                null);
    }

    /** Of the connectors that it brought, the files that instances may use of which nobody knows here. */
    private Set<String> maybeUsed() {
        return kept.known()
                ? new TreeSet<>()
                : install.base().keySet().stream()
                        .filter(Removal::ofConnector)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a file is one of a connector, and of none of its instances. */
    static boolean ofConnector(String path) {
        return path.startsWith("connectors/") && SourceKind.of(path).orElse(null) != SourceKind.INSTANCE;
    }

    /** Of the connectors and instances that it brought, the files that others use. */
    private Set<String> used() {
        Set<String> instances = instancesOfOthers();
        Set<String> used = new TreeSet<>();
        Set<String> connectors = snapshot.of(SourceKind.INSTANCE)
                .filter(file -> !install.base().containsKey(file.path()))
                .map(file -> connector(file.path()))
                .collect(Collectors.toCollection(TreeSet::new));
        connectors.addAll(kept.connectors().values());
        for (String path : install.base().keySet()) {
            if (SourceKind.of(path).orElse(null) == SourceKind.INSTANCE && instances.contains(stem(path))) {
                used.add(path);
                connectors.add(connector(path));
            }
        }
        install.base().keySet().stream()
                .filter(path -> ofConnector(path) && connectors.contains(connector(path)))
                .forEach(used::add);
        return used;
    }

    private List<String> instancesOf(String connector) {
        Stream<String> files = snapshot.of(SourceKind.INSTANCE)
                .map(SourceFile::path)
                .filter(path -> path.startsWith(LoneConnector.folder(connector)));
        Stream<String> others = kept.connectors().entrySet().stream()
                .filter(one -> one.getValue().equals(connector))
                .map(one -> "the instance '" + one.getKey() + "'");
        return Stream.concat(files, others).sorted().toList();
    }

    private Set<String> instancesOfOthers() {
        return Stream.of(SourceKind.FLOW, SourceKind.SERVICE, SourceKind.ENVIRONMENT)
                .flatMap(snapshot::of)
                .filter(file -> !install.base().containsKey(file.path()))
                .flatMap(file -> new YamlReader()
                        .read(file.path(), file.text(), new Problems()).stream()
                                .flatMap(tree -> References.in(file.path(), tree).stream()))
                .filter(one -> one.kind() == References.Kind.INSTANCE)
                .map(References.Reference::name)
                .collect(Collectors.toSet());
    }

    private static String stem(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.yaml$", "");
    }

    /** The connector that a path in connectors/ is of. */
    private static String connector(String path) {
        int begin = path.indexOf('/') + 1;
        return path.substring(begin, path.indexOf('/', begin));
    }
}
