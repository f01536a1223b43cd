package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.contract.Contracts;
import io.patchbay.runtime.ConnectorConfiguration.CurrentCatalog;
import io.patchbay.store.Store;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Watches whether systems still answer as their connectors were made for. */
@Configuration(proxyBeanMethods = false)
class ContractConfiguration {

    /** Camel is asked for the component at each look, because it starts it with its first use. */
    @Bean(destroyMethod = "close")
    Contracts contracts(CurrentCatalog catalog, ObjectProvider<CamelContext> camel, Store store, Clock clock) {
        return new Contracts(
                catalog::get,
                () -> new InstanceCalls(
                        camel.getObject().getComponent(ConnectorComponent.NAME, ConnectorComponent.class)),
                store.database().dataSource(),
                clock);
    }
}
