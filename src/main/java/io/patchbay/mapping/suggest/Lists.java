package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which list of the source each list of the target is made of. */
final class Lists {

    private static final double LEAST = 0.3;

    private final Map<List<Step>, List<Step>> sources = new LinkedHashMap<>();

    /** Lines lists up from the outside in: an inner list is made of one inside the list that the outer one is made of. */
    Lists(List<Likeness> from, List<Likeness> to, Deadline deadline) {
        Map<List<Step>, Within> there = all(from);
        for (Within within : all(to).values()) {
            List<Step> target = within.list();
            List<Step> outer = outer(target);
            List<Step> around = outer == null ? null : sources.get(outer);
            if (outer != null && around == null) {
                continue;
            }
            List<Step> best = null;
            double most = LEAST;
            for (Within one : there.values()) {
                List<Step> source = one.list();
                boolean below = around == null
                        || (source.size() > around.size()
                                && source.subList(0, around.size()).equals(around));
                boolean next = below && (around == null || depth(source) == depth(around) + 1);
                double points =
                        next ? points(one, within, deadline) * (around == null && depth(source) > 1 ? 0.9 : 1) : 0;
                if (points > most) {
                    most = points;
                    best = source;
                }
            }
            if (best != null) {
                sources.put(target, best);
            }
        }
    }

    /**
     * A list, worked out once.
     *
     * @param name its words
     * @param inside what stands in it and in no list inside it
     */
    private record Within(List<Step> list, List<String> name, List<Likeness> inside) {
        Within(List<Step> list) {
            this(list, last(list), new ArrayList<>());
        }
    }

    private static Map<List<Step>, Within> all(List<Likeness> leaves) {
        Map<List<Step>, Within> all = new LinkedHashMap<>();
        for (Likeness one : leaves) {
            Within inner = null;
            for (List<Step> list : one.lists()) {
                inner = all.computeIfAbsent(list, Within::new);
            }
            if (inner != null) {
                inner.inside().add(one);
            }
        }
        return all;
    }

    private static @org.jspecify.annotations.Nullable List<Step> outer(List<Step> list) {
        for (int i = list.size() - 2; i >= 0; i--) {
            if (list.get(i) instanceof io.patchbay.expression.TargetPath.Every) {
                return list.subList(0, i + 1);
            }
        }
        return null;
    }

    static int depth(List<Step> list) {
        return (int) list.stream()
                .filter(io.patchbay.expression.TargetPath.Every.class::isInstance)
                .count();
    }

    /** How alike the names of two lists are, and what stands in them. */
    private static double points(Within source, Within target, Deadline deadline) {
        double sum = 0;
        for (Likeness one : target.inside()) {
            deadline.check();
            double best = 0;
            for (Likeness other : source.inside()) {
                best = Math.max(best, other.to(one).points());
            }
            sum += best;
        }
        double names = Words.alike(source.name(), target.name());
        int count = target.inside().size();
        return 0.4 * names + 0.6 * (count == 0 ? 0 : sum / count);
    }

    private static List<String> last(List<Step> list) {
        List<String> names = Leaf.names(list);
        return Words.of(names.isEmpty() ? "" : names.get(names.size() - 1));
    }

    /** How a source stands to a target. */
    enum Lined {
        /** Item by item, or both in no list. */
        UP,
        /** One value for each item of the target's list. */
        SAME_FOR_EACH,
        /** All items of nested lists as one list. */
        FLATTENED,
        /** The first item of the source's list. */
        FIRST,
        /** Not at all. */
        APART
    }

    Lined lined(Likeness source, Likeness target) {
        List<List<Step>> from = source.lists();
        List<List<Step>> to = target.lists();
        if (to.isEmpty()) {
            return from.isEmpty()
                    ? Lined.UP
                    : from.size() == 1 && !target.leaf().list() ? Lined.FIRST : Lined.APART;
        }
        List<Step> made = sources.get(to.get(to.size() - 1));
        if (made == null) {
            return Lined.APART;
        }
        if (from.isEmpty()) {
            return Lined.SAME_FOR_EACH;
        }
        if (from.size() < to.size()) {
            return Lined.APART; // no map writes that: a target has no more [*] than its source
        }
        List<Step> last = from.get(from.size() - 1);
        if (last.equals(made)) {
            return from.size() == to.size() ? Lined.UP : Lined.FLATTENED;
        }
        boolean around =
                last.size() < made.size() && made.subList(0, last.size()).equals(last);
        return around && depth(made) == to.size() ? Lined.SAME_FOR_EACH : Lined.APART;
    }
}
