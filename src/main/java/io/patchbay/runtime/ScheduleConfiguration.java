package io.patchbay.runtime;

import io.patchbay.alert.LateStarts;
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
    Schedules schedules(Store store, QueuedStarts starts, LateStarts late, Clock clock) throws SchedulerException {
        Scheduler scheduler = StoreScheduler.open(
                store.database().dataSource(), store.database().dialect().shared());
        Schedules schedules = new Schedules(scheduler, starts, clock);
        schedules.onLate(late::late);
        return schedules;
    }
}
