package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which list of the source each list of the target is made of. */
final class Lists {

    private static final double LEAST = 0.3;

    private final Map<List<Step>, List<Step>> sources = new LinkedHashMap<>();

    /** Lines lists up from the outside in: an inner list is made of one inside the list that the outer one is made of. */
    Lists(List<Likeness> from, List<Likeness> to) {
        Set<List<Step>> there = all(from);
        for (List<Step> target : all(to)) {
            List<Step> outer = outer(target);
            List<Step> around = outer == null ? null : sources.get(outer);
            if (outer != null && around == null) {
                continue;
            }
            List<Step> best = null;
            double most = LEAST;
            for (List<Step> source : there) {
                boolean below = around == null
                        || (source.size() > around.size()
                                && source.subList(0, around.size()).equals(around));
                boolean next = below && (around == null || depth(source) == depth(around) + 1);
                double points =
                        next ? points(source, target, from, to) * (around == null && depth(source) > 1 ? 0.9 : 1) : 0;
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

    private static Set<List<Step>> all(List<Likeness> leaves) {
        Set<List<Step>> lists = new LinkedHashSet<>();
        leaves.forEach(one -> lists.addAll(one.leaf().lists()));
        return lists;
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
    private static double points(List<Step> source, List<Step> target, List<Likeness> from, List<Likeness> to) {
        double names = Words.alike(last(source), last(target));
        List<Likeness> sources = inside(source, from);
        double sum = 0;
        int count = 0;
        for (Likeness one : inside(target, to)) {
            double best = 0;
            for (Likeness other : sources) {
                best = Math.max(best, other.to(one).points());
            }
            sum += best;
            count++;
        }
        return 0.4 * names + 0.6 * (count == 0 ? 0 : sum / count);
    }

    private static List<String> last(List<Step> list) {
        List<String> names = Leaf.names(list);
        return Words.of(names.isEmpty() ? "" : names.get(names.size() - 1));
    }

    private static List<Likeness> inside(List<Step> list, List<Likeness> leaves) {
        List<Likeness> inside = new ArrayList<>();
        for (Likeness one : leaves) {
            List<List<Step>> lists = one.leaf().lists();
            if (!lists.isEmpty() && lists.get(lists.size() - 1).equals(list)) {
                inside.add(one);
            }
        }
        return inside;
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

    Lined lined(Leaf source, Leaf target) {
        List<List<Step>> from = source.lists();
        List<List<Step>> to = target.lists();
        if (to.isEmpty()) {
            return from.isEmpty() ? Lined.UP : from.size() == 1 && !target.list() ? Lined.FIRST : Lined.APART;
        }
        List<Step> made = sources.get(to.get(to.size() - 1));
        if (made == null) {
            return Lined.APART;
        }
        if (from.isEmpty()) {
            return Lined.SAME_FOR_EACH;
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
