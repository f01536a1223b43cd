package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.route.Versions;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.StoreBusyException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The runs: their story, stopping them, and replaying what failed in them. */
@RestController
@RequestMapping(path = "/api/v1/runs", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Runs: what happened, step by step")
final class RunsResource {

    private static final int MOST_LISTED = 500;

    private final RunHistory history;
    private final Flows flows;
    private final Versions versions;
    private final ApiProperties settings;
    private final LogStreams streams;

    RunsResource(RunHistory history, Flows flows, Versions versions, ApiProperties settings, LogStreams streams) {
        this.versions = versions;
        this.streams = streams;
        this.history = history;
        this.flows = flows;
        this.settings = settings;
    }

    @GetMapping
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("Runs, newest first")
    @Answers
    Page<RunView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false)
                    @Doc("Only these: queued, running, succeeded, partial, failed or stopped")
                    @Nullable
                    String status,
            @RequestParam(required = false)
                    @Doc("Only those that this started, like schedule, webhook or manual")
                    @Nullable
                    String trigger,
            @RequestParam(required = false) @Doc("Came into being at this instant or later") @Nullable Instant since,
            @RequestParam(required = false) @Doc("Came into being before this instant") @Nullable Instant until,
            @RequestParam(required = false)
                    @Doc("Text that the reason of a failure holds; with three letters or digits in a row")
                    @Nullable
                    String error,
            @RequestParam(required = false)
                    @Doc("Only those that saw a record of this value in trackData, or failed at it")
                    @Nullable
                    String businessKey,
            @RequestParam(required = false)
                    @Doc(
                            "Text with which the run's id begins, or that is the trigger, or that the reason holds; reasons"
                                    + " are looked at for text with three letters or digits in a row")
                    @Nullable
                    String q,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        RunStatus one = Refusal.constant(RunStatus.class, "status", status);
        if (error != null && !RunQuery.findable(error)) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    Refusal.BAD_PARAMETER,
                    "error " + Refusal.quoted(error) + " is too little to look for in reasons: give three letters or"
                            + " digits in a row. Runs are found by flow=, status=, trigger=, since= and until=, too, and"
                            + " q= finds them by the beginning of an id or by a whole trigger, however short.");
        }
        RunHistory.Slice<RunRecord> runs = history.runs(new RunQuery(
                flow, one, trigger, since, until, error, businessKey, q, Page.behind(after), Page.limit(limit)));
        return new Page<>(runs.data().stream().map(this::seen).toList(), runs.next());
    }

    @GetMapping("/{id}")
    @Needs(value = Permission.VIEW, flow = FlowIn.RUN)
    @Doc("One run, with what passed its shapes")
    @Answers(problems = 404)
    RunView one(@PathVariable String id) {
        return seen(run(id));
    }

    @GetMapping("/{id}/logs")
    @Needs(value = Permission.VIEW, flow = FlowIn.RUN)
    @Doc("The run's log")
    @Answers(problems = 404)
    Page<LogView> logs(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("Only lines about this shape") @Nullable String shape) {
        return Page.all(run(id).logs().stream()
                .filter(line -> shape == null || shape.equals(line.shape()))
                .map(LogView::of)
                .toList());
    }

    @GetMapping(path = "/{id}/logs/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.RUN)
    @Doc("The run's log as server-sent events, while it is written: a `line` for each line, with an id"
            + " behind which `Last-Event-ID` goes on, and `end` when the run has ended; then the"
            + " stream ends, too. It ends after ten minutes anyway, to be asked for again")
    @Answers(problems = {404, 503})
    SseEmitter logStream(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("Only lines about this shape") @Nullable String shape,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request) {
        RunRecord run = run(id);
        if (request.getMethod().equals("HEAD")) {
            SseEmitter nothing = new SseEmitter();
            nothing.complete();
            return nothing;
        }
        return streams.listen(run, shape, last);
    }

    @GetMapping("/{id}/requests")
    @Needs(value = Permission.VIEW, flow = FlowIn.RUN)
    @Doc("Requests to outside systems and their answers")
    @Answers(problems = 404)
    Page<RequestView> requests(
            @PathVariable String id, @RequestParam(required = false) @Doc("Only this shape's") @Nullable String shape) {
        return Page.all(run(id).requests().stream()
                .filter(request -> shape == null || shape.equals(request.shape()))
                .map(RequestView::of)
                .toList());
    }

    @GetMapping("/{id}/requests/{request}/bodies")
    @Needs(value = Permission.READ, flow = FlowIn.RUN)
    @Doc("What is kept of the bodies of one request and of its answer, as `requests` of the flow's capture says")
    @Answers(problems = 404)
    RequestBodiesView bodies(
            @PathVariable String id, @PathVariable @Doc("What `bodies` of the request names") String request) {
        run(id);
        List<CapturedPayload> kept = history.bodies(id, request);
        if (kept.isEmpty()) {
            throw Refusal.notFound("bodies that are kept of request", request);
        }
        return RequestBodiesView.of(kept);
    }

    @GetMapping(path = "/{id}/requests/{request}/bodies/content", produces = MediaType.ALL_VALUE)
    @Needs(value = Permission.READ, flow = FlowIn.RUN)
    @Doc("What is kept of the body of one request, or of its answer, as it is; `cut` of the bodies says whether that"
            + " is all of it")
    @Answers(problems = 404)
    ResponseEntity<Resource> body(
            @PathVariable String id,
            @PathVariable @Doc("What `bodies` of the request names") String request,
            @RequestParam(defaultValue = "received") @Doc("sent for the request, received for its answer")
                    String side) {
        run(id);
        RequestBodiesView.Side which = Refusal.constant(RequestBodiesView.Side.class, "side", side);
        return file(history.bodies(id, request).stream()
                .filter(one -> which != null && one.direction() == which.direction())
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("body (" + side + ") that is kept of request", request)));
    }

    @GetMapping("/{id}/payloads")
    @Needs(value = Permission.READ, flow = FlowIn.RUN)
    @Doc("Payloads that went into and came out of shapes, as the flow's capture keeps them")
    @Answers(problems = 404)
    Page<PayloadView> payloads(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("Only this shape's") @Nullable String shape,
            @RequestParam(defaultValue = "false") @Doc("With what is kept of their content") boolean bytes) {
        run(id);
        return Page.all(history.payloads(id, shape, bytes).stream()
                .map(payload -> PayloadView.of(payload, bytes))
                .toList());
    }

    @GetMapping(path = "/{id}/payloads/content", produces = MediaType.ALL_VALUE)
    @Needs(value = Permission.READ, flow = FlowIn.RUN)
    @Doc("What is kept of the content of one payload that passed a shape, as it is; `cut` of the list says whether"
            + " that is all of it")
    @Answers(problems = 404)
    ResponseEntity<Resource> content(
            @PathVariable String id,
            @RequestParam @Doc("The shape") String shape,
            @RequestParam(defaultValue = "out") @Doc("in for what went into it, out for what came out")
                    String direction,
            @RequestParam(defaultValue = "1")
                    @Doc("Which of the shape's payloads in that direction, from 1, in the order of the list")
                    int number) {
        run(id);
        CapturedPayload.Direction side = Refusal.constant(CapturedPayload.Direction.class, "direction", direction);
        CapturedPayload payload = history.payloads(id, shape, true).stream()
                .filter(one -> one.direction() == side)
                .skip(Math.max(0, number - 1L))
                .findFirst()
                .filter(one -> number > 0)
                .orElseThrow(() ->
                        Refusal.notFound("payload " + number + " (" + direction + ") that is kept of shape", shape));
        return file(payload);
    }

    /** As a file, whatever its type: content from outside must not run as a page of this server. */
    private static ResponseEntity<Resource> file(CapturedPayload payload) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payload\"")
                .contentType(FailedPayloadsResource.type(payload.contentType()))
                .body(new ByteArrayResource(payload.bytes()));
    }

    @PostMapping("/{id}/stop")
    @Needs(value = Permission.RUN, flow = FlowIn.RUN)
    @Doc("Tells the run to stop; one that goes on ends between two payloads, one that waits ends at once")
    @Answers(
            value = 202,
            problems = {404, 409})
    CompletableFuture<ResponseEntity<RunView>> stop(@PathVariable String id) {
        run(id);
        return flows.stop(id).thenApply(told -> {
            RunRecord run = run(id);
            if (!told) {
                throw Refusal.conflict("Run " + Refusal.quoted(id) + " cannot be stopped: it is "
                        + run.status().name().toLowerCase(java.util.Locale.ROOT)
                        + (run.endedAt() == null
                                ? ". A start whose flow is gone can be discarded: POST /api/v1/starts/" + id
                                        + "/discard."
                                : "."));
            }
            return ResponseEntity.accepted().body(seen(run));
        });
    }

    @PostMapping("/{id}/replay")
    @Needs(value = Permission.RUN, flow = FlowIn.RUN)
    @Doc("Replays the payloads that failed or were held in this run and wait for someone, each in a run of its own,"
            + " under the revision that ran; what was replayed, resolved or caught stays as it is. One that is refused"
            + " keeps none of the others from it")
    @Answers(
            value = 202,
            problems = {404, 429, 503})
    CompletableFuture<ResponseEntity<Replays>> replay(@PathVariable String id) {
        RunHistory.Slice<FailedPayload> waiting =
                history.failed(FailedQuery.waitingOf(run(id).id()), null, Math.min(MOST_LISTED, settings.maxReplays()));
        CompletableFuture<Replays> all = CompletableFuture.completedFuture(Replays.none(waiting.next() != null));
        for (FailedPayload failed : waiting.data()) {
            // One after the other: when the queue is full, what is behind stays as it is.
            all = all.thenCompose(before -> before.stopped() == null
                    ? replayed(before, failed.id())
                    : CompletableFuture.completedFuture(before));
        }
        return all.thenApply(done -> ResponseEntity.accepted().body(done));
    }

    private CompletableFuture<Replays> replayed(Replays before, String failed) {
        return flows.replay(failed, Flows.Replay.AS_IT_WAS)
                .thenApply(before::begun)
                .exceptionallyCompose(thrown -> {
                    Throwable cause = Refusal.cause(thrown);
                    String why = Refusal.sentence(String.valueOf(cause.getMessage()));
                    if (cause instanceof IllegalArgumentException) {
                        return CompletableFuture.completedFuture(before.without(failed, why));
                    }
                    boolean later = cause instanceof QueueFullException
                            || cause instanceof IntakeRefusedException
                            || cause instanceof StoreBusyException;
                    return later && !before.nothingDone()
                            ? CompletableFuture.completedFuture(before.ended(why))
                            : CompletableFuture.failedFuture(cause);
                });
    }

    private RunRecord run(String id) {
        return history.run(id).orElseThrow(() -> Refusal.notFound("run", id));
    }

    private RunView seen(RunRecord run) {
        return RunView.of(run, versions.number(run.flow(), run.revision()));
    }
}
