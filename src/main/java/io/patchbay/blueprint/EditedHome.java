package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A home folder in which files are made, changed or removed for somebody who does not see the folder, or brings them from elsewhere: tried on a copy,
 * and written all or not at all. Nothing is written over what is not known.
 *
 * @param root the folder
 * @param trial tries it
 */
public record EditedHome(Path root, Trial trial) {

    /**
     * What came of files from elsewhere.
     *
     * @param wrong errors that they have, as {@code check} tells them
     * @param written whether they are there now
     */
    public record Added(List<String> wrong, boolean written) {
        public Added {
            wrong = List.copyOf(wrong);
        }
    }

    /** What is done while nobody else changes the home. */
    private interface Work<T> {
        T with(HomeChanges changes) throws IOException, InterruptedException;
    }

    /** Errors that a new file has, as {@code check} tells them; nothing is written. @throws BlueprintException when there is such a file */
    public List<String> tried(String path, String text) throws IOException, InterruptedException {
        free(List.of(path));
        return wrong(one(path, text), file -> false);
    }

    /**
     * Writes a new file.
     *
     * @throws BlueprintException when there is one, when it would have errors, or when somebody else changes the home now
     */
    public void make(String path, String text) throws IOException, InterruptedException {
        alone(changes -> {
            free(List.of(path));
            return written(changes, path, text);
        });
    }

    /**
     * Writes another text into a file.
     *
     * @param before the text that it was read with
     * @throws BlueprintException when it says something else by now, when it would have errors, or when somebody else changes the home now
     */
    public void change(String path, String before, String text) throws IOException, InterruptedException {
        alone(changes -> {
            same(path, before);
            return written(changes, path, text);
        });
    }

    /**
     * Takes the file of a flow out, and its tests, which are of nothing then.
     *
     * @param before the text that it was read with
     * @return the files that went, in order
     * @throws BlueprintException when it says something else by now, when what stays would have errors, or when somebody else changes the home now
     */
    public List<String> remove(String path, String before, String flow) throws IOException, InterruptedException {
        return alone(changes -> {
            same(path, before);
            SortedMap<String, Optional<String>> gone = new TreeMap<>();
            gone.put(path, Optional.empty());
            RouteFolder.once(List.of(root), FolderLimits.DEFAULT)
                    .of(SourceKind.TEST)
                    .filter(file -> isTestOf(flow, file))
                    .forEach(file -> gone.put(file.path(), Optional.empty()));
            List<String> wrong =
                    new Staging(root, trial).of(gone, tested -> false).wrong();
            if (!wrong.isEmpty()) {
                throw new BlueprintException(
                        "without it there would be errors; nothing was removed:\n" + String.join("\n", wrong));
            }
            changes.make(gone);
            return List.copyOf(gone.keySet());
        });
    }

    private static boolean isTestOf(String flow, SourceFile file) {
        Node tree =
                new YamlReader().read(file.path(), file.text(), new Problems()).orElse(null);
        return tree instanceof MapNode map
                && map.get("test") instanceof ScalarNode test
                && test.text().equals(flow);
    }

    private void same(String path, String before) throws IOException {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(before)) {
            throw new BlueprintException(path + " was changed meanwhile; nothing was written, try again");
        }
    }

    /**
     * Tries files from elsewhere with their tests, and writes them. Errors in them are told and do not keep them away, so that somebody can
     * mend them there.
     *
     * @param files texts by path from the home folder
     * @param write false to try them only
     * @throws BlueprintException when one of them is there already, when what is there would break, or when somebody else changes the home now
     */
    public Added add(SortedMap<String, String> files, boolean write) throws IOException, InterruptedException {
        if (!write) {
            free(files.keySet());
            return new Added(wrongOf(files), false);
        }
        return alone(changes -> {
            free(files.keySet());
            List<String> wrong = wrongOf(files);
            changes.make(texts(files));
            return new Added(wrong, true);
        });
    }

    private <T> T alone(Work<T> work) throws IOException, InterruptedException {
        return HomeLock.alone(root, () -> {
            HomeChanges changes = new HomeChanges(root);
            changes.finish();
            return work.with(changes);
        });
    }

    private void free(Collection<String> paths) {
        for (String path : paths) {
            if (Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw new BlueprintException(
                        path + " is there already, and nothing is written over it; take another name, or move it away");
            }
        }
    }

    private boolean written(HomeChanges changes, String path, String text) throws IOException, InterruptedException {
        SortedMap<String, String> file = one(path, text);
        List<String> wrong = wrong(file, tested -> false);
        if (!wrong.isEmpty()) {
            throw new BlueprintException(
                    "with it there would be errors; nothing was written:\n" + String.join("\n", wrong));
        }
        changes.make(texts(file));
        return true;
    }

    /** What is wrong with the files. @throws BlueprintException when something else would be wrong with them */
    private List<String> wrongOf(SortedMap<String, String> files) throws IOException, InterruptedException {
        Set<String> names = Set.copyOf(files.keySet());
        List<String> wrong = wrong(files, names::contains);
        List<String> elsewhere = wrong.stream().filter(one -> !of(one, names)).toList();
        if (!elsewhere.isEmpty()) {
            throw new BlueprintException("what is there already would have errors with it; nothing was written:\n"
                    + String.join("\n", elsewhere));
        }
        return wrong;
    }

    private static boolean of(String wrong, Set<String> files) {
        String plain = wrong.startsWith(Staging.TEST) ? wrong.substring(Staging.TEST.length()) : wrong;
        return files.stream().anyMatch(path -> plain.startsWith(path + ":") || plain.startsWith(path + ","));
    }

    private List<String> wrong(SortedMap<String, String> files, Predicate<String> tested)
            throws IOException, InterruptedException {
        return new Staging(root, trial).of(texts(files), tested).wrong();
    }

    private static SortedMap<String, String> one(String path, String text) {
        SortedMap<String, String> file = new TreeMap<>();
        file.put(path, text);
        return file;
    }

    private static SortedMap<String, Optional<String>> texts(SortedMap<String, String> files) {
        SortedMap<String, Optional<String>> texts = new TreeMap<>();
        files.forEach((path, text) -> texts.put(path, Optional.of(text)));
        return texts;
    }
}
