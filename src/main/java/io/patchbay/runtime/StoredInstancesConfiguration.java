package io.patchbay.runtime;

import io.patchbay.connector.CatalogReader;
import io.patchbay.home.Home;
import io.patchbay.runtime.ConnectorConfiguration.CurrentCatalog;
import io.patchbay.secret.KeyRotation;
import io.patchbay.secret.Seal;
import io.patchbay.secret.Sealed;
import io.patchbay.secret.Secrets;
import io.patchbay.store.Store;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what keeps instances that are made by the API. */
@Configuration(proxyBeanMethods = false)
class StoredInstancesConfiguration {

    @Bean
    InstanceRows instanceRows(Store store, Seal seal, Clock clock) {
        return new InstanceRows(store, seal, clock);
    }

    @Bean
    SealedTokens sealedTokens(Store store) {
        return new SealedTokens(store);
    }

    @Bean
    KeyRotation keyRotation(Seal seal, ObjectProvider<Sealed> tables) {
        return new KeyRotation(seal, tables.orderedStream().toList());
    }

    @Bean
    StoredInstances storedInstances(
            InstanceRows rows, Home home, CurrentCatalog catalog, Secrets secrets, Generations generations) {
        return new StoredInstances(
                rows, new CatalogReader(home.root()), catalog::get, secrets.redactor(), generations::again);
    }

    @Bean(destroyMethod = "close")
    StorePoll instancePoll(
            Store store, Generations generations, ScheduledExecutorService runTimer, ExecutorService runWorkers) {
        return StorePoll.of(store, "stored instances", generations::again, runTimer, runWorkers);
    }
}
