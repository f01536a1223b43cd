package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.Catalog;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every file that arrives in a folder of an instance that holds files. The file's content is the payload; the
 * file stays where it is until its run has ended.
 *
 * @param instance the connector instance
 * @param path the folder, relative to the instance's
 * @param pattern which names are taken: {@code *} for any characters, {@code ?} for one, {@code {a,b}} for a choice
 * @param order which file is taken first
 * @param every time between two looks at the folder
 * @param stableFor how long size and time of a file must not change before it is taken
 * @param marker the file beside it that says that it is whole, or null; a file with a marker need not have settled
 * @param maxSize largest file that is taken
 * @param then what happens to the file when its run has ended; it stays, and is never taken twice, when null
 */
@Doc("Starts a run for every file that arrives in a folder; the file's content is the payload.")
public record FileArrival(
        @Doc("The connector instance: an SFTP or FTP server, a folder of this machine.")
        String instance,

        @Doc("The folder, relative to the instance's; '.' is that folder itself.")
        FolderPath path,

        @Doc("Which names are taken: * for any characters, ? for one, {a,b} for a choice.") @Default("'*'")
        String pattern,

        @Doc("Which file is taken first.") @Default("name") Order order,

        @Doc("Time between two looks at the folder, from 1s to 1d.") @Default("10s")
        Duration every,

        @Doc("How long size and time of a file must not change before it is taken, at most 1d.") @Default("30s")
        Duration stableFor,

        @Doc(
                "Name of the file beside it that says that it is whole, like '{name}.done' or '{stem}.DONE'; what has none is not taken,"
                        + " what has one at once.")
        @Nullable
        NameBeside marker,

        @Doc("Largest file that is taken.") @Default("4GB") DataSize maxSize,

        @Doc("What happens to the file when its run has ended; without it files stay, and are never taken twice.")
        @Nullable
        Then then)
        implements Arrival {

    /**
     * What happens to a file; where one is null the file stays.
     *
     * @param succeeded when the run that took it succeeded
     * @param failed when that run ended in any other way, or the file could not be taken: too large, unreadable again and again
     */
    public record Then(
            @Doc("When the run that took it succeeded.") @Nullable
            FileFate succeeded,

            @Doc("When that run ended in any other way, or the file cannot be taken.") @Nullable
            FileFate failed) {
        public Then {
            if (succeeded == null && failed == null) {
                throw new IllegalArgumentException("'then' says what happens to a file: 'succeeded', 'failed' or both");
            }
            if (failed != null && failed.delete()) {
                throw new IllegalArgumentException("'failed' can move or rename a file, never delete it");
            }
        }
    }

    /**
     * Where a file goes.
     *
     * @param move a folder relative to {@code path}; or
     * @param rename its name from then on, in the same folder; or
     * @param delete true
     */
    public record FileFate(
            @Doc("A folder relative to the watched one; made when it is missing.") @Nullable
            FolderPath move,

            @Doc("Its name from then on, like '{name}.done'; files of such names are not taken.") @Nullable
            NameBeside rename,

            @Doc("Whether the file is deleted.") @Default("false")
            boolean delete) {
        public FileFate {
            if ((move != null ? 1 : 0) + (rename != null ? 1 : 0) + (delete ? 1 : 0) != 1) {
                throw new IllegalArgumentException("a file goes somewhere ('move: archive'), gets another name"
                        + " ('rename: \"{name}.done\"') or goes away ('delete: true')");
            }
            if (move != null && move.text().equals(".")) {
                throw new IllegalArgumentException("'move' leads to another folder, not to the watched one");
            }
        }
    }

    public FileArrival {
        if (pattern.isEmpty() || pattern.length() > 200 || pattern.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'pattern' is for names in one folder and has no '/'");
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("'every' must be from 1s to 1d");
        }
        if (stableFor.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("'stableFor' must be at most 1d");
        }
    }

    @Override
    public String kind() {
        return "file";
    }

    /** Two flows that take the same files would share them by chance. */
    @Override
    public Optional<String> key() {
        return Optional.of("file " + instance + ":" + path.child(pattern));
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public boolean settles() {
        return then != null;
    }

    @Override
    public @Nullable Fate after(boolean success) {
        FileFate fate = then == null ? null : success ? then.succeeded() : then.failed();
        if (fate == null) {
            return null;
        }
        FolderPath to = fate.move() == null
                ? null
                : new FolderPath(path.child(fate.move().text()));
        return new Fate(to, fate.rename(), fate.delete(), false);
    }

    @Override
    public boolean beside(String name) {
        return (marker != null && marker.means(name))
                || (then != null && (named(then.succeeded(), name) || named(then.failed(), name)));
    }

    private static boolean named(@Nullable FileFate fate, String name) {
        return fate != null && fate.rename() != null && fate.rename().means(name);
    }

    @Override
    public Map<String, String> meta(String name, long size, Instant modified) {
        return Map.of(
                "file.name", name,
                "file.path", path.child(name),
                "file.size", String.valueOf(size),
                "file.modified", modified.toString());
    }

    @Override
    public void check(Placed at, Surroundings around, Problems problems) {
        Catalog catalog = around.services().get(Catalog.class) instanceof Catalog known ? known : Catalog.EMPTY;
        if (catalog.instance(instance) == null) {
            catalog.missing(instance, at.at("instance"), problems);
        } else if (!catalog.holdsFiles(instance)) {
            List<String> others = catalog.instanceNames().stream()
                    .filter(catalog::holdsFiles)
                    .sorted()
                    .toList();
            problems.error(
                    at.at("instance"),
                    "NO_FILES",
                    "instance '" + instance + "' holds no files, so none can arrive there",
                    others.isEmpty() ? null : "files are in " + others.stream().collect(Collectors.joining(", ")));
        }
    }
}
