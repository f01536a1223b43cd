package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.run.Cursors;
import io.patchbay.run.PullCursor;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cursors of lists that grow: seen, put elsewhere, forgotten. */
@RestController
@RequestMapping(path = "/api/v1/cursors", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Cursors: how far flows came in lists that grow")
final class CursorsResource {

    private static final String ONE = "/{flow}/{instance}/{endpoint}";

    private final Cursors cursors;

    CursorsResource(Cursors cursors) {
        this.cursors = cursors;
    }

    @GetMapping
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("All cursors, by flow, instance, endpoint and inputs")
    @Answers
    Page<CursorView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<CursorView> all = cursors.list(flow).stream()
                .map(CursorView::of)
                .sorted(Comparator.comparing(CursorView::key))
                .toList();
        return Page.of(all, CursorView::key, after, Page.limit(limit));
    }

    @GetMapping(ONE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("One cursor")
    @Answers(problems = 404)
    CursorView one(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest) {
        return CursorView.of(cursor(new PullCursor.Key(flow, instance, endpoint, digest)));
    }

    @PostMapping(ONE + "/move")
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Puts a cursor elsewhere: the next run begins there. A run that goes on by now does not move it any more.")
    @Answers(problems = 404)
    CompletableFuture<CursorView> move(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest,
            @RequestParam(required = false) @Doc("The new position, of the cursor's kind") @Nullable String to,
            @RequestParam(required = false)
                    @Doc("So much earlier, like 7d, for a cursor that is a time; in place of 'to'")
                    @Nullable
                    String back,
            Precondition before) {
        PullCursor seen = cursor(new PullCursor.Key(flow, instance, endpoint, digest));
        String position = position(seen, to, back);
        before.check(CursorView.of(seen));
        CompletableFuture<Boolean> put =
                before.given() ? cursors.put(seen, position) : cursors.put(seen.key(), position);
        return put.thenApply(
                done -> CursorView.of(cursor(asSeen(done, before, seen).key())));
    }

    /** Throws when somebody was faster than a caller who minds. */
    private static PullCursor asSeen(boolean done, Precondition before, PullCursor seen) {
        if (!done && before.given()) {
            throw Precondition.failed();
        }
        return seen;
    }

    private static String position(PullCursor cursor, @Nullable String to, @Nullable String back) {
        if ((to == null) == (back == null)) {
            throw Refusal.badRequest("Give either 'to', a position, or 'back', a duration.");
        }
        try {
            return to != null
                    ? PullCursor.position(cursor.kind(), to)
                    : cursor.back(Durations.parse(String.valueOf(back)));
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        }
    }

    @PostMapping(ONE + "/forget")
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Forgets a cursor: the next run begins where the connector's file says; answers what it was")
    @Answers(problems = 404)
    CompletableFuture<CursorView> forget(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest,
            Precondition before) {
        PullCursor seen = cursor(new PullCursor.Key(flow, instance, endpoint, digest));
        before.check(CursorView.of(seen));
        CompletableFuture<Boolean> forgotten = before.given() ? cursors.forget(seen) : cursors.forget(seen.key());
        return forgotten.thenApply(done -> CursorView.of(asSeen(done, before, seen)));
    }

    private PullCursor cursor(PullCursor.Key key) {
        return cursors.find(key).orElseThrow(() -> Refusal.notFound("cursor", key.toString()));
    }
}
