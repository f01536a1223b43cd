package io.patchbay.run.tracked;

import io.patchbay.runtime.OfferedService;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.store.Store;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens what was tracked on the store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrackedProperties.class)
public class TrackedConfiguration {

    @Bean(destroyMethod = "close")
    JdbcTracked tracked(Store store, TrackedProperties bounds, Clock clock) {
        return new JdbcTracked(store, bounds, clock);
    }

    /** Shapes ask for it. */
    @Bean
    OfferedService offeredTracked(JdbcTracked tracked) {
        return new OfferedService(Tracked.class, tracked);
    }
}
