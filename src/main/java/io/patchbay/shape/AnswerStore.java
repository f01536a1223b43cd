package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps lists of records in a declared cache. A service of the runtime. */
public interface AnswerStore {

    /** Longest key in characters. */
    int LONGEST_KEY = 400;

    /** What stands under these keys and is not too old; nothing for the others. @throws StepException when the store does not answer */
    Map<String, List<JsonNode>> find(String cache, CacheRules rules, Collection<String> keys, Attempt attempt)
            throws StepException;

    /**
     * Keeps lists, all or none, in place of what stood there.
     *
     * @param time how long; the cache's own time where it is shorter
     * @throws StepException when a bound of the cache is passed, or the store does not answer
     */
    void keep(String cache, CacheRules rules, Map<String, List<JsonNode>> lists, Duration time, Attempt attempt)
            throws StepException;
}
