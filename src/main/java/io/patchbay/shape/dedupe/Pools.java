package io.patchbay.shape.dedupe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Data pools: keys that were seen. A key is remembered, or claimed by a run that is about to do what it will be remembered for. All
 * answers are atomic among threads, flows and replicas. What reads throws {@link IllegalStateException} when the store does not answer.
 */
public interface Pools {

    /** Longest key, in characters. */
    int LONGEST_KEY = 500;

    /** Longest name of a pool and of an entity. */
    int LONGEST_NAME = 100;

    /**
     * Who asks, and about what.
     *
     * @param pool the pool's name
     * @param entity what kind of thing its keys name; empty for none
     * @param keep how long a key is remembered after it was last seen
     * @param run id of the run
     * @param life which life of the run it is: what an earlier life claimed is the run's own
     * @param replays the run that this one replays, or null
     */
    record Asking(
            String pool,
            String entity,
            Duration keep,
            String run,
            String life,
            @Nullable String replays) {}

    /**
     * A key that a record has.
     *
     * @param mark tells the record from others of the run; the same when it comes again
     */
    record Key(String text, String mark) {}

    /** What the pool says of a key. */
    enum Answer {
        /** The record goes on. */
        NEW,
        /** The key is remembered. */
        KNOWN,
        /** Another record of this run has it. */
        REPEATED,
        /** Another run that has not ended has claimed it. */
        CLAIMED
    }

    /** Whether keys are remembered; changes nothing but when they were last seen. In the order of the keys. */
    List<Answer> look(Asking asking, List<Key> keys);

    /** What {@link #claim} would answer, without claiming and without any other change. In the order of the keys. */
    List<Answer> peek(Asking asking, List<Key> keys);

    /** Claims keys that are neither remembered nor claimed. In the order of the keys. */
    List<Answer> claim(Asking asking, List<Key> keys);

    /** Remembers keys that are neither remembered nor claimed. In the order of the keys. */
    List<Answer> learn(Asking asking, List<Key> keys);

    /** Remembers keys, whatever they were. @return completes when that is synced */
    CompletableFuture<Void> track(Asking asking, List<Key> keys);

    /**
     * Remembers keys of which the run has a claim; in a run that is a replay all of them.
     *
     * @return completes when that is synced, with how many the run had not claimed
     */
    CompletableFuture<Integer> remember(Asking asking, List<String> keys);

    /** Keys that the run claimed with these marks, by mark. */
    Map<String, String> claimed(Asking asking, List<String> marks);
}
