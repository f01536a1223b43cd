package io.patchbay.run.pool;

import io.patchbay.runtime.OfferedService;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.store.Store;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens data pools on the store. */
@Configuration(proxyBeanMethods = false)
public class PoolConfiguration {

    @Bean(destroyMethod = "close")
    JdbcPools pools(Store store, Clock clock) {
        return new JdbcPools(store, clock);
    }

    /** Shapes ask for it. */
    @Bean
    OfferedService offeredPools(JdbcPools pools) {
        return new OfferedService(Pools.class, pools);
    }

    @Bean
    KeptPools keptPools(JdbcPools pools) {
        return pools.kept();
    }
}
