package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that came otherwise than expected.
 *
 * @param at where the test file says what is expected
 * @param path what it is about, like {@code shapes.push.in[0].total}
 * @param what the difference, as a sentence
 * @param place keys and positions from the expectation's root to what would have to be written anew
 * @param found what would have to stand there; null when only a person can say
 */
public record Difference(
        Location at,
        String path,
        String what,
        List<Object> place,
        @Nullable JsonNode found) {

    public Difference {
        place = List.copyOf(place);
    }

    /** With its place, as problems of files are shown. */
    @Override
    public String toString() {
        return at + ": " + what;
    }
}
