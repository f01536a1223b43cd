package io.patchbay.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.runtime.ConnectorConfiguration.CurrentCatalog;
import io.patchbay.secret.Secrets;
import io.patchbay.store.Store;
import io.patchbay.trigger.subscription.Calls;
import io.patchbay.trigger.subscription.Subscriptions;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Events that systems are asked for, over the connections that flows use. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

    @Bean(destroyMethod = "close")
    Subscriptions subscriptions(
            CurrentCatalog catalog,
            Secrets secrets,
            CamelContext camel,
            Store store,
            PatchbayProperties settings,
            Clock clock) {
        return new Subscriptions(new Subscriptions.Parts(
                catalog::get,
                new CatalogEvents(catalog::get, secrets),
                new ByInstances(camel),
                store.database().dataSource(),
                settings.publicUrl(),
                clock));
    }

    /** Camel is asked for the component at each call, because it starts it with its first use. */
    private record ByInstances(CamelContext camel) implements Calls {
        @Override
        public JsonNode call(String instance, String endpoint, Map<String, JsonNode> with, String id)
                throws StepException {
            InstanceCalls calls =
                    new InstanceCalls(camel.getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
            InstanceCalls.Outcome outcome = calls.call(instance, endpoint, with, id, null);
            StepException failure = outcome.failure();
            if (failure != null) {
                throw new StepException(
                        failure.owner(), failure.code(), calls.redacted(String.valueOf(failure.getMessage())));
            }
            return outcome.answer() == null
                    ? Json.NODES.missingNode()
                    : outcome.answer().tree();
        }
    }
}
