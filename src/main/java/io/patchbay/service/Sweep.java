package io.patchbay.service;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.WrongValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When what failed is tried again. */
@Doc("When what failed is tried again, and how often")
public record Sweep(
        @Doc("Times of the day, like [ '06:00', '18:00' ]") List<String> at,

        @Doc("Time zone of the times; without it the source's, else UTC") @Nullable
        String zone,

        @Doc("Most tries of an item, with the first one; an item that has had so many stays failed")
        @Default("4")
        @Range(min = 2, max = 100)
        int tries) {

    private static final int MOST_TIMES = 24;

    /** @throws WrongValueException when a time or zone is none, or there are none or too many */
    public Sweep {
        at = List.copyOf(at);
        ServiceSource.checkZone(zone);
        if (at.isEmpty() || at.size() > MOST_TIMES) {
            throw new WrongValueException(
                    "a sweep has 1 to " + MOST_TIMES + " times, found " + at.size(),
                    "for example at: [ '06:00' ]",
                    "at");
        }
        for (String time : at) {
            try {
                LocalTime.parse(time);
            } catch (DateTimeException e) {
                throw new WrongValueException("'" + time + "' is no time of the day", "write it as '06:00'", "at");
            }
        }
    }

    /**
     * The last time at or before an instant.
     *
     * @param otherwise the zone when none is named
     */
    public Instant before(Instant now, ZoneId otherwise) {
        ZonedDateTime there = now.atZone(zone == null ? otherwise : ZoneId.of(zone));
        return at.stream()
                .flatMap(time -> java.util.stream.Stream.of(there, there.minusDays(1))
                        .map(day -> day.with(LocalTime.parse(time)).toInstant()))
                .filter(due -> !due.isAfter(now))
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
