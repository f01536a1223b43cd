package io.patchbay.run;

import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What runs use.
 *
 * @param clock the time
 * @param checkpoints the promise
 * @param history the story
 * @param timer schedules retries and timeouts; its threads also carry what goes on after a wait
 * @param spillFolder where buckets go when memory is full
 * @param bucketMemory most bytes of one bucket in memory
 * @param redactor takes secrets out of text
 * @param environment values of {@code ${os.…}}; null for a name that flows may not read
 */
public record RunServices(
        Clock clock,
        Checkpoints checkpoints,
        RunHistory history,
        ScheduledExecutorService timer,
        Path spillFolder,
        long bucketMemory,
        UnaryOperator<String> redactor,
        Function<String, @Nullable String> environment) {

    String newId() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    String redact(String text) {
        return redactor.apply(text);
    }
}
