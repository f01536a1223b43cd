package io.patchbay.trigger.schedule;

import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.StartIds;
import io.patchbay.trigger.Starts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * The one job of all schedules: writes a start. A fire that finds no room waits in Quartz's tables and tries again later, at
 * most a hundred for each schedule (then the oldest goes, with a warning); it keeps the time at which it was due.
 */
public final class StartJob implements Job {

    static final String STARTS = "patchbay.starts";
    static final String CLOCK = "patchbay.clock";
    static final String FLOW = "flow";
    static final String LATENESS = "patchbay.lateness";

    private static final String DUE = "due";
    private static final String TRY = "try";
    /** Names of triggers that wait for room: the job, when the start was due, how often it was tried. */
    private static final Pattern NAME = Pattern.compile(".*@(\\d{1,18})#\\d+");

    private static final int MOST_WAITING = 100;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Up to a minute late is late, not missed. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final System.Logger LOG = System.getLogger(StartJob.class.getName());

    /** Quartz makes one for each fire. */
    public StartJob() {}

    @Override
    public void execute(JobExecutionContext fire) throws JobExecutionException {
        JobDataMap data = fire.getMergedJobDataMap();
        Instant due = due(fire, data);
        String flow = data.getString(FLOW);
        if (skips(fire, due)) {
            LOG.log(System.Logger.Level.INFO, "flow {0} does not make up for its start missed at {1}", flow, due);
            late(fire, due, false);
            return;
        }
        try {
            Starts starts = (Starts)
                    Objects.requireNonNull(fire.getScheduler().getContext().get(STARTS));
            String id = StartIds.of(due, fire.getJobDetail().getKey().getName());
            String run = starts.start(id, flow, "schedule", Body.EMPTY, Map.of(), due)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(System.Logger.Level.DEBUG, "schedule of {0} due at {1} started run {2}", flow, due, run);
            if (isLate(fire, due)) {
                late(fire, due, true);
            }
        } catch (ExecutionException e) {
            waitForRoom(fire, due, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | SchedulerException | RuntimeException e) {
            waitForRoom(fire, due, e);
        } catch (InterruptedException e) {
            waitForRoom(fire, due, e);
            Thread.currentThread().interrupt();
        }
    }

    private static Instant due(JobExecutionContext fire, JobDataMap data) {
        if (data.containsKey(DUE)) {
            return Instant.ofEpochMilli(Long.parseLong(data.getString(DUE)));
        }
        if (fire.isRecovering()) {
            return Instant.ofEpochMilli(Long.parseLong(
                    data.getString(Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS)));
        }
        return fire.getScheduledFireTime().toInstant();
    }

    private static boolean skips(JobExecutionContext fire, Instant due) {
        return fire.getTrigger() instanceof ScheduleTrigger trigger
                && trigger.schedule().misfire() == Schedule.Misfire.SKIP
                && isLate(fire, due);
    }

    private static boolean isLate(JobExecutionContext fire, Instant due) {
        return due.isBefore(fire.getFireTime().toInstant().minus(MISSED));
    }

    /** Lets be known that a start was not made when it was due. */
    private static void late(JobExecutionContext fire, Instant due, boolean made) {
        try {
            Scheduler scheduler = fire.getScheduler();
            if (scheduler.getContext().get(LATENESS) instanceof Lateness lateness) {
                String job = fire.getJobDetail().getKey().getName();
                Trigger own = scheduler.getTrigger(new TriggerKey(job, Schedules.GROUP));
                Date next = own == null ? null : own.getNextFireTime();
                lateness.late(
                        fire.getMergedJobDataMap().getString(FLOW), due, made, next == null ? null : next.toInstant());
            }
        } catch (SchedulerException e) {
            LOG.log(System.Logger.Level.DEBUG, "nobody is told that a start is late: {0}", e.getMessage());
        }
    }

    /** When a fire that waits for room was due, as the name of its trigger says; null if it does not. */
    static @Nullable Instant due(String waiting) {
        Matcher name = NAME.matcher(waiting);
        return name.matches() ? Instant.ofEpochMilli(Long.parseLong(name.group(1))) : null;
    }

    private static void waitForRoom(JobExecutionContext fire, Instant due, Throwable why) throws JobExecutionException {
        JobDataMap data = fire.getMergedJobDataMap();
        int tries = data.containsKey(TRY) ? Integer.parseInt(data.getString(TRY)) : 0;
        String job = fire.getJobDetail().getKey().getName();
        Duration wait = wait(tries, why);
        LOG.log(
                System.Logger.Level.WARNING,
                "the start of flow {0} due at {1} could not be written ({2}); trying again in {3}",
                data.getString(FLOW),
                due,
                why,
                wait);
        try {
            Scheduler scheduler = fire.getScheduler();
            Clock clock = (Clock) Objects.requireNonNull(scheduler.getContext().get(CLOCK));
            boundWaiting(scheduler, fire);
            Trigger again = TriggerBuilder.newTrigger()
                    .withIdentity(job + "@" + due.toEpochMilli() + "#" + (tries + 1), Schedules.WAITING)
                    .forJob(fire.getJobDetail())
                    .usingJobData(DUE, String.valueOf(due.toEpochMilli()))
                    .usingJobData(TRY, String.valueOf(tries + 1))
                    .startAt(Date.from(clock.instant().plus(wait)))
                    .build();
            if (scheduler.checkExists(fire.getJobDetail().getKey()) && !scheduler.checkExists(again.getKey())) {
                scheduler.scheduleJob(again);
            }
        } catch (SchedulerException | RuntimeException e) {
            // The database is away: Quartz runs the job again at once, so wait here.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            throw new JobExecutionException(e, true);
        }
    }

    private static Duration wait(int tries, Throwable why) {
        Duration wait = Duration.ofSeconds(Math.min(LONGEST_WAIT.toSeconds(), 1L << Math.min(tries, 10)));
        Duration asked = Duration.ZERO;
        if (why instanceof QueueFullException full) {
            asked = full.retryAfter();
        } else if (why instanceof IntakeRefusedException refused) {
            asked = refused.retryAfter();
        }
        Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
        return longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    }

    private static void boundWaiting(Scheduler scheduler, JobExecutionContext fire) throws SchedulerException {
        List<? extends Trigger> all =
                scheduler.getTriggersOfJob(fire.getJobDetail().getKey());
        List<TriggerKey> waiting = all.stream()
                .map(Trigger::getKey)
                .filter(key -> key.getGroup().equals(Schedules.WAITING))
                .filter(key -> !key.equals(fire.getTrigger().getKey()))
                .sorted()
                .toList();
        if (waiting.size() >= MOST_WAITING) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "more than {0} starts of schedule {1} wait for room in the queue: the oldest is left out",
                    MOST_WAITING,
                    fire.getJobDetail().getKey().getName());
            Instant due = due(waiting.get(0).getName());
            scheduler.unscheduleJob(waiting.get(0));
            if (due != null) {
                late(fire, due, false);
            }
        }
    }
}
