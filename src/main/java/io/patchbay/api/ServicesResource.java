package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.FlowIn;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.route.Flows;
import io.patchbay.run.Variables;
import io.patchbay.service.ServiceFlow;
import io.patchbay.service.ServiceReader.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Services: listed, shown, run otherwise than usual. All else that can be done with one is done with the flow of its name. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Services: records of one kind from one system to another; each is the flow of its name, too")
final class ServicesResource {

    private static final String WITH = "with.";
    private static final int MOST_ITEMS = 1_000;

    private final ServiceLookup services;
    private final Flows flows;
    private final InstanceCalls secrets;

    ServicesResource(ServiceLookup services, Flows flows, InstanceCalls secrets) {
        this.services = services;
        this.flows = flows;
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
                .map(this::view)
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
        return view(services.one(id));
    }

    @GetMapping("/{id}/flow")
    @Needs(value = Permission.VIEW, flow = FlowIn.PATH)
    @Doc("The text of the flow that a service becomes; secrets that the program knows are replaced by ***")
    @Answers(problems = 404)
    ServiceFlowView flow(@PathVariable String id) {
        Service service = services.one(id);
        return new ServiceFlowView(
                service.path(), secrets.redacted(service.flow().text()));
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
                    + " `unfiltered=true` goes past the filters; `with.NAME=VALUE` gives an input of the source's endpoint another value."
                    + " The start is on disk when this answers.")
    @Answers(
            value = 202,
            problems = {404, 409, 429, 503})
    @OwnQuery
    CompletableFuture<ResponseEntity<Started>> run(@PathVariable String id, HttpServletRequest request) {
        Service service = services.one(id);
        if (flows.flow(id).filter(flow -> flow.revision() != null).isEmpty()) {
            throw Refusal.conflict("No version of service " + Refusal.quoted(id) + " was ever right.");
        }
        return flows.start(id, "api", Body.EMPTY, variables(service, request.getQueryString()))
                .thenApply(run -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/runs/" + run))
                        .body(new Started(run)));
    }

    private static Map<String, String> variables(Service service, @Nullable String query) {
        ArrayNode only = Json.NODES.arrayNode();
        ObjectNode with = Json.NODES.objectNode();
        service.flow().constants().forEach(with::set);
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = KnownParameters.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : KnownParameters.decoded(pair.substring(equals + 1));
            if (name.equals("only") && !value.isEmpty()) {
                only.add(value);
            } else if (name.equals("unfiltered") && (value.equals("true") || value.equals("false"))) {
                all.put("var." + ServiceFlow.UNFILTERED, value);
            } else if (name.startsWith(WITH)) {
                input(service, with, name.substring(WITH.length()), value);
            } else if (!name.isEmpty()) {
                throw Refusal.badRequest(
                        "Parameter " + Refusal.quoted(name)
                                + " is none of a service's run: there are only=REFERENCE, unfiltered=true and with.NAME=VALUE.");
            }
        }
        if (only.size() > MOST_ITEMS) {
            throw Refusal.badRequest("A run is for " + MOST_ITEMS + " items at most, found " + only.size() + ".");
        }
        all.put("var." + ServiceFlow.ONLY, only.toString());
        all.put("var." + ServiceFlow.WITH, with.toString());
        return all;
    }

    /** Only what the file gives a value can have another one: a slip in its name would else ask for everything. */
    private static void input(Service service, ObjectNode with, String name, String value) {
        if (!with.has(name)) {
            String there = with.isEmpty()
                    ? "it gives none"
                    : "it gives " + String.join(", ", service.flow().constants().keySet());
            throw Refusal.badRequest("The service gives no input " + Refusal.quoted(name)
                    + " a value that a run could change; " + there + ".");
        }
        JsonNode was = with.get(name);
        with.set(name, was.isTextual() ? Json.NODES.textNode(value) : Variables.typed(value));
    }

    private ServiceView view(Service service) {
        boolean enabled =
                flows.flow(service.file().service()).map(Flows.View::enabled).orElse(true);
        return ServiceView.of(service, enabled, services.confirms(service.file()));
    }
}
