package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Environments;
import io.patchbay.route.Pauses;
import io.patchbay.route.Versions;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Environments: which there are, how they differ, and how flows come into them. */
@RestController
@RequestMapping("/api/v1")
@Doc("Environments: flows with other instances, stores and values; how they differ, deploying and promoting")
final class EnvironmentsResource {

    private static final int LONGEST = 1_000;

    /** What would be done is not what was shown. */
    private static final String PLAN_CHANGED = "PLAN_CHANGED";

    private final Environments environments;
    private final Pauses pauses;
    private final InstanceCalls secrets;

    EnvironmentsResource(Environments environments, Pauses pauses, InstanceCalls secrets) {
        this.environments = environments;
        this.pauses = pauses;
        this.secrets = secrets;
    }

    @GetMapping(path = "/environments", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All environments with their flows, by id")
    @Answers
    Page<EnvironmentView> list() {
        return Page.all(environments.list().stream()
                .map(view -> EnvironmentView.of(view, pauses, secrets::redacted))
                .toList());
    }

    @GetMapping(path = "/environments/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("An environment with its flows")
    @Answers(problems = 404)
    EnvironmentView one(@PathVariable String id) {
        Environments.View view = environments
                .environment(id)
                .orElseThrow(() -> Refusal.notFound(
                        "environment",
                        id,
                        environments.list().stream()
                                .map(known -> known.environment().id())
                                .toList()));
        return EnvironmentView.of(view, pauses, secrets::redacted);
    }

    @GetMapping(path = "/packages", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All packages of flows, by id")
    @Answers
    Page<PackageView> packages() {
        return Page.all(environments.packages().stream().map(PackageView::of).toList());
    }

    @GetMapping(path = "/environments/{from}/diff/{to}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc(
            "How two environments differ: what they replace otherwise, and how the versions that run differ before names are replaced."
                    + " `base` means the flows that are in no environment. Secrets that the program knows are replaced by ***")
    @Answers(problems = 404)
    EnvironmentDiffView diff(@PathVariable String from, @PathVariable String to) {
        return EnvironmentDiffView.of(allowed(() -> environments.diff(from, to)), secrets::redacted);
    }

    @GetMapping(path = "/environments/{id}/plan", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc(
            "What deploying would do: which versions would run, what speaks against it, which credentials are missing, and what the flows"
                    + " have in common with flows outside. Nothing is changed")
    @Answers(problems = {404, 409})
    EnvironmentPlanView plan(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc(
                            "The environment whose running versions are taken, or `base`; what files say now is taken unless given")
                    @Nullable
                    String from,
            @RequestParam(required = false)
                    @Doc("Ids of flows, with commas between; all of the environment unless given")
                    @Nullable
                    String flow,
            @RequestParam(name = "package", required = false) @Doc("A package of flows") @Nullable String pack) {
        Environments.Wanted wanted = wanted(id, from, flow, pack);
        return EnvironmentPlanView.of(allowed(() -> environments.plan(wanted)), secrets::redacted);
    }

    @PostMapping(path = "/environments/{id}/deploy", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc(
            "Has flows of the environment run: what files say now, or with `from` what runs in another environment (a promotion). All or"
                    + " none of them: 409 names all that speaks against it, missing credentials among it, and nothing is changed then. With the"
                    + " id of a plan as `plan`, or its `ETag` as `If-Match`: 412 when something else would be done by now")
    @Answers(problems = {404, 409, 412})
    EnvironmentPlanView deploy(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc(
                            "The environment whose running versions are taken, or `base`; what files say now is taken unless given")
                    @Nullable
                    String from,
            @RequestParam(required = false)
                    @Doc("Ids of flows, with commas between; all of the environment unless given")
                    @Nullable
                    String flow,
            @RequestParam(name = "package", required = false) @Doc("A package of flows") @Nullable String pack,
            @RequestParam(required = false) @Doc("What it is about, at most 1000 characters") @Nullable String note,
            @RequestParam(required = false)
                    @Doc("The id of the plan that it must still be, as a GET of the plan gave it")
                    @Nullable
                    String plan,
            Precondition before,
            @AuthenticationPrincipal Actor who) {
        if (note != null && note.length() > LONGEST) {
            throw Refusal.badRequest("note has at most " + LONGEST + " characters.");
        }
        Environments.Wanted wanted = wanted(id, from, flow, pack);
        return EnvironmentPlanView.of(
                allowed(() -> environments.deploy(wanted, now -> check(now, plan, before), who.name(), note)),
                secrets::redacted);
    }

    /** Lets the caller go on when they saw this plan, or want any. */
    private void check(Environments.Plan now, @Nullable String seen, Precondition before) {
        boolean same = seen == null || seen.equals(now.id());
        if (!same || !before.holds(EnvironmentPlanView.of(now, secrets::redacted))) {
            throw Refusal.of(
                    HttpStatus.PRECONDITION_FAILED,
                    PLAN_CHANGED,
                    "Nothing was changed: files, or what runs, changed since the plan was made, so something else would be done now, by"
                            + " plan " + now.id() + ". Look at that, and decide anew.");
        }
    }

    private static Environments.Wanted wanted(
            String id, @Nullable String from, @Nullable String flow, @Nullable String pack) {
        List<String> flows = Stream.ofNullable(flow)
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        return new Environments.Wanted(id, from, flows, pack);
    }

    private <T> T allowed(Supplier<T> what) {
        try {
            return what.get();
        } catch (Versions.Refused e) {
            throw Refusal.refused(e.unknown(), secrets.redacted(String.valueOf(e.getMessage())));
        }
    }
}
