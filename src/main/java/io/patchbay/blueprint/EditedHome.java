package io.patchbay.blueprint;

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
 * A home folder in which a file is made or changed for somebody who does not see the folder: tried on a copy, and written only when nothing
 * is wrong with it.
 *
 * @param root the folder
 * @param trial tries it
 */
public record EditedHome(Path root, Trial trial) {

    /** Errors that a new file has, as {@code check} tells them; nothing is written. @throws BlueprintException when there is such a file */
    public List<String> tried(String path, String text) throws IOException, InterruptedException {
        free(path);
        return wrong(path, text);
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
            Path file = root.resolve(path);
            if (!Files.isRegularFile(file) || !Files.readString(file).equals(before)) {
                throw new BlueprintException(path + " was changed meanwhile; nothing was written, try again");
            }
            return written(changes, path, text);
        });
    }

    private void free(String path) {
        if (Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            throw new BlueprintException(path + " is there already, and nothing is written over it; take another name");
        }
    }

    private boolean written(HomeChanges changes, String path, String text) throws IOException, InterruptedException {
        List<String> wrong = wrong(path, text);
        if (!wrong.isEmpty()) {
            throw new BlueprintException(
                    "with it there would be errors; nothing was written:\n" + String.join("\n", wrong));
        }
        changes.make(change(path, text));
        return true;
    }

    private List<String> wrong(String path, String text) throws IOException, InterruptedException {
        return new Staging(root, trial).of(change(path, text), file -> false).wrong();
    }

    private static SortedMap<String, Optional<String>> change(String path, String text) {
        return new TreeMap<>(Map.of(path, Optional.of(text)));
    }
}
