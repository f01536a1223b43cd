package io.patchbay.runtime;

import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How HTTP calls leave the machine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundConfiguration.class);

    @Bean
    Outbound outbound(OutboundProperties settings, Home home, Secrets secrets) {
        String password = settings.proxy().password();
        if (password != null && !password.isBlank()) {
            secrets.redactor().learnChosen("patchbay.http.proxy.password", password);
        }
        String unheeded = settings.unheeded(System::getProperty);
        if (unheeded != null) {
            LOG.warn("{}", unheeded);
        }
        return Outbound.of(settings, home.root());
    }
}
