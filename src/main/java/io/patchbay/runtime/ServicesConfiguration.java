package io.patchbay.runtime;

import io.patchbay.route.Environments;
import io.patchbay.route.Flows;
import io.patchbay.route.PlacedService;
import io.patchbay.service.Services;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.ServiceReport;
import io.patchbay.service.report.SweepTimes;
import io.patchbay.store.Store;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Knows the services, reports of their items, and tries these again. */
@Configuration(proxyBeanMethods = false)
class ServicesConfiguration {

    @Bean
    Services services() {
        return new Services();
    }

    @Bean
    ServiceReport serviceReport(Store store) {
        return new ServiceReport(store);
    }

    /** Under the flow as it is now: who sends an item again has mended something, or hopes for another answer. */
    @Bean
    Resync resync(ServiceReport report, Flows flows) {
        return new Resync(report, id -> flows.replay(id, new Flows.Replay(null, true, null)));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ServiceSweeps serviceSweeps(
            Services services, Environments environments, Flows flows, Resync resync, Store store, Clock clock) {
        return new ServiceSweeps(
                () -> PlacedService.all(services, environments),
                flows,
                resync,
                new SweepTimes(store),
                clock,
                Executors.newSingleThreadScheduledExecutor(RuntimeConfiguration.named("patchbay-sweeps-")));
    }
}
