package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.route.Flows;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The flows: seen, started, paused. */
@RestController
@RequestMapping("/api/v1/flows")
@Doc("Flows: what is deployed, and starting it by hand")
final class FlowsResource {

    private final Flows flows;
    private final Bodies bodies;
    private final ApiProperties settings;

    FlowsResource(Flows flows, Bodies bodies, ApiProperties settings) {
        this.flows = flows;
        this.bodies = bodies;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("All flows that are deployed or have a file that cannot be, by id")
    @Answers
    Page<FlowView> list(
            @RequestParam(required = false) @Doc("Only flows with this label") @Nullable String label,
            @RequestParam(required = false) @Doc("Only flows whose id or name contains this text") @Nullable String q,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<FlowView> all = flows.list().stream()
                .filter(view -> label == null || view.labels().contains(label))
                .filter(view -> q == null || contains(view.id(), q) || contains(view.name(), q))
                .sorted(Comparator.comparing(Flows.View::id))
                .map(FlowView::of)
                .toList();
        return Page.of(all, FlowView::id, after, Page.limit(limit));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("One flow")
    @Answers(problems = 404)
    FlowView one(@PathVariable String id) {
        return FlowView.of(view(id));
    }

    @GetMapping(path = "/{id}/explain", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Doc("How the flow is laid out and why, and its Camel routes as YAML")
    @Answers(problems = {404, 409})
    String explain(@PathVariable String id) {
        view(id);
        return flows.explain(id).orElseThrow(() -> neverRight(id));
    }

    @PostMapping(path = "/{id}/start", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc(
            "Starts a run with the request's body as payload, of any media type; no body is an empty payload. `var.NAME=VALUE`"
                    + " in the query sets the flow's variable NAME for this run, `trigger=manual` says that a person did it."
                    + " The start is on disk when this answers.")
    @Answers(
            value = 202,
            problems = {404, 409, 413, 429, 503})
    CompletableFuture<ResponseEntity<Started>> start(@PathVariable String id, HttpServletRequest request)
            throws IOException {
        Flows.View view = view(id);
        if (view.revision() == null) {
            throw neverRight(id);
        }
        StartQuery query = StartQuery.of(request.getQueryString(), view.variables());
        Body body = body(request);
        return flows.start(id, query.trigger(), body, query.meta())
                .whenComplete((run, refused) -> {
                    if (refused != null && IntakeRefusedException.nothingWritten(refused)) {
                        bodies.discard(body);
                    }
                })
                .thenApply(run -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/runs/" + run))
                        .body(new Started(run)));
    }

    @PostMapping(path = "/{id}/enable", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("Ends an operator's pause")
    @Answers(problems = 404)
    FlowView enable(@PathVariable String id) {
        return enabled(id, true);
    }

    @PostMapping(path = "/{id}/disable", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc(
            "Pauses a flow: its triggers do not fire and its starts wait until it is enabled, also over restarts and new versions of its file")
    @Answers(problems = 404)
    FlowView disable(@PathVariable String id) {
        return enabled(id, false);
    }

    private FlowView enabled(String id, boolean enabled) {
        view(id);
        flows.enable(id, enabled);
        return FlowView.of(view(id));
    }

    private Flows.View view(String id) {
        return flows.flow(id).orElseThrow(() -> Refusal.notFound("flow", id));
    }

    private Body body(HttpServletRequest request) throws IOException {
        long most = settings.maxBody().toBytes();
        if (request.getContentLengthLong() > most) {
            throw new BodyTooLargeException(most);
        }
        Body body = bodies.keep(new EndingStream(request.getInputStream()), contentType(request), most);
        return body instanceof Body.Bytes bytes && bytes.bytes().length == 0 ? Body.EMPTY : body;
    }

    private static String contentType(HttpServletRequest request) {
        String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return given == null
                    ? MediaType.APPLICATION_OCTET_STREAM_VALUE
                    : MediaType.parseMediaType(given).toString();
        } catch (InvalidMediaTypeException e) {
            throw Refusal.badRequest("Content-Type " + Refusal.quoted(given) + " is not a media type.");
        }
    }

    private static org.springframework.web.ErrorResponseException neverRight(String id) {
        return Refusal.conflict("No version of flow " + Refusal.quoted(id) + " was ever right; see its problems.");
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
