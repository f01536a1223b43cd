package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import io.patchbay.queue.StartLists;
import java.util.List;
import java.util.Locale;
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

/** The start queue: what waits, what runs, and what was put aside because the program died of it. */
@RestController
@RequestMapping(path = "/api/v1/starts", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Starts whose run has not ended: those that wait, or with `state` those that are claimed by a run or quarantined")
final class StartsResource {

    private final StartLists starts;

    StartsResource(StartLists starts) {
        this.starts = starts;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("Starts in one state, newest first")
    @Answers
    Page<StartView> list(
            @RequestParam(required = false) @Doc("Only this flow's") @Nullable String flow,
            @RequestParam(required = false)
                    @Doc("Those that are waiting, claimed or quarantined; waiting if not given")
                    @Nullable
                    String state,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        QueuedStart.State asked = Refusal.constant(QueuedStart.State.class, "state", state);
        int most = Page.limit(limit);
        List<StartView> found =
                starts
                        .list(flow, asked == null ? QueuedStart.State.WAITING : asked, Page.behind(after), most + 1)
                        .stream()
                        .map(StartView::of)
                        .toList();
        return found.size() <= most
                ? Page.all(found)
                : new Page<>(found.subList(0, most), found.get(most - 1).id());
    }

    @GetMapping("/{id}")
    @Needs(Permission.VIEW)
    @Doc("One start")
    @Answers(problems = 404)
    StartView one(@PathVariable String id) {
        return StartView.of(start(id));
    }

    @PostMapping("/{id}/release")
    @Needs(Permission.OPERATE)
    @Doc("Lets a quarantined start wait again, as if the program had never ended while it ran; it goes on where it was")
    @Answers(
            value = 202,
            problems = {404, 409})
    CompletableFuture<ResponseEntity<Started>> release(@PathVariable String id, Precondition before) {
        before.check(one(id));
        return starts.retry(id).thenApply(done -> {
            if (!done) {
                throw Refusal.conflict("Start " + Refusal.quoted(id) + " is " + word(start(id)) + ", not quarantined.");
            }
            return ResponseEntity.accepted().body(new Started(id));
        });
    }

    @PostMapping("/{id}/priority")
    @Needs(Permission.OPERATE)
    @Doc(
            "Gives a start that waits another priority, as if it had come with it: it goes before starts of its flow that are less urgent"
                    + " and came less than a step of `patchbay.queue.ageing` before it, and its flow's turn comes accordingly")
    @Answers(problems = {404, 409})
    CompletableFuture<StartView> prioritise(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("highest, high, regular, low or lowest") @Nullable String priority,
            Precondition before) {
        Priority asked = Refusal.constant(Priority.class, "priority", priority);
        if (asked == null) {
            throw Refusal.badRequest("Say which: priority=highest, high, regular, low or lowest.");
        }
        before.check(one(id));
        return starts.prioritise(id, asked).thenApply(done -> {
            if (!done) {
                throw Refusal.conflict(
                        "Start " + Refusal.quoted(id) + " is " + word(start(id)) + ", it does not wait.");
            }
            return StartView.of(start(id));
        });
    }

    @PostMapping("/{id}/discard")
    @Needs(Permission.OPERATE)
    @Doc("Deletes a start that waits or is quarantined, with its payload")
    @Answers(problems = {404, 409})
    CompletableFuture<StartView> discard(@PathVariable String id, Precondition before) {
        QueuedStart start = start(id);
        before.check(StartView.of(start));
        return starts.discard(id).thenApply(done -> {
            if (!done) {
                throw Refusal.conflict("Start " + Refusal.quoted(id) + " is " + word(start(id)) + "; stop its run.");
            }
            return StartView.of(start);
        });
    }

    private QueuedStart start(String id) {
        return starts.find(id).orElseThrow(() -> Refusal.notFound("start", id));
    }

    private static String word(QueuedStart start) {
        return start.state().name().toLowerCase(Locale.ROOT);
    }
}
