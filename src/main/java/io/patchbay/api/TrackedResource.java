package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Tracked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was tracked: searched. */
@RestController
@RequestMapping(path = "/api/v1/tracked", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Tracked data: what happened to a record")
final class TrackedResource {

    private final Tracked tracked;

    TrackedResource(Tracked tracked) {
        this.tracked = tracked;
    }

    @GetMapping
    @Needs(value = Permission.READ, flow = FlowIn.QUERY)
    @Doc("What trackData shapes saw, newest first")
    @Answers
    Page<SightingView> list(
            @RequestParam(required = false) @Doc("Only of this entity, like order") @Nullable String entity,
            @RequestParam(required = false) @Doc("Only this value, the whole of it") @Nullable String value,
            @RequestParam(required = false) @Doc("Only values that begin like this") @Nullable String prefix,
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false) @Doc("Only these: receive or send") @Nullable String direction,
            @RequestParam(required = false) @Doc("Only successes, or only what is none") @Nullable Boolean success,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        Direction way = Refusal.constant(Direction.class, "direction", direction);
        try {
            Tracked.Slice found = tracked.find(
                    new Tracked.Query(entity, value, prefix, flow, way, success, after, Page.limit(limit)));
            return new Page<>(found.data().stream().map(SightingView::of).toList(), found.next());
        } catch (IllegalArgumentException e) {
            throw Refusal.after(after);
        }
    }
}
