package io.patchbay.flow;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.WrongValueException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people are told of a flow. */
@Doc("What people are told of the flow, and who they are")
public record AlertSettings(
        @Doc("Notification groups and mail addresses; the default is the runtime's patchbay.alerts.to") @Default("[]")
        List<String> to,

        @Doc(
                "Tell of runs that fail, whole or in part: the first at once, then at most once per 'every', and when they succeed again")
        @Default("true")
        boolean failedRuns,

        @Doc("How long nothing more is said of runs that go on failing, or fail and succeed by turns") @Default("1h")
        Duration every,

        @Doc(
                "Tell when no run has succeeded whole for so long; the time in which the flow is paused or not active does not count")
        @Nullable
        Duration noSuccess,

        @Doc("Tell when too many of the runs fail") @Nullable
        ErrorRate errorRate,

        @Doc("Tell when a run has fewer or more records than usual") @Nullable
        Volume volume,

        @Doc(
                "Tell when all runs of some hours together have far fewer or more records than those of the same hours had on the days before")
        @Nullable
        UsualVolume usualVolume) {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(366);

    /** @throws WrongValueException when a time is too short or too long */
    public AlertSettings {
        to = List.copyOf(to);
        check("every", every);
        if (noSuccess != null) {
            check("noSuccess", noSuccess);
        }
    }

    private static void check(String key, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new WrongValueException(
                    "'" + key + "' must be from 1m to 366d, found " + Durations.format(value), "write it as '6h' say");
        }
    }

    /** When too many runs fail. */
    @Doc("How many of the runs that ended may fail")
    public record ErrorRate(
            @Doc("Tell when more than so many of a hundred runs failed, whole or in part") @Range(min = 0, max = 99)
            int above,

            @Doc("Of the runs that ended in this time") @Default("1h")
            Duration over,

            @Doc("Only when at least so many runs ended in it") @Default("10") @Range(min = 1, max = 1000000)
            int runs) {

        /** @throws WrongValueException when the time is too short or too long */
        public ErrorRate {
            if (over.compareTo(LEAST) < 0 || over.compareTo(Duration.ofDays(1)) > 0) {
                throw new WrongValueException(
                        "'over' must be from 1m to 24h, found " + Durations.format(over), "write it as '1h' say");
            }
        }
    }

    /** How many records a run has, as a rule. */
    @Doc("How many records leave a shape in one run, as a rule")
    public record Volume(
            @Doc("The shape whose records are counted as they leave it")
            String shape,

            @Doc("A run has at least so many") @Nullable @Range(min = 0)
            Long min,

            @Doc("A run has at most so many") @Nullable @Range(min = 0)
            Long max) {

        /** @throws WrongValueException when it says nothing, or what no run can have */
        public Volume {
            if (min == null && max == null) {
                throw new WrongValueException(
                        "volume needs 'min' or 'max', found neither", "'min: 1' tells of runs that find nothing");
            }
            if (min != null && max != null && min > max) {
                throw new WrongValueException(
                        "'min' is above 'max': " + min + " and " + max, "no run could have so many records");
            }
        }

        /** Whether a run with so many records is as usual. */
        public boolean usual(long records) {
            return (min == null || records >= min) && (max == null || records <= max);
        }
    }

    /** How many records all runs of some hours have, beside what they had before. */
    @Doc(
            "How many records the runs that ended in some hours have, beside the median of the same hours of the days before; what is counted is what the statistics call records")
    public record UsualVolume(
            @Doc("They have at least so many of a hundred of the median") @Nullable @Range(min = 1, max = 100)
            Integer min,

            @Doc("They have at most so many of a hundred of the median") @Nullable @Range(min = 100, max = 1000000)
            Integer max,

            @Doc("So many hours, up to the last full one") @Default("24h")
            Duration over,

            @Doc("So many days before are looked at, as far as counts are kept")
            @Default("28")
            @Range(min = 3, max = 390)
            int days,

            @Doc("Only when at least so many of these days are known") @Default("4") @Range(min = 3, max = 390)
            int known,

            @Doc("Of the days before only those of the same day of the week") @Default("false")
            boolean sameWeekday) {

        private static final int WEEK = 7;

        /** @throws WrongValueException when it says nothing, or what can never be */
        public UsualVolume {
            if (min == null && max == null) {
                throw new WrongValueException(
                        "usualVolume needs 'min' or 'max', found neither",
                        "'min: 50' tells of hours with less than half of what is usual");
            }
            if (over.compareTo(Duration.ofHours(1)) < 0
                    || over.compareTo(Duration.ofDays(1)) > 0
                    || !over.equals(Duration.ofHours(over.toHours()))) {
                throw new WrongValueException(
                        "'over' must be whole hours from 1h to 24h, found " + Durations.format(over),
                        "runs are counted by the hour; write it as '6h' say");
            }
            int most = sameWeekday ? days / WEEK : days;
            if (known > most) {
                throw new WrongValueException(
                        "'known' is " + known + ", and 'days: " + days + "' has " + most
                                + (sameWeekday ? " of the same day of the week" : ""),
                        "so many could never be known; raise 'days'");
            }
        }

        /** How many days lie between those that are compared. */
        public int every() {
            return sameWeekday ? WEEK : 1;
        }
    }
}
