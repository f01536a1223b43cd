package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.run.WaitingPayloads.NotNowException;
import io.patchbay.run.WaitingPayloads.Query;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Payloads that wait for an approval or an event: seen, approved, rejected, released. */
@RestController
@RequestMapping("/api/v1/waits")
@Doc("Waits: payloads that wait for an approval or an event")
final class WaitsResource {

    private static final Duration LATER = Duration.ofMinutes(1);

    private final WaitingPayloads waits;
    private final ApiProperties settings;

    WaitsResource(WaitingPayloads waits, ApiProperties settings) {
        this.waits = waits;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("Payloads that wait, and for some time those that did, oldest first")
    @Answers
    Page<WaitView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false) @Doc("Only those that left this run") @Nullable String run,
            @RequestParam(required = false) @Doc("Only those in this shape") @Nullable String shape,
            @RequestParam(required = false) @Doc("Only those with this key") @Nullable String key,
            @RequestParam(required = false) @Doc("Only those that wait for this: approval or event") @Nullable
                    String kind,
            @RequestParam(required = false)
                    @Doc("Only these: waiting, approved, rejected, released or expired; left out, all of them")
                    @Nullable
                    String state,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        Query which = new Query(
                flow,
                run,
                shape,
                key,
                Refusal.constant(Awaits.class, "kind", kind),
                Refusal.constant(WaitState.class, "state", state));
        Slice<WaitingPayload> part = waits.list(which, Page.behind(after), Page.limit(limit));
        return new Page<>(part.data().stream().map(WaitView::listed).toList(), part.next());
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("One of them")
    @Answers(problems = 404)
    WaitView one(@PathVariable String id) {
        return WaitView.of(find(id));
    }

    @GetMapping("/{id}/body")
    @Needs(Permission.READ)
    @Doc("The content of a payload that waits; what was decided is had from the run that took it on")
    @Answers(problems = {404, 409})
    @Nullable
    ResponseEntity<Resource> body(@PathVariable String id, WebRequest request) throws IOException {
        find(id);
        Payload payload;
        try {
            payload = waits.payload(id).orElseThrow(() -> Refusal.notFound("content of wait", id));
        } catch (NotNowException e) {
            throw Refusal.conflict(Refusal.sentence(String.valueOf(e.getMessage())));
        }
        if (request.checkNotModified(id)) {
            return null; // it never changes, so its id is its tag; not opened, as nobody would close it
        }
        // As a file, whatever its type: content from outside must not run as a page of this server.
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payload\"")
                .contentType(FailedPayloadsResource.type(payload.body().contentType()))
                .body(new InputStreamResource(payload.stream()));
    }

    @PostMapping(path = "/{id}/approve", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.RUN)
    @Doc("Lets a payload go on, whatever it waits for; the run that takes it on is on disk when this answers")
    @Answers(problems = {404, 409, 413, 429, 503})
    CompletableFuture<WaitView> approve(@PathVariable String id, Precondition before, HttpServletRequest request)
            throws IOException {
        before.check(one(id));
        return decided(waits.approve(id, DecisionRequest.read(bytes(request), true)));
    }

    @PostMapping(path = "/{id}/reject", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.RUN)
    @Doc("Refuses a payload: what becomes of it, the shape's onReject says")
    @Answers(problems = {404, 409, 413, 429, 503})
    CompletableFuture<WaitView> reject(@PathVariable String id, Precondition before, HttpServletRequest request)
            throws IOException {
        before.check(one(id));
        return decided(waits.reject(id, DecisionRequest.read(bytes(request), false)));
    }

    @PostMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.RUN)
    @Doc(
            "Tells an event: all payloads that wait under its key go on; where none does, it is kept for one that comes later")
    @Answers(problems = {404, 413, 429, 503})
    CompletableFuture<ToldView> tell(HttpServletRequest request) throws IOException {
        Waits.Event event = EventRequest.read(bytes(request));
        return waits.tell(event)
                .thenApply(told -> {
                    if (told.runs().isEmpty() && told.kept() == null && !told.before() && told.left() == 0) {
                        throw Refusal.notFound("payload that waits under", event.key());
                    }
                    return ToldView.of(told);
                })
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(refused(thrown)));
    }

    private static CompletableFuture<WaitView> decided(CompletableFuture<WaitingPayload> decision) {
        return decision.thenApply(WaitView::of)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(refused(thrown)));
    }

    private static Throwable refused(Throwable thrown) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String sentence = String.valueOf(why.getMessage());
        if (why instanceof NotNowException) {
            return Refusal.conflict(Refusal.sentence(sentence));
        }
        if (why instanceof StepException limit) {
            return limit.code().equals("EVENT_TOO_LARGE")
                    ? Refusal.of(HttpStatus.PAYLOAD_TOO_LARGE, Refusal.sentence(sentence))
                    : Refusal.later(HttpStatus.TOO_MANY_REQUESTS, Refusal.sentence(sentence), LATER);
        }
        return why;
    }

    private WaitingPayload find(String id) {
        return waits.find(id).orElseThrow(() -> Refusal.notFound("wait", id));
    }

    private byte[] bytes(HttpServletRequest request) throws IOException {
        return JsonRequest.bytes(request, settings.maxBody());
    }
}
