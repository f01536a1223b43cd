package io.patchbay.runtime;

import io.patchbay.route.FlowDeployer;
import io.patchbay.run.jdbc.JdbcWaits;
import io.patchbay.secret.Secrets;
import io.patchbay.shape.wait.Waits;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Keeps payloads that wait, and lets them go on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WaitsProperties.class)
class WaitsConfiguration {

    @Bean
    LiveWaits liveWaits(
            JdbcWaits rows,
            QueuedStarts starts,
            ObjectProvider<FlowDeployer> deployer,
            WaitsProperties settings,
            Secrets secrets,
            Clock clock) {
        return new LiveWaits(
                rows, starts, SingletonSupplier.of(deployer::getObject), settings, clock, secrets.redactor()::redact);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    WaitsTick waitsTick(LiveWaits waits, Clock clock) {
        return new WaitsTick(
                waits,
                clock,
                Executors.newSingleThreadScheduledExecutor(RuntimeConfiguration.named("patchbay-waits-")));
    }

    /** Shapes ask for it. */
    @Bean
    OfferedService offeredWaits(LiveWaits waits) {
        return new OfferedService(Waits.class, waits);
    }
}
