package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.Start;
import io.patchbay.route.Flows;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.Versions;
import io.patchbay.run.counts.RunCounts;
import io.patchbay.run.counts.Sums;
import io.patchbay.trigger.CallerTraces;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
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

    /** Revisions that a refusal names. */
    private static final int NAMED = 5;

    private final Flows flows;
    private final Versions versions;
    private final PayloadsIn payloads;
    private final CallerTraces traces;
    private final RunCounts counts;
    private final Clock clock;

    FlowsResource(
            Flows flows, Versions versions, PayloadsIn payloads, CallerTraces traces, RunCounts counts, Clock clock) {
        this.flows = flows;
        this.versions = versions;
        this.payloads = payloads;
        this.traces = traces;
        this.counts = counts;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc(
            "All flows that are deployed or have a file that cannot be, by id, with their newest run, when their schedules start"
                    + " them next, and what their runs of the last hour and day add up to")
    @Answers
    Page<FlowView> list(
            @RequestParam(required = false) @Doc("Only flows with this label") @Nullable String label,
            @RequestParam(required = false) @Doc("Only flows whose id or name contains this text") @Nullable String q,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<Flows.View> all = flows.list().stream()
                .filter(view -> label == null || view.labels().contains(label))
                .filter(view -> q == null || contains(view.id(), q) || contains(view.name(), q))
                .sorted(Comparator.comparing(Flows.View::id))
                .toList();
        Page<Flows.View> page = Page.of(all, Flows.View::id, after, Page.limit(limit));
        return new Page<>(seen(page.data()), page.next());
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("One flow")
    @Answers(problems = 404)
    FlowView one(@PathVariable String id) {
        return seen(List.of(view(id))).get(0);
    }

    @GetMapping(path = "/{id}/explain", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("How the flow is laid out and why, and its Camel routes as YAML")
    @Answers(problems = {404, 409})
    String explain(@PathVariable String id) {
        view(id);
        return flows.explain(id).orElseThrow(() -> neverRight(id));
    }

    @PostMapping(path = "/{id}/start", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.RUN, flow = FlowIn.PATH)
    @Doc("Starts a run with the request's body as payload, of any media type; no body is an empty payload."
            + " `var.NAME=VALUE` in the query sets the flow's variable NAME for this run, `trigger=manual` says"
            + " that a person did it, `revision=REVISION` has it run under a revision of the flow that is kept"
            + " (404 when it is not, 409 when what it names has changed so that it cannot run). The start is on"
            + " disk when this answers.")
    @Answers(
            value = 202,
            problems = {404, 409, 413, 429, 503})
    @OwnQuery
    CompletableFuture<ResponseEntity<Started>> start(@PathVariable String id, HttpServletRequest request)
            throws IOException {
        Flows.View view = view(id);
        if (view.revision() == null) {
            throw neverRight(id);
        }
        StartQuery query = StartQuery.of(request.getQueryString());
        query.check(query.revision() == null ? view.variables() : variables(id, query.revision()));
        Body body = payloads.of(request);
        return flows.start(id, query.trigger(), body, traced(request, query.meta()), query.revision())
                .whenComplete((run, refused) -> {
                    if (refused != null && IntakeRefusedException.nothingWritten(refused)) {
                        payloads.discard(body);
                    }
                })
                .thenApply(run -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/runs/" + run))
                        .body(new Started(run)));
    }

    private Map<String, String> traced(HttpServletRequest request, Map<String, String> meta) {
        String trace = traces.of(name -> Collections.list(request.getHeaders(name)));
        if (trace == null) {
            return meta;
        }
        Map<String, String> all = new LinkedHashMap<>(meta);
        all.put(Start.CALLER_TRACE, trace);
        return all;
    }

    @PostMapping(path = "/{id}/enable", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Ends an operator's pause")
    @Answers(problems = 404)
    FlowView enable(@PathVariable String id) {
        return enabled(id, true);
    }

    @PostMapping(path = "/{id}/disable", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Pauses a flow: its triggers do not fire and its starts wait until it is enabled, also over restarts and"
            + " new versions of its file")
    @Answers(problems = 404)
    FlowView disable(@PathVariable String id) {
        return enabled(id, false);
    }

    private FlowView enabled(String id, boolean enabled) {
        view(id);
        flows.enable(id, enabled);
        return one(id);
    }

    /** With what is known of their runs: asked once for all of them. */
    private List<FlowView> seen(List<Flows.View> views) {
        Instant now = clock.instant();
        Instant hour = RunCounts.hourOf(now).minus(RunCounts.HOUR);
        Instant day = RunCounts.hourOf(now).minus(RunCounts.HOUR.multipliedBy(23));
        Map<String, Sums> lastHour = counts.byFlow(hour);
        Map<String, Sums> lastDay = counts.byFlow(day);
        Map<String, RunCounts.Newest> newest =
                counts.newest(views.stream().map(Flows.View::id).toList());
        Map<String, Versions.State> states =
                versions.states(views.stream().map(Flows.View::id).toList());
        return views.stream()
                .map(view -> FlowView.of(
                        view,
                        new FlowView.Seen(
                                newest.get(view.id()),
                                flows.next(view.id(), now).orElse(null),
                                recent(hour, lastHour.get(view.id())),
                                recent(day, lastDay.get(view.id()))),
                        Optional.ofNullable(states.get(view.id()))
                                .map(VersionStateView::of)
                                .orElse(null)))
                .toList();
    }

    private static FlowView.Recent recent(Instant since, @Nullable Sums sums) {
        return new FlowView.Recent(since, CountsView.of(sums == null ? Sums.NOTHING : sums));
    }

    private Set<String> variables(String id, String revision) {
        Flows.AsKept kept = flows.revision(id, revision).orElseThrow(() -> noRevision(id, revision));
        if (!kept.problems().isEmpty()) {
            throw Refusal.conflict("No run can begin under revision " + Refusal.quoted(revision) + " of flow "
                    + Refusal.quoted(id) + " now, because what it names has changed since: "
                    + kept.problems().stream()
                            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                            .findFirst()
                            .map(Problem::toString)
                            .orElse("")
                    + ". Bring that back, or start another revision.");
        }
        return kept.variables();
    }

    private ErrorResponseException noRevision(String id, String revision) {
        String newest = flows.revisions(id, NAMED).stream()
                .map(RevisionTexts.Kept::revision)
                .collect(Collectors.joining(", "));
        return Refusal.of(
                HttpStatus.NOT_FOUND,
                "There is no revision " + Refusal.quoted(revision) + " of flow " + Refusal.quoted(id)
                        + ". Newest first there are: " + newest + "; /api/v1/flows/" + id + "/revisions lists them.");
    }

    private Flows.View view(String id) {
        return flows.flow(id).orElseThrow(() -> Refusal.notFound("flow", id));
    }

    private static ErrorResponseException neverRight(String id) {
        return Refusal.conflict("No version of flow " + Refusal.quoted(id)
                + " was ever right, or it was never deployed; see its problems.");
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
