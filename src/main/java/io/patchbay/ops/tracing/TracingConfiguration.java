package io.patchbay.ops.tracing;

import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.Tracing;
import io.patchbay.trigger.CallerTraces;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Follows runs when there is a collector to tell of them. Which it is, is known at the start alone, so the beans are always there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingProperties.class)
class TracingConfiguration {

    @Bean
    Tracing tracing(TracingProperties settings, RunHistory history) {
        return isOn(settings) ? new OtlpTracing(settings, run -> shown(history, run)) : Tracing.NONE;
    }

    @Bean
    CallerTraces callerTraces(TracingProperties settings) {
        return isOn(settings) ? new W3cCallers() : CallerTraces.NONE;
    }

    private static boolean isOn(TracingProperties settings) {
        return settings.endpoint() != null && !settings.endpoint().isBlank();
    }

    private static @Nullable String shown(RunHistory history, String run) {
        return history.run(run).map(RunRecord::trace).orElse(null);
    }
}
