package io.patchbay.ops.audit;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the audit log behind the guard of the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    @Bean
    AuditTrail auditTrail(AuditLog log, AuditProperties settings, Clock clock) {
        return new AuditTrail(log, settings, clock);
    }

    @Bean
    WebMvcConfigurer auditOfHandlers(AuditTrail trail) {
        AuditInterceptor interceptor = new AuditInterceptor(trail);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).order(Ordered.HIGHEST_PRECEDENCE + 1);
            }
        };
    }
}
