package io.patchbay.trigger.schedule;

import io.patchbay.trigger.Cron;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.Zone;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerPersistenceDelegateSupport;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerProperties;
import org.quartz.spi.OperableTrigger;

/** Keeps {@link ScheduleTrigger}s in Quartz's table of triggers with simple properties. Quartz makes it, by name. */
public final class ScheduleTriggerTable extends SimplePropertiesTriggerPersistenceDelegateSupport {

    /** For Quartz. */
    public ScheduleTriggerTable() {}

    @Override
    public boolean canHandleTriggerType(OperableTrigger trigger) {
        return trigger instanceof ScheduleTrigger;
    }

    @Override
    public String getHandledTriggerTypeDiscriminator() {
        return "PATCHBAY";
    }

    @Override
    protected SimplePropertiesTriggerProperties getTriggerProperties(OperableTrigger trigger) {
        Schedule schedule = ((ScheduleTrigger) trigger).schedule();
        SimplePropertiesTriggerProperties row = new SimplePropertiesTriggerProperties();
        Duration every = schedule.every();
        Cron cron = schedule.cron();
        row.setLong1(every == null ? 0 : every.toSeconds());
        row.setString1(cron == null ? null : cron.text());
        row.setString2(schedule.zone() == null ? null : schedule.zoneId().getId());
        row.setString3(schedule.misfire().name());
        return row;
    }

    @Override
    protected TriggerPropertyBundle getTriggerPropertyBundle(SimplePropertiesTriggerProperties row) {
        String cron = row.getString1();
        String zone = row.getString2();
        Schedule schedule = new Schedule(
                row.getLong1() == 0 ? null : Duration.ofSeconds(row.getLong1()),
                cron == null ? null : Cron.parse(cron),
                zone(zone),
                Schedule.Misfire.valueOf(row.getString3()));
        return new TriggerPropertyBundle(new ScheduleTrigger.Times(schedule), null, null);
    }

    private static @Nullable Zone zone(@Nullable String id) {
        return id == null ? null : new Zone(ZoneId.of(id));
    }
}
