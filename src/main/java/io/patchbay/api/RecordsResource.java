package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.service.EntityEndpoints;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which records an instance lists and takes: what a new service can be made of. */
@RestController
@RequestMapping(path = "/api/v1/instances/{name}/records", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Records of instances: what a service can send from one to another")
final class RecordsResource {

    private final InstanceCalls calls;

    RecordsResource(InstanceCalls calls) {
        this.calls = calls;
    }

    /** What an instance lists and takes. */
    @Doc("Which records an instance lists, and the endpoints that list and take those of a kind, the usual ones first")
    record RecordsView(
            @Doc("Kinds of records that it lists, like orders")
            List<String> entities,

            List<RecordEndpointView> lists,
            List<RecordEndpointView> sends) {}

    /** An endpoint. */
    @Doc("An endpoint that lists or takes records")
    record RecordEndpointView(
            String id, @Doc("Inputs that must have a value") List<String> needs) {}

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("Which records an instance lists, and which of its endpoints list and take them")
    @Answers(problems = 404)
    RecordsView show(
            @PathVariable String name,
            @RequestParam(required = false)
                    @Doc("The kind of records, like orders; all endpoints unless given")
                    @Nullable
                    String entity) {
        Instance instance = calls.catalog().instance(name);
        if (instance == null) {
            throw Refusal.notFound("instance", name, calls.catalog().instanceNames());
        }
        EntityEndpoints endpoints = new EntityEndpoints(instance.connector());
        String kind = entity == null ? "" : entity;
        return new RecordsView(
                endpoints.entities(),
                of(instance.connector(), endpoints.lists(kind)),
                of(instance.connector(), endpoints.sends(kind)));
    }

    private static List<RecordEndpointView> of(Connector connector, List<String> ids) {
        return ids.stream()
                .map(connector::endpoint)
                .filter(Objects::nonNull)
                .map(endpoint -> new RecordEndpointView(endpoint.id(), needs(endpoint)))
                .toList();
    }

    private static List<String> needs(Endpoint endpoint) {
        return endpoint.config().inputs().entrySet().stream()
                .filter(one -> one.getValue().fallback() == null
                        && !Boolean.FALSE.equals(one.getValue().required()))
                .map(one -> one.getKey())
                .toList();
    }
}
