package io.patchbay.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sets of keys that runs found in lists. A run fills a set of its own for each list; with its outcome the set is kept in the place of
 * those that it was compared with, or is dropped. Where runs overlap, a list may have several kept sets: all of them are known.
 */
public interface ListKeys {

    /**
     * What a run finds in a list.
     *
     * @param inputs what the list is asked with, for reading
     * @param fields what its keys are made of, for comparing
     */
    record Found(String run, PullCursor.Key list, String inputs, String fields) {

        /** Number of its set: the same in each life of the run. */
        public long set() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest((run + "\n" + list).getBytes(StandardCharsets.UTF_8));
                return ByteBuffer.wrap(hash).getLong();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has SHA-256", e);
            }
        }
    }

    /**
     * What is known of a list, beside what a run found.
     *
     * @param sets the kept sets
     * @param fields what their keys are made of; empty when there are none
     * @param keys how many they have
     * @param found how many the run has
     * @param bytes how long those are together
     * @param missing how many of the kept ones the run did not find
     * @param allowed whether an operator allows it, whatever is missing
     */
    record Known(
            List<Long> sets, List<String> fields, long keys, long found, long bytes, long missing, boolean allowed) {
        public Known {
            sets = List.copyOf(sets);
            fields = List.copyOf(fields);
        }
    }

    /** A set takes the place of those that it was compared with. */
    record Move(Found found, Known instead) {}

    /** Adds keys to the run's set, in the order in which they are handed in. @return completes when that is synced */
    CompletableFuture<Void> found(Found found, List<String> keys);

    /** Compares, once all that was found is written. @throws IllegalStateException when the store does not answer */
    Known known(Found found);

    /**
     * Keys of kept sets that the run did not find, in order.
     *
     * @param after the last one that was asked for before, or null
     * @throws IllegalStateException when the store does not answer
     */
    List<String> missing(Found found, List<Long> sets, @Nullable String after, int most);
}
