package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Meter.Budget;
import io.patchbay.script.language.Meter.StoppedError;
import io.patchbay.script.language.Meter.Worker;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was stopped stays so, though the code of a library catches everything. */
class MeterTest {

    private static final MeteredLoader LOADER = new MeteredLoader(MeterTest.class.getClassLoader());

    /** What code of a library came to, in the time and memory that it has. */
    private static String of(String method, String what) throws Exception {
        Class<?> type = LOADER.loadClass("io.patchbay.script.language.engine.CatchingAll");
        Object library = type.getDeclaredConstructor().newInstance();
        assertThat(type.getClassLoader()).isSameAs(LOADER);
        assertThat(library).isInstanceOf(UnaryOperator.class);
        CompletableFuture<String> told = new CompletableFuture<>();
        long millis = what.equals("time") ? 300 : 20_000;
        Budget budget = new Budget(TimeUnit.MILLISECONDS.toNanos(millis), 64 << 20, Instant.EPOCH);
        new Worker(
                        () -> {
                            Worker worker = (Worker) Thread.currentThread();
                            worker.begin(budget);
                            try {
                                String said = String.valueOf(
                                        type.getMethod(method, String.class).invoke(library, what));
                                worker.refuseIfStopped();
                                told.complete(said);
                            } catch (StoppedError | ReflectiveOperationException e) {
                                told.complete("stopped: " + worker.stopped());
                            } finally {
                                worker.end();
                            }
                        },
                        "metered",
                        1 << 20)
                .start();
        return told.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"digits, TOO_LARGE", "time, TIMEOUT", "memory, MEMORY", "stack, DEPTH", "heap, MEMORY"})
    void whatPassedABoundDoesNotGoOnAfterItCaughtThat(String what, Kind kind) throws Exception {
        assertThat(of("apply", what)).isEqualTo("stopped: " + kind);
    }

    @ParameterizedTest
    @CsvSource({"digits, TOO_LARGE", "time, TIMEOUT", "memory, MEMORY", "stack, DEPTH", "heap, MEMORY"})
    void norHasItAResult(String what, Kind kind) throws Exception {
        assertThat(of("quietly", what)).isEqualTo("stopped: " + kind);
    }

    @Test
    void otherErrorsAreItsOwn() throws Exception {
        assertThat(of("apply", "nothing")).isEqualTo("did 0");
        assertThat(of("apply", "else")).isEqualTo("went on after IllegalArgumentException");
    }
}
