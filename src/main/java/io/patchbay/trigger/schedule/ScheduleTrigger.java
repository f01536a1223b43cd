package io.patchbay.trigger.schedule;

import io.patchbay.trigger.Schedule;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.quartz.Calendar;
import org.quartz.ScheduleBuilder;
import org.quartz.impl.triggers.AbstractTrigger;

/**
 * A Quartz trigger whose times are those of a {@link Schedule}. Own code in place of Quartz's cron trigger, because that cannot
 * say "the 13th or a Friday", and leaves out a day on which clocks jump over the time.
 *
 * <p>A time that was missed fires as soon as the scheduler runs, and the others that were missed with it do not: the next time
 * is one in the future. Whether a late fire becomes a start is for the job to say, so Quartz's own rules for misfires are
 * off.
 */
final class ScheduleTrigger extends AbstractTrigger<ScheduleTrigger> {

    private static final long serialVersionUID = 1L;

    private final transient Schedule schedule;
    private Date start = Date.from(Instant.EPOCH);
    private @Nullable Date end;
    private @Nullable Date next;
    private @Nullable Date previous;

    ScheduleTrigger(Schedule schedule) {
        this.schedule = schedule;
        setMisfireInstruction(MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY);
    }

    Schedule schedule() {
        return schedule;
    }

    @Override
    protected boolean validateMisfireInstruction(int instruction) {
        return instruction == MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY;
    }

    @Override
    public ScheduleBuilder<ScheduleTrigger> getScheduleBuilder() {
        return new Times(schedule);
    }

    @Override
    public void triggered(@Nullable Calendar calendar) {
        previous = next;
        Instant now = java.time.Clock.systemUTC().instant(); // Quartz makes triggers, and goes by the system's clock
        Instant fired = next == null ? now : next.toInstant();
        next = date(schedule.after(fired, now));
    }

    @Override
    public @Nullable Date computeFirstFireTime(@Nullable Calendar calendar) {
        next = date(schedule.next(start.toInstant().minusMillis(1)));
        return next;
    }

    @Override
    public @Nullable Date getFireTimeAfter(@Nullable Date after) {
        return date(schedule.next(after == null ? java.time.Clock.systemUTC().instant() : after.toInstant()));
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    @Override
    public void updateAfterMisfire(@Nullable Calendar calendar) {
        // see triggered
    }

    @Override
    public void updateWithNewCalendar(@Nullable Calendar calendar, long threshold) {
        // no calendars
    }

    @Override
    public boolean mayFireAgain() {
        return next != null;
    }

    @Override
    public @Nullable Date getFinalFireTime() {
        return null;
    }

    @Override
    public Date getStartTime() {
        return start;
    }

    @Override
    public void setStartTime(Date startTime) {
        start = startTime;
    }

    @Override
    public @Nullable Date getEndTime() {
        return end;
    }

    @Override
    public void setEndTime(@Nullable Date endTime) {
        end = endTime;
    }

    @Override
    public @Nullable Date getNextFireTime() {
        return next;
    }

    @Override
    public void setNextFireTime(@Nullable Date nextFireTime) {
        next = nextFireTime;
    }

    @Override
    public @Nullable Date getPreviousFireTime() {
        return previous;
    }

    @Override
    public void setPreviousFireTime(@Nullable Date previousFireTime) {
        previous = previousFireTime;
    }

    /** Makes triggers of a schedule for Quartz's builder. */
    static final class Times extends ScheduleBuilder<ScheduleTrigger> {

        private final Schedule schedule;

        Times(Schedule schedule) {
            this.schedule = schedule;
        }

        @Override
        protected ScheduleTrigger build() {
            return new ScheduleTrigger(schedule);
        }
    }
}
