package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRunRefusedException;
import io.patchbay.trial.dry.DryRuns;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Dry runs of flows. */
@RestController
@RequestMapping("/api/v1/flows/{id}/dry-run")
@Doc("Dry runs: a flow with real reads, whose writes are shown in place of made")
final class DryRunsResource {

    private static final Duration LATER = Duration.ofSeconds(5);

    private final Flows flows;
    private final DryRuns runs;
    private final PayloadsIn payloads;

    DryRunsResource(Flows flows, DryRuns runs, PayloadsIn payloads) {
        this.flows = flows;
        this.runs = runs;
        this.payloads = payloads;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.RUN, flow = FlowIn.PATH)
    @Doc(
            "Runs the deployed flow with the request's body as payload and answers when that is over. What reads goes to the real systems;"
                    + " nothing is written anywhere, and there is no run afterwards. Query as for `start`, without `revision`.")
    @Answers(problems = {404, 409, 413, 429})
    @OwnQuery
    DeferredResult<DryRunView> run(@PathVariable String id, HttpServletRequest request) throws IOException {
        Flows.View view = flows.flow(id).orElseThrow(() -> Refusal.notFound("flow", id));
        if (view.revision() == null) {
            throw Refusal.conflict("No version of flow " + Refusal.quoted(id) + " was ever right; see its problems.");
        }
        StartQuery query = StartQuery.of(request.getQueryString());
        if (query.revision() != null) {
            throw Refusal.badRequest("A dry run runs the flow as it is deployed: leave 'revision' out.");
        }
        query.check(view.variables());
        Body body = payloads.of(request);
        DeferredResult<DryRunView> answer = new DeferredResult<>(runs.longest().toMillis());
        var unused = runs.run(id, query.trigger(), body, query.meta()).whenComplete((report, failed) -> {
            payloads.discard(body);
            tell(answer, report, failed);
        });
        return answer;
    }

    private static void tell(
            DeferredResult<DryRunView> answer, @Nullable DryReport report, @Nullable Throwable failed) {
        if (report != null) {
            answer.setResult(DryRunView.of(report));
            return;
        }
        Throwable cause = failed == null ? null : failed.getCause();
        Throwable why = failed instanceof CompletionException && cause != null ? cause : failed;
        if (why instanceof DryRunRefusedException refused) {
            String sentence = Refusal.sentence(String.valueOf(refused.getMessage()));
            answer.setErrorResult(
                    refused.later()
                            ? Refusal.later(HttpStatus.TOO_MANY_REQUESTS, sentence, LATER)
                            : Refusal.conflict(sentence));
        } else {
            answer.setErrorResult(why == null ? new IllegalStateException("nothing came of a dry run") : why);
        }
    }
}
