package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.payload.Json;
import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Meter.Budget;
import io.patchbay.script.language.Meter.StoppedError;
import io.patchbay.script.language.Meter.Worker;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

    @Test
    void aClassThatBeginsWhenTheMemoryIsUsedUpCanBeUsedByOthers() throws Exception {
        of("quietly", "class");

        assertThat(of("quietly", "class")).isEqualTo("did " + (70 << 20));
    }

    @Test
    void theTimeBeginsWhenThereIsAPlace() {
        Budget budget = new Budget(TimeUnit.SECONDS.toNanos(3), 1, Instant.EPOCH);
        await().until(() -> budget.late() > 0);

        budget.begins();

        assertThat(budget.late()).isNegative();
    }

    @Test
    void onlyWhatIsComparedAsAWholeIsMeasured() throws Exception {
        JsonNode large = Json.NODES.arrayNode().add("x".repeat(10_000));
        JsonNode same = large.deepCopy();
        CompletableFuture<List<Boolean>> stopped = new CompletableFuture<>();
        Budget budget = new Budget(TimeUnit.SECONDS.toNanos(20), 5_000, Instant.EPOCH);
        new Worker(
                        () -> stopped.complete(Stream.of(NullNode.getInstance(), Json.NODES.arrayNode(), "x", same)
                                .map(other -> stops(budget, large, other))
                                .toList()),
                        "metered",
                        1 << 20)
                .start();

        assertThat(stopped.get(30, TimeUnit.SECONDS)).containsExactly(false, false, false, true);
    }

    private static boolean stops(Budget budget, Object value, Object other) {
        Worker worker = (Worker) Thread.currentThread();
        worker.begin(budget);
        try {
            Calls.compared(value, other);
            return false;
        } catch (StoppedError e) {
            return true;
        } finally {
            worker.end();
        }
    }
}
