package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.trigger.event.AsideMessages;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages that lie aside on this replica. */
@RestController
@RequestMapping(path = "/api/v1/aside", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Aside: messages of brokers that could not become starts, on this replica's disk")
final class AsideResource {

    private final AsideMessages messages;

    AsideResource(AsideMessages messages) {
        this.messages = messages;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("All messages that lie aside, by flow and time")
    @Answers
    Page<AsideView> list(
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        // Sorted by the very key that pages go on by.
        List<AsideView> all = messages.list().stream()
                .map(AsideView::of)
                .sorted(Comparator.comparing(AsideResource::key))
                .toList();
        return Page.of(all, AsideResource::key, after, Page.limit(limit));
    }

    private static String key(AsideView view) {
        return view.flow() + "/" + view.id();
    }

    @PostMapping("/{flow}/{id}/discard")
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc("Deletes a message that lies aside, with its content")
    @Answers(problems = 404)
    DiscardedView discard(@PathVariable String flow, @PathVariable String id) {
        if (!messages.discard(flow, id)) {
            throw Refusal.notFound("message", flow + "/" + id);
        }
        return new DiscardedView(flow, id);
    }

    /** A message that is gone. */
    @Doc("A message that is gone")
    record DiscardedView(String flow, String id) {}
}
