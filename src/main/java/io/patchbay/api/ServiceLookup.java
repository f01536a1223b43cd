package io.patchbay.api;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.environment.Environment;
import io.patchbay.route.Environments;
import io.patchbay.route.PlacedService;
import io.patchbay.service.ServiceDestination;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Services;
import io.patchbay.service.report.Reported;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds services, and what their destinations are. */
@Component
final class ServiceLookup {

    private final Services services;
    private final Environments environments;
    private final InstanceCalls calls;

    ServiceLookup(Services services, Environments environments, InstanceCalls calls) {
        this.services = services;
        this.environments = environments;
        this.calls = calls;
    }

    Services all() {
        return services;
    }

    Service one(String id) {
        return services.find(id)
                .orElseThrow(() -> Refusal.notFound(
                        "service",
                        id,
                        services.list().stream()
                                .map(one -> one.file().service())
                                .toList()));
    }

    /** A service in all its places. */
    List<PlacedService> places(Service service) {
        return PlacedService.all(service, environments.files());
    }

    /** A service, or with {@code NAME@ENVIRONMENT} the same in an environment. */
    PlacedService placed(String id) {
        if (Environment.of(id) == null) {
            return new PlacedService(one(id), null);
        }
        return services.find(Environment.base(id)).stream()
                .flatMap(service -> places(service).stream())
                .filter(place -> place.flow().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "service",
                        id,
                        services.list().stream()
                                .flatMap(service -> places(service).stream())
                                .map(PlacedService::flow)
                                .toList()));
    }

    /** What is reported of a service. */
    Reported reported(String id) {
        PlacedService placed = placed(id);
        return new Reported(placed.flow(), placed.file(), confirms(placed));
    }

    /** Whether the destination says what it took: a file, a mail or a message that is there is not yet read by anybody. */
    boolean confirms(PlacedService service) {
        ServiceDestination to = service.file().destination();
        Instance instance = calls.catalog().instance(service.destination());
        Endpoint endpoint = instance == null
                ? null
                : instance.connector().endpoint(to.endpoint(service.file().entity()));
        return endpoint == null
                || !(endpoint.call() instanceof Endpoint.FileCall
                        || endpoint.call() instanceof Endpoint.MailCall
                        || endpoint.call() instanceof Endpoint.QueueCall);
    }
}
