package io.patchbay.api;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.ReplayJobs;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs that replay many failed payloads. */
@RestController
@RequestMapping(path = "/api/v1/replays", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Replays of many failed payloads, at a rate")
final class ReplaysResource {

    private static final double FASTEST = 1_000;
    private static final int LONGEST = 255;

    private final ReplayJobs jobs;
    private final Clock clock;

    ReplaysResource(ReplayJobs jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    @PostMapping
    @Needs(value = Permission.RUN, flow = FlowIn.QUERY)
    @Doc(
            "Begins to replay, oldest first, the failed payloads for which all that is said holds; one of flow, run, shape, code, q,"
                    + " since, until, businessKey and cause is needed. Those that fail later are not part of it.")
    @Answers(value = 202)
    CompletableFuture<ResponseEntity<ReplayJobView>> begin(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
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
            @RequestParam(required = false)
                    @Doc("Only these: open, caught, held, replayed or resolved; left out, open and held")
                    @Nullable
                    String state,
            @RequestParam(required = false)
                    @Doc("The shape at which they enter, or 'start'; left out, the one in which each failed")
                    @Nullable
                    String from,
            @RequestParam(defaultValue = "own") @Doc("'own': the revision that ran; 'today': the flow as it is now")
                    String revision,
            @RequestParam(defaultValue = "10") @Doc("At most so many a second, more than 0 and up to 1000")
                    double perSecond) {
        Refusal.empty("flow", flow);
        Refusal.empty("run", run);
        Refusal.empty("shape", shape);
        Refusal.empty("code", code);
        Refusal.empty("q", q);
        Refusal.empty("businessKey", businessKey);
        Refusal.empty("cause", cause);
        FailedPayload.State only = Refusal.constant(FailedPayload.State.class, "state", state);
        FailedQuery query = new FailedQuery(
                flow,
                run,
                shape,
                code,
                q,
                since,
                until,
                businessKey,
                cause,
                only == null ? FailedQuery.WAITING : Set.of(only),
                true);
        if (query.all()) {
            throw Refusal.badRequest(
                    "Say which failed payloads: give flow, run, shape, code, q, since, until, businessKey or cause.");
        }
        if (longer(q) || longer(from) || longer(businessKey) || longer(cause)) {
            throw Refusal.badRequest("q, from, businessKey and cause have at most " + LONGEST + " characters.");
        }
        if (!(perSecond > 0 && perSecond <= FASTEST)) {
            throw Refusal.badRequest("perSecond must be more than 0 and at most 1000.");
        }
        ReplayRequest.Revision which = Refusal.constant(ReplayRequest.Revision.class, "revision", revision);
        ReplayJob job = new ReplayJob(
                UuidCreator.getTimeOrderedEpochPlus1().toString(),
                query,
                from,
                which == ReplayRequest.Revision.TODAY,
                perSecond,
                clock.instant(),
                ReplayJob.State.GOING,
                0,
                0,
                null,
                null);
        return jobs.begin(job)
                .thenApply(done -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/replays/" + job.id()))
                        .body(ReplayJobView.of(job, jobs)));
    }

    private static boolean longer(@Nullable String text) {
        return text != null && text.length() > LONGEST;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("The last 200 jobs, newest first")
    @Answers
    Page<ReplayJobView> list() {
        return new Page<>(
                jobs.list().stream().map(job -> ReplayJobView.of(job, jobs)).toList(), null);
    }

    @GetMapping("/{id}")
    @Needs(Permission.VIEW)
    @Doc("One job")
    @Answers(problems = 404)
    ReplayJobView one(@PathVariable String id) {
        return ReplayJobView.of(job(id), jobs);
    }

    @GetMapping("/{id}/refused")
    @Needs(Permission.VIEW)
    @Doc("What a job could not replay, each with why, oldest first; at most 10,000 of a job are kept")
    @Answers(problems = {400, 404})
    Page<Replays.Refused> refused(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        job(id);
        int most = Page.limit(limit);
        List<ReplayJob.Refusal> found = jobs.refusals(id, Page.behind(after), most + 1);
        List<Replays.Refused> shown = found.stream()
                .limit(most)
                .map(one -> new Replays.Refused(one.failedPayload(), one.reason()))
                .toList();
        return new Page<>(
                shown, found.size() > most ? shown.get(shown.size() - 1).failedPayload() : null);
    }

    @PostMapping("/{id}/stop")
    @Needs(Permission.RUN)
    @Doc("Stops a job: what was not replayed stays as it is")
    @Answers(problems = 404)
    CompletableFuture<ReplayJobView> stop(@PathVariable String id) {
        job(id);
        return jobs.stop(id).thenApply(stopped -> ReplayJobView.of(job(id), jobs));
    }

    private ReplayJob job(String id) {
        return jobs.find(id).orElseThrow(() -> Refusal.notFound("replay", id));
    }
}
