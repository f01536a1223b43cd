package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of verbs that start a run, and what they do then: wait for its end and tell it. */
final class Waiting {

    private static final Set<String> ENDED = Set.of("succeeded", "partial", "failed", "stopped");
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 1_000;

    @Option(names = "--no-wait", description = "Do not wait for the end of the run.")
    private boolean started;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = Time.class,
            description = "Longest wait for the end of the run, like 30s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration atMost = Duration.ofHours(1);

    /** Durations as they are written in flow files. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The longest wait. */
    Duration atMost() {
        return atMost;
    }

    /** @throws Refused when the end is not to be waited for, and the verb answers when it is over */
    void refuseNoWait(String with) {
        if (started) {
            throw new Refused(
                    Refused.WRONG_USE, "--no-wait does not go with " + with + ", which answers when it is over.");
        }
    }

    /** Waits for a run and prints it. @return the exit code */
    int tell(String run, RuntimeClient runtime, RuntimeVerb verb) {
        if (started) {
            verb.print(Json.object().put("run", run), out -> out.println("run " + run));
            return 0;
        }
        JsonNode ended = ended(run, runtime.patient(verb.err()), verb.terminal());
        verb.print(ended, out -> RunText.print(ended, runtime, out));
        return ended.path("status").asText().equals("succeeded") ? 0 : Refused.FAILED;
    }

    private JsonNode ended(String run, RuntimeClient runtime, Terminal terminal) {
        Instant end = terminal.clock().instant().plus(atMost);
        long pause = FIRST_PAUSE;
        while (true) {
            // A start that still waits in the queue has no record yet.
            Optional<JsonNode> record = runtime.find("/api/v1/runs/" + run);
            if (record.isPresent() && ENDED.contains(record.get().path("status").asText())) {
                return record.get();
            }
            if (terminal.clock().instant().isAfter(end)) {
                String status = record.map(one -> one.path("status").asText()).orElse("queued");
                throw new Refused(
                        Refused.FAILED,
                        "Run " + run + " is still " + status + " after " + Durations.format(atMost) + "; it goes on.");
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused(Refused.FAILED, "Interrupted; run " + run + " goes on.");
            }
            pause = Math.min(LONGEST_PAUSE, pause * 3 / 2);
        }
    }
}
