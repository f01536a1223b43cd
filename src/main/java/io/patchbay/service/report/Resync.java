package io.patchbay.service.report;

import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends items again whose failure lets that be hoped for: each failed payload once, with all items that failed in it. */
public final class Resync {

    private final ServiceReport report;
    private final Starter starter;

    /** @param starter starts failed payloads again */
    public Resync(ServiceReport report, Starter starter) {
        this.report = report;
        this.starter = starter;
    }

    /** Starts failed payloads again. */
    public interface Starter {
        /** Completes with the id of the new run, when that is on disk. */
        CompletableFuture<String> start(String failedPayload);
    }

    /**
     * An item that was asked for.
     *
     * @param run the new run, or null
     * @param refused why there is none, or null
     * @param cause what made that so, or null where the item itself does
     */
    public record Outcome(
            Item item,
            @Nullable String run,
            @Nullable String refused,
            @Nullable Throwable cause) {}

    /**
     * What was done.
     *
     * @param outcomes of the items, in the order of the report
     * @param next where the items go on, or null at their end
     */
    public record Done(List<Outcome> outcomes, @Nullable String next) {
        public Done {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Sends items again, so many at most. */
    public Done again(Reported of, ReportQuery which, @Nullable String after, int most) {
        ServiceReport.Slice part = report.read(of, which, after, most);
        Map<String, Outcome> byPayload = new HashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Item item : part.data()) {
            String payload = item.failedPayload();
            if (payload == null || !item.resync()) {
                outcomes.add(new Outcome(item, null, refusal(item), null));
                continue;
            }
            Outcome one = byPayload.computeIfAbsent(payload, id -> start(item, id));
            outcomes.add(new Outcome(item, one.run(), one.refused(), one.cause()));
        }
        return new Done(outcomes, part.next());
    }

    private Outcome start(Item item, String payload) {
        try {
            return new Outcome(item, starter.start(payload).join(), null, null);
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            return new Outcome(item, null, String.valueOf(cause.getMessage()), cause);
        }
    }

    private static String refusal(Item item) {
        return switch (item.status()) {
            case OK, SENT -> "it was sent already";
            case PENDING -> "it is sent again already, in run " + item.run();
            case FAILED ->
                StepException.UNKNOWN_OUTCOME.equals(item.code())
                        ? "it may have arrived: look there, and replay the failed payload " + item.failedPayload()
                                + " if it is missing"
                        : "no further try can mend " + item.code() + " ('finalFailures')";
        };
    }
}
