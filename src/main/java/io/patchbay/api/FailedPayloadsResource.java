package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedPayload.State;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Payloads that used up their tries: seen, edited and replayed, or resolved. */
@RestController
@RequestMapping("/api/v1/failed-payloads")
@Doc("Failed payloads: kept whole, to be replayed or resolved")
final class FailedPayloadsResource {

    private static final Set<State> DONE = Set.of(State.REPLAYED, State.RESOLVED);

    private final RunHistory history;
    private final Flows flows;
    private final ApiProperties settings;

    FailedPayloadsResource(RunHistory history, Flows flows, ApiProperties settings) {
        this.history = history;
        this.flows = flows;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("Failed payloads, newest first")
    @Answers
    Page<FailedView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false) @Doc("Only these: open, caught, held, replayed or resolved") @Nullable
                    String state,
            @RequestParam(required = false) @Doc("Only of this run") @Nullable String run,
            @RequestParam(required = false) @Doc("Only those that failed in this shape") @Nullable String shape,
            @RequestParam(required = false) @Doc("Only failures of this name, like HTTP_422") @Nullable String code,
            @RequestParam(required = false) @Doc("Text that the message holds") @Nullable String q,
            @RequestParam(required = false) @Doc("Failed at this instant or later") @Nullable Instant since,
            @RequestParam(required = false) @Doc("Failed before this instant") @Nullable Instant until,
            @RequestParam(required = false) @Doc("Only those with a record of this business key") @Nullable
                    String businessKey,
            @RequestParam(required = false)
                    @Doc("Only those of this cause, as /failed-payloads/causes names it")
                    @Nullable
                    String cause,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        State one = Refusal.constant(State.class, "state", state);
        FailedQuery which = new FailedQuery(
                flow,
                run,
                shape,
                code,
                q,
                since,
                until,
                businessKey,
                cause,
                one == null ? Set.of() : Set.of(one),
                false);
        RunHistory.Slice<FailedPayload> part = history.failed(which, Page.behind(after), Page.limit(limit));
        return new Page<>(part.data().stream().map(FailedView::of).toList(), part.next());
    }

    @GetMapping(path = "/causes", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("Why payloads failed: those of one flow, shape, code and reason together, what differs from message to"
            + " message left out; those with the newest payload first")
    @Answers
    Page<CauseView> causes(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false)
                    @Doc("Only these: open, caught, held, replayed or resolved; left out, open and held")
                    @Nullable
                    String state,
            @RequestParam(required = false) @Doc("Only those that failed in this shape") @Nullable String shape,
            @RequestParam(required = false) @Doc("Only failures of this name, like HTTP_422") @Nullable String code,
            @RequestParam(required = false) @Doc("Failed at this instant or later") @Nullable Instant since,
            @RequestParam(required = false) @Doc("Failed before this instant") @Nullable Instant until,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        State one = Refusal.constant(State.class, "state", state);
        Set<State> states = one == null ? FailedQuery.WAITING : Set.of(one);
        FailedQuery which = new FailedQuery(flow, null, shape, code, null, since, until, null, null, states, false);
        RunHistory.Slice<FailureCause> part = history.causes(which, Page.behind(after), Page.limit(limit));
        return new Page<>(part.data().stream().map(CauseView::of).toList(), part.next());
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.FAILED_PAYLOAD)
    @Doc("One failed payload")
    @Answers(problems = 404)
    FailedView one(@PathVariable String id) {
        return FailedView.of(failed(id));
    }

    @GetMapping("/{id}/body")
    @Needs(value = Permission.READ, flow = FlowIn.FAILED_PAYLOAD)
    @Doc("The failed payload's content, as it reached the shape")
    @Answers(problems = {404, 409})
    @Nullable
    ResponseEntity<Resource> body(@PathVariable String id, WebRequest request) throws IOException {
        FailedPayload failed = failed(id);
        String lost = failed.lost();
        if (lost != null) {
            throw Refusal.conflict(Refusal.sentence(lost));
        }
        if (request.checkNotModified(id)) {
            return null; // it never changes, so its id is its tag; not opened, as nobody would close it
        }
        // As a file, whatever its type: content from outside must not run as a page of this server.
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payload\"")
                .contentType(type(failed.payload().body().contentType()))
                .body(new InputStreamResource(failed.payload().stream()));
    }

    @PostMapping(path = "/{id}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.RUN, flow = FlowIn.FAILED_PAYLOAD)
    @Doc("Starts a new run with the payload, at the shape in which it failed")
    @Answers(
            value = 202,
            problems = {404, 409, 413, 429, 503})
    CompletableFuture<ResponseEntity<Started>> replay(
            @PathVariable String id, Precondition before, HttpServletRequest request) throws IOException {
        FailedPayload failed = failed(id);
        before.check(FailedView.of(failed));
        ReplayRequest asked = ReplayRequest.read(JsonRequest.bytes(request, settings.maxBody()));
        if (DONE.contains(failed.state()) && !asked.again()) {
            throw Refusal.conflict("The payload is " + failed.state().name().toLowerCase(Locale.ROOT)
                    + " already; to replay it in spite of that, send \"again\": true, or give --again on the"
                    + " command line.");
        }
        Flows.Replay how =
                new Flows.Replay(asked.body(), asked.revision() == ReplayRequest.Revision.TODAY, asked.from());
        return flows.replay(id, how)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(refused(thrown)))
                .thenApply(run -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/runs/" + run))
                        .body(new Started(run)));
    }

    @PostMapping(path = "/{id}/resolve", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.RUN, flow = FlowIn.FAILED_PAYLOAD)
    @Doc("Says that nothing has to be done about the payload any more")
    @Answers(problems = 404)
    CompletableFuture<FailedView> resolve(@PathVariable String id, Precondition before) {
        before.check(one(id));
        return history.failedIs(id, State.RESOLVED).thenApply(done -> FailedView.of(failed(id)));
    }

    /** What cannot be done as it was asked for is told; everything else is as it was. */
    private static Throwable refused(Throwable failed) {
        Throwable cause = Refusal.cause(failed);
        return cause instanceof IllegalArgumentException
                ? Refusal.conflict(Refusal.sentence(String.valueOf(cause.getMessage())))
                : failed;
    }

    private FailedPayload failed(String id) {
        return history.failed(id).orElseThrow(() -> Refusal.notFound("failed payload", id));
    }

    static MediaType type(String text) {
        try {
            return MediaType.parseMediaType(text);
        } catch (org.springframework.http.InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }
}
