package io.patchbay.mapping;

import io.patchbay.expression.TargetPath;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.List;

/** Finds fields of a map that write the same place, so that one of them would be lost. */
final class Overlaps {

    private Overlaps() {}

    /** Whether the inner target goes on where the outer one ends. */
    static boolean leadsInto(TargetPath outer, TargetPath inner) {
        int length = outer.steps().size();
        return inner.steps().size() > length && inner.steps().subList(0, length).equals(outer.steps());
    }

    /** Whether the inner target is the outer one, or goes on where that ends. */
    static boolean holds(TargetPath outer, TargetPath inner) {
        return same(outer, inner) || leadsInto(outer, inner);
    }

    /** Adds a problem for each field that would write over another; false when there are any. */
    static boolean check(List<Ruled> rules, Problems problems) {
        long before = problems.errors();
        List<Ruled> seen = new ArrayList<>();
        for (Ruled ruled : rules) {
            for (TargetPath to : ruled.rule().to().paths()) {
                for (Ruled first : seen) {
                    if (clash(first, ruled, to, problems)) {
                        break;
                    }
                }
            }
            twice(ruled, problems);
            early(ruled, rules, seen, problems);
            seen.add(ruled);
        }
        return problems.errors() == before;
    }

    private static void twice(Ruled ruled, Problems problems) {
        List<TargetPath> paths = ruled.rule().to().paths();
        for (int i = 1; i < paths.size(); i++) {
            TargetPath path = paths.get(i);
            if (paths.subList(0, i).stream().anyMatch(other -> same(other, path))) {
                problems.error(ruled.at(), "DUPLICATE_TARGET", "field '" + path + "' is written twice");
            }
        }
    }

    private static boolean same(TargetPath one, TargetPath other) {
        return one.steps().equals(other.steps());
    }

    /** Whether a field would write over one before it; then a problem was added. */
    private static boolean clash(Ruled first, Ruled second, TargetPath to, Problems problems) {
        for (TargetPath other : first.rule().to().paths()) {
            boolean turns = first.rule().when() != null
                    && steps(first).equals(steps(second)); // the first for which its condition holds writes
            if (same(other, to) && !turns) {
                problems.error(
                        second.at(),
                        "DUPLICATE_TARGET",
                        "field '" + to + "' is written twice",
                        "the first is at line " + first.at().line()
                                + "; fields of one target need a 'when' each, but for the last");
                return true;
            }
            if (leadsInto(to, other)) {
                problems.warning(
                        second.at(),
                        "DUPLICATE_TARGET",
                        "field '" + to + "' writes over '" + other + "'",
                        "put it before line " + first.at().line());
                return true;
            }
        }
        return false;
    }

    static List<List<TargetPath.Step>> steps(Ruled ruled) {
        return ruled.rule().to().paths().stream().map(TargetPath::steps).toList();
    }

    /** A field that goes over items which only a field behind it makes would write nothing. */
    private static void early(Ruled ruled, List<Ruled> rules, List<Ruled> before, Problems problems) {
        FieldRule rule = ruled.rule();
        if (rule.to().wildcards() == 0 || (rule.from() != null && rule.from().wildcards() > 0)) {
            return;
        }
        for (TargetPath to : rule.to().paths()) {
            if (before.stream().noneMatch(other -> makesListOf(other, to))) {
                rules.subList(before.size() + 1, rules.size()).stream()
                        .filter(other -> makesListOf(other, to))
                        .findFirst()
                        .map(Ruled::at)
                        .ifPresent(at -> tooEarly(ruled, to, at, problems));
            }
        }
    }

    /** A field that goes over a list that no field makes writes nothing. */
    static void unmade(Ruled ruled, List<Ruled> rules, Problems problems) {
        FieldRule rule = ruled.rule();
        if (rule.to().wildcards() == 0 || (rule.from() != null && rule.from().wildcards() > 0)) {
            return;
        }
        for (TargetPath to : rule.to().paths()) {
            if (rules.stream().noneMatch(other -> !other.at().equals(ruled.at()) && makesListOf(other, to))) {
                problems.warning(
                        ruled.at(),
                        "NO_LIST",
                        "field '" + to + "' goes over a list that no field makes, and writes nothing",
                        "it is made by a field whose source has [*], too, or by one with [0] in its target");
            }
        }
    }

    private static void tooEarly(Ruled ruled, TargetPath to, Location maker, Problems problems) {
        problems.warning(
                ruled.at(),
                "TOO_EARLY",
                "field '" + to + "' goes over a list that no field before it makes",
                "put it behind line " + maker.line() + ", unless the list is carried over");
    }

    /** Whether a field makes items of the list that is the outermost with {@code [*]} of a target. */
    static boolean makesListOf(Ruled other, TargetPath to) {
        int every = to.steps().indexOf(new TargetPath.Every());
        List<TargetPath.Step> list = to.steps().subList(0, every);
        FieldRule rule = other.rule();
        return rule.to().paths().stream().anyMatch(path -> {
            List<TargetPath.Step> steps = path.steps();
            if (steps.size() <= list.size()) {
                return list.subList(0, steps.size()).equals(steps);
            }
            boolean inside = steps.subList(0, list.size()).equals(list);
            boolean walks = steps.get(list.size()) instanceof TargetPath.Every;
            return inside && (!walks || (rule.from() != null && rule.from().wildcards() > 0));
        });
    }
}
