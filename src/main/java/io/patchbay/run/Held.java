package io.patchbay.run;

import io.patchbay.payload.Body;
import io.patchbay.payload.Bucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What a run holds and gives back at its end at the latest. Safe for use by several threads. */
final class Held {

    private final Path spillFolder;
    private final long memory;
    private final Set<AutoCloseable> resources = ConcurrentHashMap.newKeySet();

    /**
     * Holds nothing yet.
     *
     * @param spillFolder where files lie that are made for runs
     * @param memory most bytes of one bucket in memory
     */
    Held(Path spillFolder, long memory) {
        this.spillFolder = spillFolder;
        this.memory = memory;
    }

    /** Something that must be closed when the run ends, unless it is {@link #release released} before. */
    void hold(AutoCloseable resource) {
        resources.add(resource);
    }

    /** Something was closed before the run ended: a run that goes on for long keeps nothing of it. */
    void release(AutoCloseable resource) {
        resources.remove(resource);
    }

    /** A bucket that is freed when the run ends, or before. */
    Bucket bucket() {
        Bucket bucket = new Bucket(spillFolder, memory);
        hold(bucket);
        return bucket;
    }

    /** Takes over a body's file, if it is one that was made for this run: it is deleted when the run ends. */
    void own(Body body) {
        if (body instanceof Body.Stored stored
                && spillFolder.equals(stored.file().getParent())) {
            hold(() -> Files.deleteIfExists(stored.file()));
        }
    }

    /** Frees it all; tells of what could not be freed. */
    void free(Consumer<String> problem) {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                problem.accept("a resource of the run could not be freed: " + e.getMessage());
            }
        }
        resources.clear();
    }
}
