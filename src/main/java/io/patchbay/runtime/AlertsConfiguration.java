package io.patchbay.runtime;

import io.patchbay.alert.AlertProperties;
import io.patchbay.alert.Alerts;
import io.patchbay.alert.AlertsTick;
import io.patchbay.alert.FlowWatch;
import io.patchbay.alert.LateStarts;
import io.patchbay.alert.Mutes;
import io.patchbay.connector.PrivateAddresses;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.notification.GroupNotifier;
import io.patchbay.notification.HookSender;
import io.patchbay.notification.MailProperties;
import io.patchbay.notification.Mailer;
import io.patchbay.notification.NotificationProperties;
import io.patchbay.notification.Notifier;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.outbound.Outbound;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Flows;
import io.patchbay.run.counts.RunCounts;
import io.patchbay.secret.Secret;
import io.patchbay.secret.Secrets;
import io.patchbay.store.Store;
import io.patchbay.trigger.schedule.DueStarts;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** Tells people of what goes wrong. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AlertProperties.class, NotificationProperties.class})
class AlertsConfiguration {

    @Bean(destroyMethod = "close")
    HookSender hookSender(NotificationProperties settings, Secrets secrets, Outbound outbound) {
        return new HookSender(
                name -> secrets.find(name).map(Secret::reveal),
                settings.allowedHosts(),
                PrivateAddresses::covers,
                outbound);
    }

    @Bean
    Notifier notifier(
            NotificationProperties settings, MailProperties mail, Mailer mailer, HookSender hooks, Clock clock) {
        return new GroupNotifier(settings, mail, mailer, hooks, clock);
    }

    /** Flows are checked against its groups, and shapes tell them. */
    @Bean
    OfferedService offeredNotifier(Notifier notifier) {
        return new OfferedService(Notifier.class, notifier);
    }

    @Bean
    FlowWatch flowWatch(Clock clock, ObjectProvider<FlowDeployer> deployer) {
        SingletonSupplier<FlowDeployer> flows = SingletonSupplier.of(deployer::getObject);
        return new FlowWatch(
                clock,
                flow -> flows.obtain()
                        .deployed(flow)
                        .map(found -> found.compiled().flow().settings().alerts())
                        .orElse(null),
                run -> StopRequests.BY.equals(run.reason()));
    }

    @Bean
    LateStarts lateStarts(AlertProperties settings, Clock clock) {
        return new LateStarts(clock, settings.scheduleLate());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    AlertsTick alertsTick(
            Store store,
            Notifier notifier,
            FlowWatch watch,
            LateStarts late,
            LiveWatched watched,
            RunCounts counts,
            PatchbayProperties program,
            Secrets secrets,
            AlertProperties settings,
            Clock clock) {
        return new AlertsTick(
                new AlertsTick.Parts(
                        store, notifier, watch, late, watched, counts, program.publicUrl(), secrets.redactor()::redact),
                settings,
                clock,
                Executors.newSingleThreadScheduledExecutor(RuntimeConfiguration.named("patchbay-alerts-")));
    }

    @Bean
    LiveWatched liveWatched(
            FlowDeployer deployer,
            Flows live,
            LivePauses pauses,
            InstanceCalls calls,
            InstanceConnect connections,
            StartQueue queue,
            Store store,
            AccessKeys keys) {
        return new LiveWatched(
                deployer,
                live,
                pauses,
                calls,
                connections,
                queue,
                store.disk(),
                new DueStarts(store.database().dataSource()),
                keys);
    }

    @Bean
    Alerts alerts(AlertsTick tick) {
        return tick.alerts();
    }

    @Bean
    Mutes mutes(AlertsTick tick) {
        return tick.mutes();
    }
}
