package io.patchbay.moving;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what of a flow cannot be said in plain Camel, each with its place. */
final class Lack {

    private final TreeMap<Location, Problem> found = new TreeMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    void add(Location at, String what, @Nullable String hint) {
        found.putIfAbsent(at, new Problem(at, Problem.Severity.ERROR, "NOT_PLAIN_CAMEL", what, hint));
    }

    /** Something that is said, and does not do quite the same. */
    void note(String what) {
        notes.add(what);
    }

    List<Problem> problems() {
        return List.copyOf(found.values());
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
