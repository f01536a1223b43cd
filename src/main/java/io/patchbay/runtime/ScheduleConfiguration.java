package io.patchbay.runtime;

import io.patchbay.store.Store;
import io.patchbay.trigger.schedule.Schedules;
import io.patchbay.trigger.schedule.StoreScheduler;
import java.time.Clock;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Schedules on Quartz in the store's database. Spring's own set-up of Quartz is off: see {@link StoreScheduler}. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    /** The first generation starts the scheduler. */
    @Bean(destroyMethod = "close")
    Schedules schedules(Store store, QueuedStarts starts, Clock clock) throws SchedulerException {
        Scheduler scheduler = StoreScheduler.open(
                store.database().dataSource(), store.database().dialect().shared());
        return new Schedules(scheduler, starts, clock);
    }
}
