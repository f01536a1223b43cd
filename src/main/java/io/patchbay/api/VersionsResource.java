package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import io.patchbay.route.Versions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of flows: which runs, how they differ, and how another one comes to run. */
@RestController
@RequestMapping("/api/v1/flows")
@Doc("Versions of flows: which runs and what the file says, how they differ, deploying and going back")
final class VersionsResource {

    private static final int LONGEST = 1_000;

    private final Versions versions;
    private final Flows flows;
    private final InstanceCalls secrets;
    private final Object changing = new Object();

    VersionsResource(Versions versions, Flows flows, InstanceCalls secrets) {
        this.flows = flows;
        this.versions = versions;
        this.secrets = secrets;
    }

    @GetMapping(path = "/{id}/version", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("Which version of a flow runs, and how its file stands to it")
    @Answers(problems = 404)
    VersionStateView version(@PathVariable String id) {
        return VersionStateView.of(versions.state(id).orElseThrow(() -> Refusal.notFound("flow", id)));
    }

    @GetMapping(path = "/{id}/revisions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("The versions of a flow that are kept, newest first: what a start may name, and a rollback may go to")
    @Answers(problems = 404)
    Page<RevisionView> revisions(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        String active =
                flows.flow(id).orElseThrow(() -> Refusal.notFound("flow", id)).revision();
        int most = Page.limit(limit);
        List<RevisionView> found = versions.list(id, below(after), most + 1).stream()
                .map(version -> RevisionView.of(version, active))
                .toList();
        return found.size() <= most
                ? Page.all(found)
                : new Page<>(
                        found.subList(0, most),
                        String.valueOf(found.get(most - 1).number()));
    }

    private static int below(@Nullable String after) {
        if (after != null && !after.matches("[0-9]{1,9}")) {
            throw Refusal.after(after);
        }
        return after == null ? Integer.MAX_VALUE : Integer.parseInt(after);
    }

    @GetMapping(path = "/{id}/revisions/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc(
            "What a version of a flow holds: its file and its scripts. The name is a number, a revision, `running` or `file`; secrets that"
                    + " the program knows are replaced by ***")
    @Answers(problems = {404, 409})
    VersionTextView text(@PathVariable String id, @PathVariable String name) {
        return VersionTextView.of(allowed(() -> versions.text(id, name)), secrets::redacted);
    }

    @GetMapping(path = "/{id}/revisions/{from}/diff/{to}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc(
            "How two versions of a flow differ, by what they mean and by their text. Each is a number, a revision, `running` for what"
                    + " runs, or `file` for what the file says now. Secrets that the program knows are replaced by ***")
    @Answers(problems = {404, 409})
    VersionDiffView diff(@PathVariable String id, @PathVariable String from, @PathVariable String to) {
        return VersionDiffView.of(allowed(() -> versions.diff(id, from, to)), secrets::redacted);
    }

    @PostMapping(path = "/{id}/deploy", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc(
            "Has what the flow's file says run: a draft, or the file after a rollback. 409 when it cannot run; then all is as it was")
    @Answers(problems = {404, 409})
    VersionDoneView deploy(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("What it is about, at most 1000 characters") @Nullable String note,
            Precondition before,
            @AuthenticationPrincipal Actor who) {
        checkNote(note);
        return changed(id, before, () -> versions.deploy(id, who.name(), note));
    }

    @PostMapping(path = "/{id}/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(value = Permission.OPERATE, flow = FlowIn.PATH)
    @Doc(
            "Has a kept version of the flow run until somebody deploys the flow again, whatever its file says. 409 when it cannot run"
                    + " with what there is now; then all is as it was. Runs that go on end under what they began with")
    @Answers(problems = {404, 409})
    VersionDoneView rollback(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc("Number or revision; the newest one before what runs that says something else, unless given")
                    @Nullable
                    String to,
            @RequestParam(required = false) @Doc("Why, at most 1000 characters") @Nullable String note,
            Precondition before,
            @AuthenticationPrincipal Actor who) {
        checkNote(note);
        return changed(id, before, () -> versions.rollback(id, to, who.name(), note));
    }

    /** One at a time: of two callers who saw the same state, the second is told. */
    private VersionDoneView changed(String id, Precondition before, Supplier<Versions.Done> change) {
        synchronized (changing) {
            if (before.given()) {
                before.check(version(id));
            }
            return done(allowed(change));
        }
    }

    private VersionDoneView done(Versions.Done done) {
        return VersionDoneView.of(done, secrets::redacted);
    }

    private static void checkNote(@Nullable String note) {
        if (note != null && note.length() > LONGEST) {
            throw Refusal.badRequest("note has at most " + LONGEST + " characters.");
        }
    }

    private <T> T allowed(Supplier<T> what) {
        try {
            return what.get();
        } catch (Versions.Refused e) {
            throw Refusal.refused(e.unknown(), secrets.redacted(String.valueOf(e.getMessage())));
        }
    }
}
