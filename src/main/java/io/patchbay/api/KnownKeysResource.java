package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.run.KnownList;
import io.patchbay.run.KnownLists;
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

/** Keys that are kept of lists: seen, forgotten, and what is missing allowed. */
@RestController
@RequestMapping(path = "/api/v1/known-keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Known keys: what lists had whose deletes are what is missing in them")
final class KnownKeysResource {

    private static final String ONE = "/{flow}/{instance}/{endpoint}";

    private final KnownLists lists;

    KnownKeysResource(KnownLists lists) {
        this.lists = lists;
    }

    @GetMapping
    @Needs(value = Permission.VIEW, flow = FlowIn.QUERY)
    @Doc("All lists whose keys are kept, by flow, instance, endpoint and inputs")
    @Answers
    Page<KnownListView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<KnownListView> all = lists.list(flow).stream()
                .map(KnownListView::of)
                .sorted(Comparator.comparing(KnownListView::key))
                .toList();
        return Page.of(all, KnownListView::key, after, Page.limit(limit));
    }

    @GetMapping(ONE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("One of them")
    @Answers(problems = 404)
    KnownListView one(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest) {
        return KnownListView.of(found(new PullCursor.Key(flow, instance, endpoint, digest)));
    }

    @PostMapping(ONE + "/allow")
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Lets the next run that ends well tell deletes, whatever is missing")
    @Answers(problems = 404)
    CompletableFuture<KnownListView> allow(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest,
            Precondition before) {
        KnownList seen = found(new PullCursor.Key(flow, instance, endpoint, digest));
        before.check(KnownListView.of(seen));
        return lists.allow(seen.key()).thenApply(there -> KnownListView.of(seen, there));
    }

    @PostMapping(ONE + "/forget")
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Forgets the keys of a list: the next run tells no deletes, and knows what it finds; answers what there was")
    @Answers(problems = 404)
    CompletableFuture<KnownListView> forget(
            @PathVariable String flow,
            @PathVariable String instance,
            @PathVariable String endpoint,
            @RequestParam(defaultValue = "") @Doc("The 'digest' of its inputs, where it has any") String digest,
            Precondition before) {
        KnownList seen = found(new PullCursor.Key(flow, instance, endpoint, digest));
        before.check(KnownListView.of(seen));
        return lists.forget(seen.key()).thenApply(there -> KnownListView.of(seen));
    }

    private KnownList found(PullCursor.Key key) {
        return lists.find(key).orElseThrow(() -> Refusal.notFound("list with known keys", key.toString()));
    }
}
