package io.patchbay.run.counts;

import io.patchbay.store.Store;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens counts of runs on the store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CountsProperties.class)
public class CountsConfiguration {

    /** Told of each run that ends, because it is a listener. */
    @Bean(destroyMethod = "close")
    JdbcRunCounts runCounts(Store store, CountsProperties bounds, Clock clock) {
        return new JdbcRunCounts(store, bounds, clock);
    }
}
