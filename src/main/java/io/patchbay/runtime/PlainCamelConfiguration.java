package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.route.plain.CamelRules;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.shape.camel.CamelRoutes;
import java.util.Map;
import org.apache.camel.Component;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the second Camel context, in which plain Camel routes live. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CamelProperties.class)
class PlainCamelConfiguration {

    @Bean(destroyMethod = "close")
    PlainCamel plainCamel(CamelProperties settings, RunsProperties runs, ConnectorComponent connectors) {
        return new PlainCamel(
                new CamelRules(settings.components(), settings.languages()),
                Map.of(ConnectorComponent.NAME, () -> new ConnectorComponent(connectors)),
                runs::environment,
                settings.drain());
    }

    /** How compiled flows reach the steps of their camel shapes. */
    @Bean("steps-component")
    Component stepsComponent(PlainCamel plainCamel) {
        return plainCamel.component();
    }

    @Bean
    OfferedService camelRoutes(PlainCamel plainCamel) {
        return new OfferedService(CamelRoutes.class, plainCamel.steps());
    }
}
