package io.patchbay.trigger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.StepException;
import java.util.Map;

/** Calls endpoints of instances. */
@FunctionalInterface
public interface Calls {

    /**
     * Calls once, and waits.
     *
     * @param id the same for every try of one request
     * @return the answer
     * @throws StepException whose message holds no secret
     */
    JsonNode call(String instance, String endpoint, Map<String, JsonNode> with, String id) throws StepException;
}
