package io.patchbay.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Starts a run for each thing that arrives in a place and stays there until its run has ended: files, mails. */
public sealed interface Arrival extends Trigger permits FileArrival, MailArrival {

    /** Which is taken first. */
    enum Order {
        /** By name, in the order of its characters. */
        NAME,
        /** By time of change, oldest first. */
        OLDEST,
        /** By time of change, newest first. */
        NEWEST
    }

    /**
     * What happens to a thing when its run has ended.
     *
     * @param move the folder that it goes to, from the same root as {@link #path()}; or
     * @param rename its name from then on, in the same folder; or
     * @param delete whether it goes away; or
     * @param seen whether it stays and is marked as seen
     */
    record Fate(@Nullable FolderPath move, @Nullable NameBeside rename, boolean delete, boolean seen) {}

    /** The connector instance. */
    String instance();

    /** The folder. */
    FolderPath path();

    /** Which names are taken. */
    String pattern();

    /** Whether a name is that of a marker, or one that a thing gets when its run has ended: it is never taken. */
    default boolean beside(String name) {
        return false;
    }

    /** What says that a thing is whole; null when nothing does. */
    default @Nullable NameBeside marker() {
        return null;
    }

    /** Which is taken first. */
    Order order();

    /** Time between two looks at the folder. */
    Duration every();

    /** How long a thing must not have changed before it is taken. */
    Duration stableFor();

    /** Largest one that is taken. */
    DataSize maxSize();

    /** Whether a listing tells the very number of bytes that come when the thing is read. */
    boolean exact();

    /** Whether any goes when its run has ended. */
    boolean settles();

    /** What happens after a run that succeeded, or did not; null when the thing stays as it is. */
    @Nullable
    Fate after(boolean success);

    /** The start's metadata. */
    Map<String, String> meta(String name, long size, Instant modified);
}
