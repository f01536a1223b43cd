package io.patchbay.route;

import io.patchbay.shape.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a layout; what it becomes in Camel is in brackets. */
sealed interface Laid {

    /** A shape at work (process or to). */
    record Work(Piece piece) implements Laid {}

    /**
     * A bucket is opened to collect payloads (process).
     *
     * @param tally whether it only counts them, because nobody behind needs them
     * @param early what is made of them while they come, by the shape that gets the bucket; else null
     */
    record Open(String bucket, boolean tally, Plan.@Nullable Early early) implements Laid {
        Open(String bucket, boolean tally) {
            this(bucket, tally, null);
        }
    }

    /** The bucket of what reaches the end of a run whose caller waits is opened (process). */
    record Give(String bucket) implements Laid {}

    /**
     * The payload, or all of the bucket in its place, is put into a bucket (process).
     *
     * @param bucket where to
     * @param fan the fan-out whose path ends here, when the lineage of its payloads is to tell the path; else null
     * @param path which path; -1 at a barrier
     * @param tally whether the bucket only counts
     */
    record Collect(String bucket, @Nullable String fan, int path, boolean tally) implements Laid {}

    /** A barrier: the bucket, now full, is what goes on (setBody). */
    record Take(String bucket, String why) implements Laid {}

    /** A streaming splitter around what follows (split). */
    record Each(String id, String why, List<Laid> body) implements Laid {}

    /**
     * A shape that some payloads of the stream pass at one time, and all of the stream that is behind it (pipeline).
     *
     * @param body the shape, its {@link Gate}, and what follows
     */
    record Beside(Piece piece, List<Laid> body) implements Laid {}

    /** Behind such a shape payloads pass one by one again (process). */
    record Gate(Piece piece) implements Laid {}

    /**
     * The payload goes round (loop).
     *
     * @param body a round, and the test whether there is another one
     */
    record Round(Piece piece, List<Laid> body) implements Laid {}

    /** The test at the end of a round (process). */
    record Again(Piece piece) implements Laid {}

    /**
     * The payload goes through a path when what that would make of it is not known (filter).
     *
     * @param body the path
     */
    record Unknown(Piece piece, List<Laid> body) implements Laid {}

    /** Selected payloads are put into a bucket per path (process). */
    record Distribute(Piece piece, List<String> buckets) implements Laid {}

    /**
     * What came out of the paths of a fan over a whole bucket is put into one bucket, in the order of the payloads that it was
     * made from (process).
     */
    record Merge(String bucket, List<String> parts) implements Laid {
        public Merge {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Paths (multicast).
     *
     * @param beside whether beside each other, and not one after the other
     */
    record Paths(String id, String why, boolean beside, List<OnePath> paths) implements Laid {}

    /**
     * One path (filter or pipeline).
     *
     * @param id shape id, a dot and the path's name
     * @param selected the place of the selected payload among the paths; -1 where the body goes down every path
     * @param body what is in it
     */
    record OnePath(String id, int selected, List<Laid> body) {}

    /** From here on failures belong to a try or a path (process). */
    record Enter(Piece piece, boolean collects, boolean wholeRun) implements Laid {}

    /** What failed in a try is what goes on; nothing does when nothing failed (process). */
    record Caught(Piece piece, boolean wholeRun) implements Laid {}
}
