package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** New files for a home folder that come from elsewhere: tried on a copy of it, and written all or not at all. What is there stays. */
public final class HomeFiles {

    private HomeFiles() {}

    /**
     * What came of it.
     *
     * @param wrong errors that the new files have, as {@code check} tells them
     * @param written whether the files are there now
     */
    public record Added(List<String> wrong, boolean written) {
        public Added {
            wrong = List.copyOf(wrong);
        }
    }

    /**
     * Tries new files, and writes them. Errors in them are told and do not keep them away, so that somebody can mend them there.
     *
     * @param files texts by path from the home folder
     * @param write false to try them only
     * @throws BlueprintException when one of them is there already, when what is there would break, or when somebody else changes the home now
     */
    public static Added add(Path home, Trial trial, SortedMap<String, String> files, boolean write)
            throws IOException, InterruptedException {
        if (!write) {
            free(home, files);
            return new Added(tried(home, trial, files), false);
        }
        return HomeLock.alone(home, () -> {
            HomeChanges changes = new HomeChanges(home);
            changes.finish();
            free(home, files);
            List<String> wrong = tried(home, trial, files);
            changes.make(changes(files));
            return new Added(wrong, true);
        });
    }

    private static SortedMap<String, Optional<String>> changes(SortedMap<String, String> files) {
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        files.forEach((path, text) -> changes.put(path, Optional.of(text)));
        return changes;
    }

    private static void free(Path home, SortedMap<String, String> files) {
        for (String path : files.keySet()) {
            if (Files.exists(home.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                throw new BlueprintException(
                        path + " is there already, and nothing is written over it; --as NAME gives another name");
            }
        }
    }

    private static List<String> tried(Path home, Trial trial, SortedMap<String, String> files)
            throws IOException, InterruptedException {
        Set<String> names = Set.copyOf(files.keySet());
        List<String> wrong =
                new Staging(home, trial).of(changes(files), names::contains).wrong();
        List<String> elsewhere = wrong.stream().filter(one -> !of(one, files)).toList();
        if (!elsewhere.isEmpty()) {
            throw new BlueprintException("what is there already would have errors with it; nothing was written:\n"
                    + String.join("\n", elsewhere));
        }
        return wrong;
    }

    private static boolean of(String wrong, Map<String, String> files) {
        String plain = wrong.startsWith("a test fails: ") ? wrong.substring(14) : wrong;
        return files.keySet().stream().anyMatch(path -> plain.startsWith(path + ":") || plain.startsWith(path + ","));
    }
}
