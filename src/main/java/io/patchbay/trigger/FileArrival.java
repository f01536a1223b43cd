package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Starts a run for every file that arrives in a folder of an SFTP or folder instance. The file's content is the payload.
 *
 * @param instance the connector instance
 * @param path the folder, relative to the instance's root
 * @param pattern which names are taken: {@code *} for any characters, {@code ?} for one
 * @param order which file is taken first
 * @param every time between two looks at the folder
 * @param stableFor how long size and time of a file must not change before it is taken
 * @param maxSize largest file that is taken
 * @param then what happens to the file
 */
@Doc("Starts a run for every file that arrives in a folder; the file's content is the payload.")
public record FileArrival(
        @Doc("The connector instance.") String instance,
        @Doc("The folder, relative to the instance's root.") FolderPath path,

        @Doc("Which names are taken: * for any characters, ? for one.") @Default("'*'")
        String pattern,

        @Doc("Which file is taken first.") @Default("name") Order order,

        @Doc("Time between two looks at the folder.") @Default("10s")
        Duration every,

        @Doc("How long size and time of a file must not change before it is taken.") @Default("30s")
        Duration stableFor,

        @Doc("Largest file that is taken.") @Default("10GB") DataSize maxSize,
        @Doc("What happens to the file.") Then then)
        implements Trigger {

    /** Which file is taken first. */
    public enum Order {
        /** By name, in the order of its characters. */
        NAME,
        /** By time of change, oldest first. */
        OLDEST,
        /** By time of change, newest first. */
        NEWEST
    }

    /**
     * What happens to a file.
     *
     * @param succeeded when its content is a durable start
     * @param failed when it cannot be taken: too large, or unreadable again and again; it stays where it is when null
     */
    public record Then(
            @Doc("When the content is a durable start.") Fate succeeded,

            @Doc("When the file cannot be taken: too large, or unreadable again and again.") @Nullable
            Fate failed) {
        public Then {
            if (failed != null && failed.move() == null) {
                throw new IllegalArgumentException("'failed' can only move a file, never delete it");
            }
        }
    }

    /**
     * Where a file goes.
     *
     * @param move a folder relative to {@code path}; or
     * @param delete true
     */
    public record Fate(
            @Doc("A folder relative to the watched one.") @Nullable
            FolderPath move,

            @Doc("Whether the file is deleted.") @Default("false")
            boolean delete) {
        public Fate {
            if ((move != null) == delete) {
                throw new IllegalArgumentException("a file goes somewhere ('move: archive') or away ('delete: true')");
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

    @Override
    public Optional<String> instanceName() {
        return Optional.of(instance);
    }
}
