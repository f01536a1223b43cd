package io.patchbay.runtime;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How runs share this process.
 *
 * @param parallel most queued runs that go on at one time, 1 to 1000
 * @param waiting most queued runs beside them that wait 3 s or longer before another try, 0 to 10000. They hold no thread, but
 *     their payloads; a run that finds so many waiting keeps its place among those that go on
 * @param calls most runs that shapes {@code runFlow} with {@code wait: true} wait for at one time, 1 to 10000; a payload beyond that is
 *     tried again and then fails. A run that waits so holds no thread and no place, but its payloads
 * @param callers most callback runs that go on at one time, 1 to 10000; more are refused with 503
 * @param bucketMemory most bytes of one bucket in memory before it goes to disk, at least 64KB; when null 8MB, and of a heap under
 *     512 MB a 64th
 * @param environmentPrefix flows may read environment variables whose names begin so, as {@code ${os.NAME}}
 * @param stopWait how long the program waits for runs and callers when it is told to stop. Then calls that hang are cut off,
 *     callers get 503, and the runs go on from their checkpoints at the next start of the program. The whole stop takes a few
 *     seconds more than this
 */
@ConfigurationProperties("patchbay.runs")
public record RunsProperties(
        @DefaultValue("32") int parallel,
        @DefaultValue("64") int waiting,
        @DefaultValue("256") int calls,
        @DefaultValue("256") int callers,
        @Nullable DataSize bucketMemory,
        @DefaultValue("FLOW_") String environmentPrefix,
        @DefaultValue("20s") Duration stopWait) {

    public RunsProperties {
        within("patchbay.runs.parallel", parallel, 1, 1000);
        within("patchbay.runs.waiting", waiting, 0, 10_000);
        within("patchbay.runs.calls", calls, 1, 10_000);
        within("patchbay.runs.callers", callers, 1, 10_000);
        if (bucketMemory == null) {
            bucketMemory = DataSize.ofBytes(
                    Math.min(8L << 20, Math.max(64L << 10, Runtime.getRuntime().maxMemory() / 64)));
        }
        if (bucketMemory.toKilobytes() < 64) {
            throw new IllegalArgumentException(
                    "patchbay.runs.bucket-memory must be at least 64KB, got " + bucketMemory);
        }
        if (environmentPrefix.isEmpty()) {
            throw new IllegalArgumentException("patchbay.runs.environment-prefix must not be empty");
        }
        if (stopWait.isNegative()) {
            throw new IllegalArgumentException("patchbay.runs.stop-wait must not be negative, got " + stopWait);
        }
    }

    /** Most bytes of one bucket in memory. */
    long bucketBytes() {
        return Objects.requireNonNull(bucketMemory).toBytes();
    }

    /** A variable of the environment, if flows may read it. */
    @Nullable
    String environment(String name) {
        return name.startsWith(environmentPrefix) ? System.getenv(name) : null;
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }
}
