package io.patchbay.runtime;

import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.audit.AuditProperties;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.AccessProperties;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.secret.Seal;
import io.patchbay.store.Store;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the store keeps of who may get in. */
@Configuration(proxyBeanMethods = false)
class AccessStoreConfiguration {

    @Bean
    AccessKeys accessKeys(Store store, Clock clock) {
        return new AccessKeys(store, clock);
    }

    @Bean
    LocalUsers localUsers(Store store, Clock clock, Seal seal, AccessProperties settings) {
        return new LocalUsers(store, clock, seal, settings);
    }

    @Bean
    AuditLog auditLog(Store store, Clock clock, AuditProperties settings) {
        return new AuditLog(store, clock, settings.keep());
    }

    /** Deletes what is over its time, once an hour. */
    @Bean(destroyMethod = "stop")
    Hourly auditSweep(AuditLog log, ScheduledExecutorService runTimer, ExecutorService runWorkers) {
        return new Hourly("the audit log", log::sweep, runTimer, runWorkers);
    }

    /** Does something once an hour until it is stopped. */
    static final class Hourly {

        private static final Logger LOG = LoggerFactory.getLogger(Hourly.class);

        private final Future<?> ticks;

        /** @param what is swept, for the log */
        Hourly(String what, Runnable work, ScheduledExecutorService timer, ExecutorService workers) {
            ticks = timer.scheduleWithFixedDelay(
                    () -> workers.execute(() -> tried(what, work)), 1, 60, TimeUnit.MINUTES);
        }

        private static void tried(String what, Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("{} could not be swept; it is tried again in an hour", what, e);
            }
        }

        void stop() {
            ticks.cancel(false);
        }
    }
}
