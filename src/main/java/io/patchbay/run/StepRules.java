package io.patchbay.run;

import io.patchbay.shape.Retries;
import io.patchbay.shape.Step.OnError;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step does around the work of its shape.
 *
 * @param shape the shape's id
 * @param retries how often it tries again
 * @param timeout longest time of one try, or null
 * @param onError what a failure for good does to the run
 * @param outside whether the work acts on the world outside, so that its result is a checkpoint
 * @param repeatable whether the payloads that it yields need not be kept: it makes the same ones again
 * @param properties exchange properties to set before each try
 */
public record StepRules(
        String shape,
        Retries retries,
        @Nullable Duration timeout,
        OnError onError,
        boolean outside,
        boolean repeatable,
        Map<String, Object> properties) {

    public StepRules {
        properties = Map.copyOf(properties);
    }
}
