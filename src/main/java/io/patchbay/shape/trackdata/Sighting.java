package io.patchbay.shape.trackdata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value of a record that passed a flow.
 *
 * @param id the same for the same value of the same record of the same payload of a run
 * @param entity what kind of thing the value names, an order say
 * @param value at most {@link #LONGEST} characters
 * @param field where it stood in the record
 * @param direction which way the record went
 * @param success whether it met the shape's condition
 * @param source which system it is about, or null
 * @param flow the flow's id
 * @param shape the shape's id
 * @param run the run's id
 * @param seenAt when it passed
 */
public record Sighting(
        String id,
        String entity,
        String value,
        String field,
        Direction direction,
        boolean success,
        @Nullable String source,
        String flow,
        String shape,
        String run,
        Instant seenAt) {

    /** Longer values are cut. */
    public static final int LONGEST = 255;

    /** What a value is tracked by: its first characters, and no half of a pair. */
    public static String firstOf(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        boolean half = Character.isHighSurrogate(value.charAt(LONGEST - 1));
        return value.substring(0, half ? LONGEST - 1 : LONGEST);
    }
}
