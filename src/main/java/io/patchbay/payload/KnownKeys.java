package io.patchbay.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that one pull finds in a list, beside those that are known from earlier ones. Used by one thread at a time. */
public interface KnownKeys {

    /** Which list, as an operator names it: flow, instance, endpoint and, where it has inputs, their digest. */
    String list();

    /** Keys that were found; written before anything that happens outside from now on. */
    void found(List<String> keys);

    /**
     * What is missing, now that the list was read to its end.
     *
     * @throws StepException when the store does not answer, or has keys that are made of other fields
     */
    Missing compared() throws StepException;

    /**
     * Keys that are missing, in order.
     *
     * @param after the last one that was asked for before, or null
     * @throws StepException when the store does not answer
     */
    List<String> missing(@Nullable String after, int most) throws StepException;

    /** All that is missing was told: what was found becomes what is known, when the run ends well. */
    void told();

    /**
     * How much is missing.
     *
     * @param known keys that were known
     * @param found keys that the list has now
     * @param missing keys that were known and were not found
     * @param allowed whether an operator allows it, whatever is missing
     */
    record Missing(long known, long found, long missing, boolean allowed) {}
}
