package io.patchbay.notification;

import org.apache.camel.CamelContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the mailer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
public class NotificationConfiguration {

    /** Sends by SMTP when a server is set, nothing otherwise. */
    @Bean
    Mailer mailer(MailProperties settings, CamelContext camel) {
        return settings.host() == null || settings.host().isBlank() ? new NoMailer() : new SmtpMailer(settings, camel);
    }
}
