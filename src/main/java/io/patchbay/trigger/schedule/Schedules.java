package io.patchbay.trigger.schedule;

import io.patchbay.canvas.Durations;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.StartIds;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.TriggerRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * The running schedules. A schedule's job is named after the flow and all that the schedule says, so one that did not change
 * keeps its next time through redeploys and restarts, wherever it stands in the flow's list; two equal ones in a flow are one.
 *
 * <p>The first {@link #replace} starts the scheduler, so it has to be called with a whole generation: what was missed while
 * the program was down fires after flows that are gone have lost their jobs.
 */
public final class Schedules implements TriggerRuntime, AutoCloseable {

    /** Group of our jobs and triggers in Quartz. */
    static final String GROUP = "schedules";

    /** Group of fires that wait for room in the queue. */
    static final String WAITING = "waiting";

    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());

    private final Scheduler scheduler;
    private final Clock clock;
    private boolean silent;

    /**
     * Schedules on a scheduler that was not started.
     *
     * @throws IllegalStateException if the scheduler is shut down
     */
    public Schedules(Scheduler scheduler, Starts starts, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
        try {
            scheduler.getContext().put(StartJob.STARTS, starts);
            scheduler.getContext().put(StartJob.CLOCK, clock);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler cannot be used", e);
        }
    }

    /** Lets somebody know of starts that were not made when they were due. */
    public void onLate(Lateness lateness) {
        try {
            scheduler.getContext().put(StartJob.LATENESS, lateness);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler cannot be used", e);
        }
    }

    @Override
    public synchronized void replace(Collection<DeployedTrigger> all) {
        Map<JobKey, DeployedTrigger> wanted = new LinkedHashMap<>();
        for (DeployedTrigger deployed : all) {
            if (deployed.trigger() instanceof Schedule schedule) {
                wanted.put(key(deployed.flow(), schedule), deployed);
            }
        }
        try {
            Set<JobKey> there = scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP));
            List<JobKey> gone = new ArrayList<>(there);
            gone.removeAll(wanted.keySet());
            if (!gone.isEmpty()) {
                scheduler.deleteJobs(gone);
            }
            wanted.keySet().removeAll(there);
            for (Map.Entry<JobKey, DeployedTrigger> fresh : wanted.entrySet()) {
                add(fresh.getKey(), fresh.getValue());
            }
            if (!silent && scheduler.isInStandbyMode()) {
                scheduler.start();
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("schedules cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void silence() {
        silent = true;
        try {
            scheduler.standby();
        } catch (SchedulerException e) {
            LOG.log(System.Logger.Level.WARNING, "the scheduler did not fall silent: {0}", e.getMessage());
        }
    }

    /** Shuts the scheduler down; waits for the starts that are being written. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.log(System.Logger.Level.WARNING, "the scheduler did not end cleanly: {0}", e.getMessage());
        }
    }

    private void add(JobKey key, DeployedTrigger deployed) throws SchedulerException {
        Schedule schedule = (Schedule) deployed.trigger();
        JobDetail detail = JobBuilder.newJob(StartJob.class)
                .withIdentity(key)
                .withDescription(text(schedule))
                .requestRecovery(true)
                .usingJobData(StartJob.FLOW, deployed.flow())
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(new TriggerKey(key.getName(), GROUP))
                .withDescription(text(schedule))
                .startAt(Date.from(clock.instant()))
                .withSchedule(new ScheduleTrigger.Times(schedule))
                .forJob(detail)
                .build();
        try {
            scheduler.scheduleJob(detail, trigger);
        } catch (ObjectAlreadyExistsException e) {
            LOG.log(System.Logger.Level.DEBUG, "another replica added {0} first", key);
        }
    }

    /** The name carries the flow for people, and a hash, because a schedule's text can be longer than a name. */
    static JobKey key(String flow, Schedule schedule) {
        String hash = StartIds.of(Instant.EPOCH, flow, text(schedule)).substring(15);
        return new JobKey(flow + "/" + hash, GROUP);
    }

    /** All that a schedule says. */
    static String text(Schedule schedule) {
        Duration every = schedule.every();
        String times = every != null
                ? "every " + Durations.format(every)
                : "cron " + Objects.requireNonNull(schedule.cron()).text() + " in "
                        + schedule.zoneId().getId();
        return times + ", missed: " + schedule.misfire();
    }
}
