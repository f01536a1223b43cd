package io.patchbay.run.counts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long counts of runs are kept.
 *
 * @param keep how long the counts of an hour are kept, 2d to 400d; a flow has about five rows of them for each hour in which it ran
 * @param keepShapes how long those of single shapes are kept, 2d to 31d; a row for each hour in which a shape worked
 */
@ConfigurationProperties("patchbay.counts")
public record CountsProperties(
        @DefaultValue("31d") Duration keep,
        @DefaultValue("2d") Duration keepShapes) {

    private static final Duration LEAST = Duration.ofDays(2);

    /** @throws IllegalArgumentException if a bound is out of its range */
    public CountsProperties {
        within("keep", keep, Duration.ofDays(400));
        within("keep-shapes", keepShapes, Duration.ofDays(31));
    }

    /** The bounds that hold when nothing is set. */
    public static CountsProperties defaults() {
        return new CountsProperties(Duration.ofDays(31), LEAST);
    }

    private static void within(String name, Duration value, Duration most) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("patchbay.counts." + name + " must be " + LEAST.toDays() + "d to "
                    + most.toDays() + "d, got " + value);
        }
    }
}
