package io.patchbay.shape;

import io.patchbay.problem.Location;
import java.util.Set;

/**
 * A flow that a placed shape starts.
 *
 * @param flow its id
 * @param variables names of its variables that the shape sets
 * @param at where the id is written
 */
public record Called(String flow, Set<String> variables, Location at) {
    public Called {
        variables = Set.copyOf(variables);
    }
}
