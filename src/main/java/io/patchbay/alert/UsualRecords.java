package io.patchbay.alert;

import io.patchbay.flow.AlertSettings.UsualVolume;
import io.patchbay.run.counts.RunCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many records are usual: the median of the same hours of the days before. */
final class UsualRecords {

    private static final int DAY = 24;

    private UsualRecords() {}

    /**
     * What some hours had.
     *
     * @param records in these hours
     * @param median of the same hours of the days before, 1 or more
     * @param days of how many of them
     */
    record Found(long records, long median, int days) {}

    /**
     * Adds up what is counted. The first day that is known is the first on which something ran in these hours; a day behind it without any run had no
     * record.
     *
     * @param byHour records by the beginning of their hour
     * @param until the end of the hours that are looked at
     * @return empty when too few days are known, or most of them had no record: nothing follows then
     */
    static Optional<Found> find(SortedMap<Instant, Long> byHour, Instant until, UsualVolume usual) {
        SortedMap<Integer, Long> byDay = new TreeMap<>();
        byHour.forEach((hour, records) -> {
            long before = Duration.between(hour, until.minus(RunCounts.HOUR)).toHours();
            if (before % DAY < usual.over().toHours()) {
                byDay.merge((int) (before / DAY), records, Long::sum);
            }
        });
        List<Long> days = new ArrayList<>();
        int first = byDay.isEmpty() ? 0 : Math.min(byDay.lastKey(), usual.days());
        for (int day = usual.every(); day <= first; day += usual.every()) {
            days.add(byDay.getOrDefault(day, 0L));
        }
        long median = median(days);
        return days.size() < usual.known() || median == 0
                ? Optional.empty()
                : Optional.of(new Found(byDay.getOrDefault(0, 0L), median, days.size()));
    }

    private static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return 0;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
