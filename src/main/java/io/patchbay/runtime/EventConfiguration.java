package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.home.Home;
import io.patchbay.store.Store;
import io.patchbay.trigger.event.AsideMessages;
import io.patchbay.trigger.event.Events;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts by messages of brokers, over the instances that flows use. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    @Bean
    AsideMessages asideMessages(Home home) {
        return new AsideMessages(home.data().resolve("aside"));
    }

    /** Camel is asked for the component at each use, because it starts it with its first one. */
    @Bean(destroyMethod = "close")
    Events events(CamelContext camel, QueuedStarts starts, Store store, Home home, Clock clock) {
        return new Events(new Events.Parts(
                instance -> camel.getComponent(ConnectorComponent.NAME, ConnectorComponent.class)
                        .broker(instance),
                starts,
                new StoredContent(store),
                store.database().dataSource(),
                home.data().resolve("aside"),
                clock));
    }
}
