package io.patchbay.api;

import io.patchbay.blueprint.InstallJobs;
import io.patchbay.blueprint.Installer;
import io.patchbay.blueprint.Plan;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Blueprints: seen, planned, installed, upgraded and removed in the home folder of this program. */
@RestController
@RequestMapping("/api/v1/blueprints")
@Doc("Blueprints: what there is, what an install would do, installs, upgrades and removals")
final class BlueprintsResource {

    private final Installer installer;
    private final InstanceCalls secrets;

    BlueprintsResource(Installer installer, InstanceCalls secrets) {
        this.installer = installer;
        this.secrets = secrets;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All blueprints: those of the home folder, those that are shipped and those of catalogues, with what was"
            + " installed of them. Catalogues are fetched when what is kept of them is older than an hour")
    @Answers(problems = 409)
    BlueprintsView list() {
        return allowed(() -> BlueprintsView.of(installer.list()));
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("One blueprint: what it does, needs, asks and may reach")
    @Answers(problems = {404, 409})
    BlueprintWholeView one(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("The catalogue that has it") @Nullable String catalogue) {
        return allowed(() -> BlueprintWholeView.of(installer.show(id, catalogue)));
    }

    @GetMapping(
            path = "/{id}/picture",
            produces = {"image/svg+xml", "image/png"})
    @Needs(Permission.VIEW)
    @Doc("The picture of a blueprint, for an img: nothing in it runs")
    @Answers(problems = {404, 409})
    ResponseEntity<byte[]> picture(
            @PathVariable String id,
            @RequestParam(required = false) @Doc("The catalogue that has it") @Nullable String catalogue) {
        Installer.Picture picture = allowed(() -> installer.picture(id, catalogue))
                .orElseThrow(() -> Refusal.notFound("picture of blueprint", id));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.type()))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"picture\"")
                .body(picture.content());
    }

    @PostMapping(
            path = "/{id}/plan",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Says what an install would do; changes nothing")
    @Answers(problems = {404, 409})
    InstallPlanView plan(@PathVariable String id, @RequestBody byte[] request) {
        return planned(Plan.Verb.INSTALL, id, request);
    }

    @PostMapping(
            path = "/{id}/install",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Begins an install: it is tried on a copy, its tests run, then its files are written, all or none. Its"
            + " flows are drafts. One goes on at a time")
    @Answers(
            value = 202,
            problems = {404, 409})
    ResponseEntity<InstallJobView> install(@PathVariable String id, @RequestBody byte[] request) {
        return begun(Plan.Verb.INSTALL, id, request);
    }

    @PostMapping(
            path = "/installs/{name}/plan-upgrade",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Says what an upgrade to the version that there is now would do; changes nothing")
    @Answers(problems = {404, 409})
    InstallPlanView planUpgrade(@PathVariable String name, @RequestBody byte[] request) {
        return planned(Plan.Verb.UPGRADE, name, request);
    }

    @PostMapping(
            path = "/installs/{name}/upgrade",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Begins an upgrade to the version that there is now; what was changed here stays")
    @Answers(
            value = 202,
            problems = {404, 409})
    ResponseEntity<InstallJobView> upgrade(@PathVariable String name, @RequestBody byte[] request) {
        return begun(Plan.Verb.UPGRADE, name, request);
    }

    @PostMapping(
            path = "/installs/{name}/plan-removal",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Says what a removal would take out; changes nothing")
    @Answers(problems = {404, 409})
    InstallPlanView planRemoval(@PathVariable String name, @RequestBody byte[] request) {
        return planned(Plan.Verb.REMOVE, name, request);
    }

    @PostMapping(
            path = "/installs/{name}/remove",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Begins a removal of what an install brought, as far as nothing else uses it and nobody changed it")
    @Answers(
            value = 202,
            problems = {404, 409})
    ResponseEntity<InstallJobView> remove(@PathVariable String name, @RequestBody byte[] request) {
        return begun(Plan.Verb.REMOVE, name, request);
    }

    @GetMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("The last 100 installs, upgrades and removals that this process was asked for, newest first")
    @Answers
    Page<InstallJobView> jobs() {
        return Page.all(installer.jobs().all().stream().map(this::view).toList());
    }

    @GetMapping(path = "/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("How an install, upgrade or removal stands")
    @Answers(problems = 404)
    InstallJobView job(@PathVariable String id) {
        return installer.jobs().find(id).map(this::view).orElseThrow(() -> Refusal.notFound("job", id));
    }

    private InstallJobView view(InstallJobs.Job job) {
        return InstallJobView.of(job, secrets::redacted);
    }

    private InstallPlanView planned(Plan.Verb verb, String of, byte[] request) {
        Installer.Ask ask = InstallRequest.read(request).ask(verb, of);
        return allowed(() -> InstallPlanView.of(installer.plan(ask), secrets::redacted));
    }

    private ResponseEntity<InstallJobView> begun(Plan.Verb verb, String of, byte[] request) {
        Installer.Ask ask = InstallRequest.read(request).ask(verb, of);
        InstallJobs.Job job;
        try {
            job = allowed(() -> installer.begin(ask));
        } catch (InstallJobs.BusyException e) {
            throw Refusal.conflict(Refusal.sentence(String.valueOf(e.getMessage())));
        }
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/blueprints/jobs/" + job.id()))
                .body(view(job));
    }

    private <T> T allowed(HomeWork<T> work) {
        return HomeWork.allowed(work, secrets::redacted);
    }
}
