package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.queue.StartLists;
import io.patchbay.route.Flows;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.trigger.event.AsideMessages;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts what the runtime does. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    @Bean
    RunMetrics runMetrics(MeterRegistry registry, ObjectProvider<Flows> flows, StartLists starts, Clock clock) {
        return new RunMetrics(registry, flows::getObject, starts, clock);
    }

    @Bean
    InstanceMetrics instanceMetrics(MeterRegistry registry, ObjectProvider<InstanceCalls> instances) {
        return new InstanceMetrics(registry, instances::getObject);
    }

    @Bean
    QueueMetrics queueMetrics(StartLists starts) {
        return new QueueMetrics(starts);
    }

    @Bean
    AsideMetrics asideMetrics(AsideMessages messages) {
        return new AsideMetrics(messages);
    }

    @Bean
    WaitMetrics waitMetrics(WaitingPayloads waits) {
        return new WaitMetrics(waits);
    }
}
