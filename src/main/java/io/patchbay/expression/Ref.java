package io.patchbay.expression;

import io.patchbay.problem.Location;
import java.util.List;

/**
 * What a compiled text reads: a shape derives its contract from it.
 *
 * @param root {@code record}, {@code flow}, {@code run}, …
 * @param names the names that follow the root, up to the first position or {@code [*]}
 * @param at where it is written
 */
public record Ref(String root, List<String> names, Location at) {

    public Ref {
        names = List.copyOf(names);
    }

    /** The first name after the root; {@code *} when the root is read as a whole. */
    public String name() {
        return names.isEmpty() ? "*" : names.get(0);
    }
}
