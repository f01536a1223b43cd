package io.patchbay.route;

import io.patchbay.flow.Flow;
import io.patchbay.flow.Picture;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.run.ReplayJob;
import io.patchbay.shape.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The running flows, as the faces of the runtime (API, command line, health, metrics) see and steer them. */
public interface Flows {

    /** All flows that are deployed or have a file that cannot be, by id. */
    List<View> list();

    /** One flow. */
    Optional<View> flow(String id);

    /** When the schedules of a flow start it next; empty where none does, or it is not active, or paused. */
    Optional<Instant> next(String flow, Instant after);

    /** What is wrong with files now, warnings among it; a file with errors leaves its last good version running. */
    List<Problem> problems();

    /** What files declare of caches and pools now. */
    Stores stores();

    /** How many generations of files were taken since the program began. */
    long generation();

    /** The layout of a deployed flow and the compiled routes as Camel YAML. */
    Optional<String> explain(String id);

    /**
     * A flow as it is drawn, or what speaks against the kept text of a revision since what it names has changed; empty when there is no
     * such flow, none that was ever right, or no such revision.
     *
     * @param revision one that {@link #revision} finds; null for the one that new runs run under
     */
    Optional<Validated<Picture>> picture(String id, @Nullable String revision);

    /**
     * Starts a flow by hand: the start is durable when the future completes with the run's id. Fails with the queue's
     * exceptions, or with {@link IllegalArgumentException} when there is no such flow.
     *
     * @param trigger {@code api} or {@code manual}
     * @param meta metadata of the payload; {@code var.NAME} sets the flow's variable NAME for this run
     * @param revision the revision that it runs under, one that {@link #revision} finds; null for the one that is active when it begins
     */
    CompletableFuture<String> start(
            String flow, String trigger, Body body, Map<String, String> meta, @Nullable String revision);

    /** The same under the revision that is active when the run begins. */
    default CompletableFuture<String> start(String flow, String trigger, Body body, Map<String, String> meta) {
        return start(flow, trigger, body, meta, null);
    }

    /** The revisions of a flow that are kept, newest first, so many at most. */
    List<RevisionTexts.Kept> revisions(String flow, int most);

    /** A kept revision as it could run now. */
    Optional<AsKept> revision(String flow, String revision);

    /**
     * A kept revision.
     *
     * @param variables names of its variables, which a start may set
     * @param problems why no run can begin under it now, because what it names has changed; empty when one can
     */
    record AsKept(Set<String> variables, List<Problem> problems) {
        public AsKept {
            variables = Set.copyOf(variables);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Replays a failed payload: a new start, under its own revision or today's. Completes with the new run's id; fails with
     * {@link IllegalArgumentException}, and a sentence, when it cannot be done as it is asked for.
     */
    CompletableFuture<String> replay(String failedPayloadId, Replay how);

    /**
     * How a failed payload is replayed.
     *
     * @param edited other content; null for what is kept
     * @param today under the flow as it is now
     * @param from the shape at which it enters, {@link #START} for the beginning of the flow, null for the shape in which it failed
     * @param job the job that asks: it starts one run for one entry, however often it asks; null for a new run each time
     */
    record Replay(
            @Nullable Body edited,
            boolean today,
            @Nullable String from,
            @Nullable ReplayJob job) {

        /** A new run each time. */
        public Replay(@Nullable Body edited, boolean today, @Nullable String from) {
            this(edited, today, from, null);
        }

        /** The beginning of the flow. */
        public static final String START = "start";

        /** As it was: at its shape, under its revision, with what is kept. */
        public static final Replay AS_IT_WAS = new Replay(null, false, null);
    }

    /** An operator's pause, kept apart from the file and over restarts: triggers of a disabled flow do not fire. */
    void enable(String flow, boolean enabled);

    /** The definitions by which deployed flows call an instance, by hash, with the flows. */
    Map<String, Set<String>> callersOf(String instance);

    /**
     * Tells a run to stop: one that goes on, in this process or another one, ends between two payloads; one that waits to be taken
     * up ends at once. Completes with false when it has ended, or cannot be reached.
     */
    CompletableFuture<Boolean> stop(String runId);

    /**
     * A flow as it is seen.
     *
     * @param id the flow's id
     * @param name what people call it
     * @param file where it is written
     * @param labels words to find it by
     * @param status what its file says
     * @param enabled false while an operator paused it
     * @param revision what new runs run under; null when no version of the file was ever right
     * @param variables names of its variables, which a start may set
     * @param shapes ids of its shapes in flow order, with their kinds
     * @param triggers its triggers, for people
     * @param running runs that are going on
     * @param queued starts that wait
     * @param problems what is wrong with its file now
     */
    record View(
            String id,
            String name,
            String file,
            List<String> labels,
            Flow.Status status,
            boolean enabled,
            @Nullable String revision,
            Set<String> variables,
            Map<String, String> shapes,
            List<String> triggers,
            long running,
            long queued,
            List<Problem> problems) {
        public View {
            labels = List.copyOf(labels);
            variables = Set.copyOf(variables);
            triggers = List.copyOf(triggers);
            problems = List.copyOf(problems);
        }
    }
}
