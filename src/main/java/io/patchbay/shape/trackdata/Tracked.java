package io.patchbay.shape.trackdata;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What was tracked: written by shapes, searched by people. */
public interface Tracked {

    /**
     * Writes sightings; one that is there already is written over.
     *
     * @return completes when they are synced, fails when they could not be written
     */
    CompletableFuture<Void> saw(List<Sighting> sightings);

    /** Finds sightings, newest first. @throws IllegalStateException when the store does not answer */
    Slice find(Query query);

    /**
     * What to look for; null does not matter.
     *
     * @param value the whole value
     * @param prefix what the value begins with
     * @param after where the part before ended
     */
    record Query(
            @Nullable String entity,
            @Nullable String value,
            @Nullable String prefix,
            @Nullable String flow,
            @Nullable Direction direction,
            @Nullable Boolean success,
            @Nullable String after,
            int limit) {}

    /**
     * A sighting, and what is known of what came behind it.
     *
     * @param runStatus the outcome of its run, or how it goes on, as a word; null when that is not kept
     * @param failed where the same value failed in the same run, last of all; null when it is not known to have failed
     */
    record Found(
            Sighting sighting,
            @Nullable String runStatus,
            @Nullable Failed failed) {}

    /**
     * That something failed.
     *
     * @param shape where
     * @param state what became of it since, as a word
     */
    record Failed(String shape, String state) {}

    /** A part of what was found, and where it goes on; null at the end. */
    record Slice(List<Found> data, @Nullable String next) {
        public Slice {
            data = List.copyOf(data);
        }
    }
}
