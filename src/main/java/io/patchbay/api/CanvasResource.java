package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.flow.Picture;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.route.Flows;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.RunCounts;
import io.patchbay.run.counts.ShapeSums;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A flow as it is drawn, and what passes its shapes. */
@RestController
@RequestMapping(path = "/api/v1/flows/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("The canvas: a flow as it is drawn, and what passes its shapes")
final class CanvasResource {

    /** More do not go on at one time than a replica runs. */
    private static final int MOST_GOING = 500;

    private final Flows flows;
    private final RunCounts counts;
    private final RunHistory history;
    private final InstanceCalls secrets;
    private final Clock clock;

    CanvasResource(Flows flows, RunCounts counts, RunHistory history, InstanceCalls secrets, Clock clock) {
        this.flows = flows;
        this.counts = counts;
        this.history = history;
        this.secrets = secrets;
        this.clock = clock;
    }

    @GetMapping("/canvas")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("The flow as nodes and edges, from its text; secrets that the program knows are replaced by ***")
    @Answers(problems = {404, 409})
    CanvasView canvas(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc("A version that is kept, as /revisions gives it; the one that new runs run under if not given")
                    @Nullable
                    String revision) {
        String active = view(id).revision();
        if (active == null) {
            throw Refusal.conflict("No version of flow " + Refusal.quoted(id) + " was ever right; see its problems.");
        }
        Validated<Picture> read = flows.picture(id, revision)
                .orElseThrow(() -> Refusal.of(
                        HttpStatus.NOT_FOUND,
                        "There is no revision " + Refusal.quoted(String.valueOf(revision)) + " of flow "
                                + Refusal.quoted(id) + "; /api/v1/flows/" + id + "/revisions lists them."));
        Picture picture = read.value().orElseThrow(() -> changed(id, String.valueOf(revision), read.problems()));
        return CanvasView.of(id, revision == null ? active : revision, picture, secrets::redacted);
    }

    private static ErrorResponseException changed(String id, String revision, List<Problem> problems) {
        return Refusal.conflict("Revision " + Refusal.quoted(revision) + " of flow " + Refusal.quoted(id)
                + " cannot be read now, because what it names has changed since: "
                + problems.stream()
                        .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                        .findFirst()
                        .map(Problem::toString)
                        .orElse("")
                + ". Bring that back, or look at another revision.");
    }

    @GetMapping("/shape-counts")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("What passed the shapes of a flow: in runs that ended since the beginning of an hour, as far back as"
            + " `patchbay.counts.keep-shapes` says, and in those that go on")
    @Answers(problems = 404)
    ShapeCountsView shapeCounts(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc("Counts from the beginning of this instant's hour on; the hour before this one if not given")
                    @Nullable
                    Instant since) {
        Flows.View flow = view(id);
        Instant from = RunCounts.hourOf(since == null ? clock.instant().minus(RunCounts.HOUR) : since);
        Map<String, ShapeSums> all = new HashMap<>(counts.shapes(id, from));
        List<RunRecord> going =
                history.runs(RunQuery.of(id, RunStatus.RUNNING, MOST_GOING)).data();
        going.stream()
                .flatMap(run -> run.shapes().stream())
                .forEach(shape -> all.merge(shape.shape(), ShapeSums.of(shape), ShapeSums::plus));
        return new ShapeCountsView(
                from,
                going.size(),
                flow.shapes().entrySet().stream()
                        .map(shape -> ShapeCountsView.Counted.of(
                                shape.getKey(), shape.getValue(), all.getOrDefault(shape.getKey(), ShapeSums.NOTHING)))
                        .toList());
    }

    private Flows.View view(String id) {
        return flows.flow(id).orElseThrow(() -> Refusal.notFound("flow", id));
    }
}
