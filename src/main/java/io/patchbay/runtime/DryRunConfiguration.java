package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.home.Home;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.RunServices;
import io.patchbay.secret.Secrets;
import io.patchbay.trial.dry.DryConnections;
import io.patchbay.trial.dry.DryRunsProperties;
import io.patchbay.trial.dry.DrySystems;
import io.patchbay.trial.dry.LiveDryRuns;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Lets deployed flows run without changing anything. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DryRunsProperties.class)
class DryRunConfiguration {

    @Bean
    DrySystems drySystems(
            ConnectorConfiguration.CurrentCatalog catalog,
            Home home,
            Clock clock,
            Secrets secrets,
            ScheduledExecutorService runTimer,
            DryRunsProperties settings) {
        return new DrySystems(catalog::get, home.root(), clock, secrets.redactor(), runTimer, settings);
    }

    @Bean(destroyMethod = "close")
    LiveDryRuns dryRuns(
            FlowDeployer deployer,
            RunServices services,
            DrySystems systems,
            ConnectorComponent connectors,
            PlainCamel plainCamel,
            DryRunsProperties settings) {
        return new LiveDryRuns(
                new LiveDryRuns.Parts(
                        deployer,
                        services,
                        systems,
                        new DryConnections(connectors, systems),
                        () -> Map.of("steps", plainCamel.component())),
                settings);
    }

    @Bean
    ApplicationListener<ContextClosedEvent> dryRunsEnd(LiveDryRuns runs) {
        return event -> runs.end();
    }
}
