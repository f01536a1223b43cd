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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A home folder in which a file is made, changed or removed for somebody who does not see the folder: tried on a copy, and written only when nothing
 * is wrong with it.
 *
 * @param root the folder
 * @param trial tries it
 */
public record EditedHome(Path root, Trial trial) {

    /** Errors that a new file has, as {@code check} tells them; nothing is written. @throws BlueprintException when there is such a file */
    public List<String> tried(String path, String text) throws IOException, InterruptedException {
        free(path);
        return wrong(change(path, text));
    }

    /**
     * Writes a new file.
     *
     * @throws BlueprintException when there is one, when it would have errors, or when somebody else changes the home now
     */
    public void make(String path, String text) throws IOException, InterruptedException {
        HomeLock.alone(root, () -> {
            HomeChanges changes = new HomeChanges(root);
            changes.finish();
            free(path);
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
        HomeLock.alone(root, () -> {
            HomeChanges changes = new HomeChanges(root);
            changes.finish();
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
        return HomeLock.alone(root, () -> {
            HomeChanges changes = new HomeChanges(root);
            changes.finish();
            same(path, before);
            SortedMap<String, Optional<String>> gone = new TreeMap<>();
            gone.put(path, Optional.empty());
            RouteFolder.once(List.of(root), FolderLimits.DEFAULT)
                    .of(SourceKind.TEST)
                    .filter(file -> isTestOf(flow, file))
                    .forEach(file -> gone.put(file.path(), Optional.empty()));
            List<String> wrong = wrong(gone);
            if (!wrong.isEmpty()) {
                throw new BlueprintException(
                        "without it there would be errors; nothing was removed:\n" + String.join("\n", wrong));
            }
            changes.make(gone);
            return List.copyOf(gone.keySet());
        });
    }

    private static boolean isTestOf(String flow, SourceFile file) {
        Node tree = new YamlReader()
                .read(file.path(), file.text(), new Problems())
                .orElse(null);
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

    private void free(String path) {
        if (Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            throw new BlueprintException(path + " is there already, and nothing is written over it; take another name");
        }
    }

    private boolean written(HomeChanges changes, String path, String text) throws IOException, InterruptedException {
        List<String> wrong = wrong(change(path, text));
        if (!wrong.isEmpty()) {
            throw new BlueprintException(
                    "with it there would be errors; nothing was written:\n" + String.join("\n", wrong));
        }
        changes.make(change(path, text));
        return true;
    }

    private List<String> wrong(SortedMap<String, Optional<String>> changes) throws IOException, InterruptedException {
        return new Staging(root, trial).of(changes, file -> false).wrong();
    }

    private static SortedMap<String, Optional<String>> change(String path, String text) {
        return new TreeMap<>(Map.of(path, Optional.of(text)));
    }
}
