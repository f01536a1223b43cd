package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A five-field cron expression, read as crontab(5) says: {@code minute hour day-of-month month day-of-week}, lists, ranges,
 * steps, names of months and weekdays, Sunday 0 or 7. When both day fields are restricted, a day that satisfies either is
 * meant; a day field that begins with {@code *} does not count as restricted, so then both must hold.
 *
 * @param text as it was written
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param daysOfMonth 1 to 31
 * @param months 1 to 12
 * @param daysOfWeek 0 (Sunday) to 6
 * @param eitherDay whether one matching day field is enough
 * @param wallClock whether minute or hour begins with {@code *}: then the cron goes by what the clock shows, which matters when
 *     clocks change; see {@link #next}
 */
@ReadBy(Cron.Reader.class)
public record Cron(
        String text,
        SortedSet<Integer> minutes,
        SortedSet<Integer> hours,
        SortedSet<Integer> daysOfMonth,
        SortedSet<Integer> months,
        SortedSet<Integer> daysOfWeek,
        boolean eitherDay,
        boolean wallClock) {

    private static final int LONGEST_TEXT = 200;
    private static final Set<Integer> SHORT_MONTHS = Set.of(4, 6, 9, 11);

    /** Reads an expression. @throws IllegalArgumentException naming the field that is wrong */
    public static Cron parse(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (text.length() > LONGEST_TEXT || fields.length != CronField.values().length) {
            throw new IllegalArgumentException("cron '" + shortened(text) + "' has " + fields.length
                    + (fields.length == 1 ? " field" : " fields")
                    + ", exactly five are needed: minute, hour, day of month, month, day of week");
        }
        Cron cron = new Cron(
                String.join(" ", fields),
                CronField.MINUTE.parse(fields[0]),
                CronField.HOUR.parse(fields[1]),
                CronField.DAY_OF_MONTH.parse(fields[2]),
                CronField.MONTH.parse(fields[3]),
                CronField.DAY_OF_WEEK.parse(fields[4]),
                !fields[2].startsWith("*") && !fields[4].startsWith("*"),
                fields[0].startsWith("*") || fields[1].startsWith("*"));
        if (!cron.eitherDay && !cron.everHasItsDay()) {
            throw new IllegalArgumentException(
                    "cron '" + text + "' never fires: no month in it has day of month " + cron.daysOfMonth.first());
        }
        return cron;
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private boolean everHasItsDay() {
        return months.stream().anyMatch(month -> daysOfMonth.first() <= longest(month));
    }

    private static int longest(int month) {
        return month == 2 ? 29 : SHORT_MONTHS.contains(month) ? 30 : 31;
    }

    /** Whether the expression fires at some time of this day. */
    public boolean firesOn(LocalDate day) {
        boolean ofMonth = daysOfMonth.contains(day.getDayOfMonth());
        boolean ofWeek = daysOfWeek.contains(day.getDayOfWeek().getValue() % 7);
        return months.contains(day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /**
     * The first time after an instant, whole minutes; null when there is none within nine years. When clocks change it does
     * what cron(8) does: a cron with {@code *} in minute or hour follows the clock (it skips a missing hour and runs through a
     * double one twice); any other fires once for each of its times, a missing one moved on by as much as the clock was.
     */
    public @Nullable Instant next(Instant after, ZoneId zone) {
        return wallClock ? CronTimes.byClock(this, after, zone) : CronTimes.byDay(this, after, zone);
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code 0 6 * * MON-FRI}. */
    static final class Reader implements ValueReader<Cron> {

        @Override
        public @Nullable Cron read(Node node, Reading reading) {
            String text = reading.text(node, "cron");
            if (text == null) {
                return null;
            }
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                reading.error(node, "BAD_CRON", String.valueOf(e.getMessage()), hint(text));
                return null;
            }
        }

        private static String hint(String text) {
            if (text.strip().split("\\s+", -1).length == 6) {
                return "there is no field for seconds; leave the first one out";
            }
            return text.startsWith("@") || text.matches(".*[?LW#].*")
                    ? "nicknames and the signs ? L W # are not part of standard cron"
                    : "weekdays at six in the morning: \"0 6 * * MON-FRI\"";
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "string");
            schema.put("pattern", "^\\s*\\S+(\\s+\\S+){4}\\s*$");
            schema.putArray("examples").add("0 6 * * MON-FRI").add("*/15 8-18 * * *");
            return schema;
        }
    }
}
