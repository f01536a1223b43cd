package io.patchbay.queue;

import io.patchbay.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the start queue on the store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueProperties.class)
public class QueueConfiguration {

    @Bean(destroyMethod = "close")
    TableQueue startQueue(Store store, QueueProperties bounds, Clock clock) throws SQLException {
        return new TableQueue(store, bounds, clock);
    }

    @Bean
    StartLists startLists(TableQueue queue) {
        return queue.lists();
    }
}
