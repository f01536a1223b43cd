package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.environment.Environment;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.route.PlacedService;
import io.patchbay.route.Versions;
import io.patchbay.service.OneRun;
import io.patchbay.service.ServiceFlow;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Services: listed, shown, run otherwise than usual. All else that can be done with one is done with the flow of its name. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Services: records of one kind from one system to another; each is the flow of its name, too")
final class ServicesResource {

    private final ServiceLookup services;
    private final Flows flows;
    private final Versions versions;
    private final InstanceCalls secrets;

    ServicesResource(ServiceLookup services, Flows flows, Versions versions, InstanceCalls secrets) {
        this.services = services;
        this.flows = flows;
        this.versions = versions;
        this.secrets = secrets;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("Services, by name")
    @Answers
    Page<ServiceView> list(
            @RequestParam(required = false) @Doc("Only those whose name, title or label holds this text") @Nullable
                    String q,
            @RequestParam(required = false) @Doc("Only those that send this, like orders") @Nullable String entity,
            @RequestParam(required = false) @Doc("Only those that read from this instance") @Nullable String source,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<ServiceView> found = services.all().list().stream()
                .filter(one -> entity == null || one.file().entity().equals(entity))
                .filter(one -> source == null || one.file().source().instance().equals(source))
                .map(one -> view(new PlacedService(one, null)))
                .filter(one -> q == null || holds(one, q))
                .toList();
        return Page.of(found, ServiceView::id, after, Page.limit(limit));
    }

    private static boolean holds(ServiceView one, String q) {
        String all = one.id() + "\n" + one.name() + "\n" + String.join("\n", one.labels());
        return all.toLowerCase(java.util.Locale.ROOT).contains(q.toLowerCase(java.util.Locale.ROOT));
    }

    @GetMapping("/{id}")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("One service")
    @Answers(problems = 404)
    ServiceView one(@PathVariable String id) {
        return view(services.placed(id));
    }

    @GetMapping("/{id}/flow")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("The text of the flow that a service becomes; secrets that the program knows are replaced by ***")
    @Answers(problems = 404)
    ServiceFlowView flow(@PathVariable String id) {
        PlacedService service = services.placed(id);
        return new ServiceFlowView(service.service().path(), secrets.redacted(service.text()));
    }

    /** The flow that a service becomes. */
    @Doc("The flow that a service becomes")
    record ServiceFlowView(
            @Doc("The service's file") String file,
            @Doc("Text of the flow") String text) {}

    @PostMapping("/{id}/run")
    @Needs(value = Permission.RUN, flow = FlowIn.PATH)
    @Doc(
            "Starts a service otherwise than usual: `only=REFERENCE`, once for each item, sends those alone and past the filters;"
                    + " `unfiltered=true` goes past the filters; `with.NAME=VALUE` gives an input of the source's endpoint another value;"
                    + " `pageSize`, `attempts` and `zone` stand in place of what its source says. The start is on disk when this answers.")
    @Answers(
            value = 202,
            problems = {404, 409, 429, 503})
    @OwnQuery
    CompletableFuture<ResponseEntity<Started>> run(
            @PathVariable String id, HttpServletRequest request, @AuthenticationPrincipal Actor who) {
        PlacedService service = services.placed(id);
        if (flows.flow(id).filter(flow -> flow.revision() != null).isEmpty()) {
            throw Refusal.conflict("No version of service " + Refusal.quoted(id) + " was ever right.");
        }
        String running = running(id);
        ServiceRunQuery query = ServiceRunQuery.of(ServiceFlow.constants(running), request.getQueryString());
        String revision = query.source().usual() ? null : revision(service, running, query.source(), who);
        return flows.start(id, "api", Body.EMPTY, query.variables(), revision)
                .thenApply(run -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/runs/" + run))
                        .body(new Started(run)));
    }

    /** What runs, which is what a run has something otherwise of: the file may say something else by now. */
    private String running(String flow) {
        try {
            return versions.text(flow, Versions.RUNNING).text();
        } catch (Versions.Refused e) {
            throw Refusal.conflict(secrets.redacted(String.valueOf(e.getMessage())));
        }
    }

    /** What such a run runs under. */
    private String revision(PlacedService service, String running, OneRun otherwise, Actor who) {
        String zone = service.file().source().zone();
        try {
            return versions.once(service.flow(), text -> otherwise.in(text, zone), who.name(), otherwise.note());
        } catch (IllegalArgumentException e) {
            String draft = running.equals(service.text())
                    ? ""
                    : ". The service's file says something else by now, which is not deployed";
            throw Refusal.badRequest(Refusal.sentence(e.getMessage() + draft));
        } catch (Versions.Refused e) {
            throw Refusal.conflict(secrets.redacted(String.valueOf(e.getMessage())));
        }
    }

    private ServiceView view(PlacedService service) {
        boolean enabled = flows.flow(service.flow()).map(Flows.View::enabled).orElse(true);
        List<String> environments = services.places(service.service()).stream()
                .flatMap(place -> Stream.ofNullable(place.environment()))
                .map(Environment::id)
                .toList();
        return ServiceView.of(service, environments, enabled, services.confirms(service));
    }
}
