package io.patchbay.api;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.service.ServiceDestination;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Services;
import org.springframework.stereotype.Component;

/** Finds services, and what their destinations are. */
@Component
final class ServiceLookup {

    private final Services services;
    private final InstanceCalls calls;

    ServiceLookup(Services services, InstanceCalls calls) {
        this.services = services;
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

    /** Whether the destination says what it took: a file, a mail or a message that is there is not yet read by anybody. */
    boolean confirms(ServiceFile service) {
        ServiceDestination to = service.destination();
        Instance instance = calls.catalog().instance(to.instance());
        Endpoint endpoint = instance == null ? null : instance.connector().endpoint(to.endpoint(service.entity()));
        return endpoint == null
                || !(endpoint.call() instanceof Endpoint.FileCall
                        || endpoint.call() instanceof Endpoint.MailCall
                        || endpoint.call() instanceof Endpoint.QueueCall);
    }
}
