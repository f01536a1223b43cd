package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import io.patchbay.format.Alone;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.queue.Once;
import io.patchbay.route.Flows.Replay;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.RunHistory;
import io.patchbay.shape.CallsEndpoint;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.trigger.StartIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a replayed payload enters its flow, and as what: at its shape, or one behind it, as it was kept; before that, as it was
 * captured there.
 *
 * @param shape null for the beginning
 */
record ReplayEntry(Payload payload, @Nullable String shape) {

    private static final String MASKED = "***";

    /** How long two who ask for the same replay may be apart while the first one's is not marked yet: over a crash in between, too. */
    private static final Duration AT_ONE_TIME = Duration.ofHours(1);

    /**
     * Finds it.
     *
     * @param shapes ids of the flow's shapes in flow order
     * @throws IllegalArgumentException with a sentence when there is no such place, or nothing to enter it with
     */
    static ReplayEntry of(FailedPayload failed, Replay how, List<String> shapes, RunHistory history) {
        Payload kept = failed.payload();
        String from = how.from() == null ? failed.shape() : how.from();
        boolean start = from.equals(Replay.START);
        int at = start ? 0 : shapes.indexOf(from);
        // Under its own revision the shape in which it failed is there, whatever became of it since.
        if (at < 0 && !start && (how.today() || !from.equals(failed.shape()))) {
            throw new IllegalArgumentException("flow '" + failed.flow() + "' has no shape '" + from + "'; there are: "
                    + String.join(", ", shapes) + ", and 'start' for the beginning");
        }
        String entry = start ? null : from;
        if (how.edited() != null) {
            return new ReplayEntry(with(kept, how.edited()), entry);
        }
        boolean before = at >= 0 && at < shapes.indexOf(failed.shape());
        return new ReplayEntry(
                before ? captured(failed, start ? shapes.get(0) : from, history) : kept, start ? null : from);
    }

    /**
     * Looks whether the shape reads other content at all: what went aside in it it does, and else not when it reads a system by itself.
     *
     * @throws IllegalArgumentException with a sentence when the other content would be passed over
     */
    void refuseUnread(Replay how, Flow flow, Surroundings around) {
        Step step = flow.allSteps()
                .filter(one -> shape == null || one.id().equals(shape))
                .findFirst()
                .orElse(null);
        if (how.edited() != null
                && step != null
                && Alone.said(payload, step.id()) == null
                && step.settings() instanceof CallsEndpoint calls
                && calls.ignoresContent(around)) {
            throw new IllegalArgumentException("'" + step.id() + "' reads from "
                    + calls.use().instance() + "/" + calls.use().endpoint()
                    + " and not what it is given, so edited content would be passed over: mend what it reads and replay without"
                    + " edited content, or enter behind it, from the next shape");
        }
    }

    /**
     * The id of the run to be. One job starts one run for what one captured payload is, though several failed payloads were made
     * from it, and does not start it again after a crash; null for a new id.
     */
    @Nullable
    String startId(FailedPayload failed, @Nullable ReplayJob job) {
        return job == null
                ? null
                : StartIds.of(
                        job.begunAt(),
                        "replay",
                        job.id(),
                        failed.runId(),
                        String.valueOf(shape),
                        payload.lineage().text());
    }

    /**
     * For what is replayed as it is kept where it failed, and waits for it: two who ask for that at one time, by hand or by jobs, get
     * one run. Null when it is asked for again, edited or from elsewhere: then each gets a run.
     */
    @Nullable
    Once once(FailedPayload failed, Replay how) {
        boolean waits = failed.state() == FailedPayload.State.OPEN || failed.state() == FailedPayload.State.HELD;
        return waits && how.edited() == null && failed.shape().equals(shape)
                ? new Once("replay:" + failed.id(), AT_ONE_TIME)
                : null;
    }

    private static Payload with(Payload kept, Body body) {
        return new Payload(kept.lineage(), body, RecordPath.ROOT, kept.meta());
    }

    /** What the payload was made from, as it reached an earlier shape. */
    private static Payload captured(FailedPayload failed, String shape, RunHistory history) {
        String lineage = failed.payload().lineage().text();
        CapturedPayload found = history.payloads(failed.runId(), shape, true).stream()
                .filter(one -> one.direction() == CapturedPayload.Direction.IN)
                .filter(one -> lineage.equals(one.lineage()) || lineage.startsWith(one.lineage() + "/"))
                .max(Comparator.comparingInt(one -> one.lineage().length()))
                .orElseThrow(() -> new IllegalArgumentException("what reached '" + shape
                        + "' was not captured in that run, or is not kept any more: replay it from '" + failed.shape()
                        + "', or send edited content"));
        String text = new String(found.bytes(), StandardCharsets.UTF_8);
        refuseOthers(failed, found, shape);
        if (found.bytes().length < found.size() || text.contains(MASKED)) {
            throw new IllegalArgumentException("what reached '" + shape + "' was captured "
                    + (text.contains(MASKED) ? "with values masked" : "in part")
                    + ", so it cannot be sent again: replay it from '"
                    + failed.shape() + "', or send edited content");
        }
        return payload(failed, found);
    }

    private static Payload payload(FailedPayload failed, CapturedPayload found) {
        return new Payload(
                new Lineage(found.lineage()),
                new Body.Bytes(found.bytes(), found.contentType()),
                RecordPath.ROOT,
                failed.payload().meta());
    }

    /** A record that failed alone left its page: the page would take the others along, which went on. */
    private static void refuseOthers(FailedPayload failed, CapturedPayload found, String shape) {
        if (failed.payload().lineage().alone(found.lineage())) {
            throw new IllegalArgumentException("what reached '" + shape
                    + "' was a page of which this record alone failed; the others went on and would be sent again: replay it from '"
                    + failed.shape() + "', or send edited content");
        }
    }
}
