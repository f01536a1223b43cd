package io.patchbay.api;

import io.patchbay.blueprint.EditedHome;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import io.patchbay.service.ServiceDraft;
import io.patchbay.service.ServiceEdits;
import io.patchbay.service.ServiceReader.Service;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Files of services in the home folder of this program: made, copied, activated, deactivated and removed. The watched folder does the rest. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Files of services: made, copied, activated, removed; each tried on a copy of the home folder before")
final class ServiceFilesResource {

    private static final int LONGEST = 200;

    private final ServiceLookup services;
    private final Flows flows;
    private final EditedHome home;
    private final InstanceCalls secrets;

    ServiceFilesResource(ServiceLookup services, Flows flows, EditedHome home, InstanceCalls secrets) {
        this.services = services;
        this.flows = flows;
        this.home = home;
        this.secrets = secrets;
    }

    /** What is done to the folder. */
    @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("The file that a new service would have, and what is wrong with it; changes nothing")
    @Answers(problems = 409)
    ServiceFileView preview(@RequestBody byte[] request) {
        ServiceDraft draft = ServiceRequest.read(request);
        free(draft.name());
        String path = ServiceEdits.place(draft.name());
        String text = draft.text();
        List<String> wrong = allowed(() -> home.tried(path, text));
        return new ServiceFileView(
                draft.name(), path, text, wrong.stream().map(secrets::redacted).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.INSTALL)
    @Doc("Makes a service: writes its file, when it has no errors. It is taken as any file of the folder, within a"
            + " second")
    @Answers(value = 201, problems = 409)
    ResponseEntity<ServiceFileView> create(@RequestBody byte[] request) {
        ServiceDraft draft = ServiceRequest.read(request);
        return made(draft.name(), ServiceEdits.place(draft.name()), draft.text());
    }

    @PostMapping("/{id}/clone")
    @Needs(value = Permission.INSTALL, flow = FlowIn.PATH)
    @Doc("Makes another service like one, which is not active; its file lies beside that of the one")
    @Answers(
            value = 201,
            problems = {404, 409})
    ResponseEntity<ServiceFileView> copy(
            @PathVariable String id,
            @RequestParam @Doc("Name of the new one") String name,
            @RequestParam(required = false)
                    @Doc("What people call it; the one's name with a mark unless given")
                    @Nullable
                    String title) {
        Service service = services.one(id);
        ServiceRequest.named(name);
        if (title != null && title.length() > LONGEST) {
            throw Refusal.badRequest("title has at most " + LONGEST + " characters.");
        }
        return made(name, ServiceEdits.beside(service, name), whole(service, ServiceEdits.copy(service, name, title)));
    }

    @PostMapping("/{id}/activate")
    @Needs(value = Permission.INSTALL, flow = FlowIn.PATH)
    @Doc("Writes `status: active` into a service's file, and leaves all else in it to the letter")
    @Answers(problems = {404, 409})
    ServiceFileView activate(@PathVariable String id) {
        return status(id, true);
    }

    @PostMapping("/{id}/deactivate")
    @Needs(value = Permission.INSTALL, flow = FlowIn.PATH)
    @Doc("Writes `status: inactive` into a service's file: its triggers start it no more")
    @Answers(problems = {404, 409})
    ServiceFileView deactivate(@PathVariable String id) {
        return status(id, false);
    }

    @DeleteMapping("/{id}")
    @Needs(value = Permission.INSTALL, flow = FlowIn.PATH)
    @Doc(
            "Takes a service's file out of the home folder, with its tests, when nothing else needs it. What it did, its versions and its"
                    + " failed payloads stay")
    @Answers(problems = {404, 409})
    RemovedServiceView remove(
            @PathVariable String id,
            @RequestParam(required = false)
                    @Doc(
                            "Whether it goes also while a run of it goes on, which ends as it began, or starts of it wait, which are held")
                    @Nullable
                    Boolean force) {
        Service service = services.one(id);
        if (!Boolean.TRUE.equals(force)) {
            flows.flow(id).ifPresent(flow -> idle(id, flow));
        }
        List<String> files = allowed(() -> home.remove(service.path(), service.text(), id));
        return new RemovedServiceView(id, files, service.text());
    }

    private static void idle(String id, Flows.View flow) {
        if (flow.running() > 0 || flow.queued() > 0) {
            throw Refusal.conflict("Service " + Refusal.quoted(id) + " has " + flow.running() + " running and "
                    + flow.queued() + " waiting runs: deactivate it and wait for them, or say force=true (--force).");
        }
    }

    private ServiceFileView status(String id, boolean active) {
        Service service = services.one(id);
        String text = whole(service, ServiceEdits.status(service, active));
        allowed(() -> {
            home.change(service.path(), service.text(), text);
            return true;
        });
        return new ServiceFileView(id, service.path(), text, List.of());
    }

    private ResponseEntity<ServiceFileView> made(String name, String path, String text) {
        free(name);
        allowed(() -> {
            home.make(path, text);
            return true;
        });
        return ResponseEntity.created(URI.create("/api/v1/services/" + name))
                .body(new ServiceFileView(name, path, text, List.of()));
    }

    private void free(String name) {
        if (services.all().find(name).isPresent() || flows.flow(name).isPresent()) {
            throw Refusal.conflict(
                    "There is a service or a flow " + Refusal.quoted(name) + " already: take another name.");
        }
    }

    private static String whole(Service service, Optional<String> text) {
        return text.orElseThrow(() -> Refusal.conflict(
                service.path() + " is written in a way that cannot be changed here; change it by hand."));
    }

    private <T> T allowed(HomeWork<T> work) {
        return HomeWork.allowed(work, secrets::redacted);
    }
}
