package io.patchbay.run;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.expression.Proofs;
import io.patchbay.payload.Rest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What runs use.
 *
 * @param clock the time
 * @param checkpoints the promise
 * @param history the story
 * @param timer schedules retries and timeouts
 * @param workers carry runs and what goes on after a wait; what they refuse now they get a little later
 * @param spillFolder where buckets go when memory is full
 * @param bucketMemory most bytes of one bucket in memory
 * @param redactor takes secrets out of text
 * @param environment values of {@code ${os.…}}; null for a name that flows may not read
 * @param proofs digests with secrets as keys
 */
public record RunServices(
        Clock clock,
        Checkpoints checkpoints,
        RunHistory history,
        ScheduledExecutorService timer,
        Executor workers,
        Path spillFolder,
        long bucketMemory,
        UnaryOperator<String> redactor,
        Function<String, @Nullable String> environment,
        Proofs proofs) {

    public RunServices {
        workers = new PatientWorkers(workers, timer);
    }

    String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }

    /** Does something after a pause, on a thread that may work. */
    Future<?> later(Duration pause, Runnable work) {
        return timer.schedule(() -> workers.execute(work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something when a wait that the flow wants is over, on a thread that may work. */
    Future<?> rest(Duration pause, Runnable work) {
        return timer.schedule(new Rest(() -> workers.execute(work)), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something when a write is synced or failed, on a thread that may work. */
    @SuppressWarnings("FutureReturnValueIgnored") // the failure is what the continuation gets
    void then(CompletableFuture<Void> write, Consumer<@Nullable Throwable> goOn) {
        write.whenComplete((done, broken) -> workers.execute(() -> goOn.accept(broken)));
    }

    String redact(String text) {
        return redactor.apply(text);
    }
}
