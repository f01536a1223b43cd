package io.patchbay.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects all problems of a file, so that its author sees them at once. Not safe for use by several threads. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Adds an error without a hint. */
    public void error(Location at, String code, String what) {
        error(at, code, what, null);
    }

    /** Adds an error. */
    public void error(Location at, String code, String what, @Nullable String hint) {
        found.add(new Problem(at, Problem.Severity.ERROR, code, what, hint));
    }

    /** Adds a warning: the file is taken in spite of it. */
    public void warning(Location at, String code, String what, @Nullable String hint) {
        found.add(new Problem(at, Problem.Severity.WARNING, code, what, hint));
    }

    /** Adds what another reader found. */
    public void addAll(Collection<Problem> problems) {
        found.addAll(problems);
    }

    /** Whether the file must not be taken. */
    public boolean anyError() {
        return found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** How many problems there are so far, warnings among them. */
    public int count() {
        return found.size();
    }

    /** How many errors there are so far; a reader that compares before and after knows whether its part is usable. */
    public long errors() {
        return found.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }

    /** All problems in file order. */
    public List<Problem> list() {
        return found.stream().distinct().sorted().toList();
    }

    /** All problems, a paragraph each. */
    @Override
    public String toString() {
        return list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
