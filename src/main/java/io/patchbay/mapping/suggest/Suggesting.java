package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Item;
import io.patchbay.expression.TargetPath.Step;
import io.patchbay.mapping.suggest.Lists.Lined;
import io.patchbay.mapping.suggest.Suggestion.Open;
import io.patchbay.mapping.suggest.Suggestion.Proposed;
import io.patchbay.mapping.suggest.Suggestion.Sure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds sources for the targets of a map: the best pairs first, each target once and each source once in each list. */
public final class Suggesting {

    /** Fewer points are chance. */
    static final double LEAST = 0.5;

    /** A field beside the list is meant for each of its items only where the names say so. */
    private static final double APART = 0.62;

    private static final double SURE = 0.85;
    private static final double LIKELY = 0.68;

    /** So many sources are kept for a target: what is better for others is taken from the first of them. */
    private static final int MOST_SOURCES = 20;

    private static final Comparator<Pair> BEST = Comparator.comparingDouble(Pair::points)
            .reversed()
            .thenComparingInt(Pair::to)
            .thenComparingInt(Pair::from);

    private final List<Likeness> from;
    private final List<Likeness> to;
    private final Lists lists;

    private final Deadline deadline;

    private Suggesting(Side source, Side target, Deadline deadline) {
        this.deadline = deadline;
        this.from = source.leaves().stream().map(Likeness::new).toList();
        this.to = target.leaves().stream().map(Likeness::new).toList();
        this.lists = new Lists(from, to, deadline);
    }

    /** A pair. */
    private record Pair(int from, int to, Lined lined, Likeness.Score score) {
        double points() {
            return score.points();
        }
    }

    /** Fields from one side to another. @throws TooManyPlacesException when that takes too long */
    public static Suggestion of(Side source, Side target, Clock clock) {
        return new Suggesting(source, target, new Deadline(clock)).suggestion(source.cut() || target.cut());
    }

    private Suggestion suggestion(boolean cut) {
        Map<Integer, Pair> chosen = chosen();
        List<Proposed> fields = new ArrayList<>();
        chosen.forEach((index, pair) -> fields.add(proposed(pair)));
        Set<Integer> used = new HashSet<>();
        chosen.values().forEach(pair -> used.add(pair.from()));
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            if (!used.contains(i)) {
                unused.add(from.get(i).leaf().text());
            }
        }
        List<Open> open = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            if (!chosen.containsKey(i)) {
                Leaf leaf = to.get(i).leaf();
                open.add(new Open(leaf.text(), leaf.kind(), leaf.needed()));
            }
        }
        return new Suggestion(fields, open, unused, cut);
    }

    private Map<Integer, Pair> chosen() {
        List<Pair> pairs = pairs();
        pairs.sort(BEST);
        Map<Integer, Pair> chosen = new TreeMap<>();
        Set<String> used = new HashSet<>();
        for (Pair pair : pairs) {
            List<List<Step>> into = to.get(pair.to()).lists();
            String place = pair.from() + (into.isEmpty() ? "" : Leaf.text(into.get(into.size() - 1)));
            if (!chosen.containsKey(pair.to()) && used.add(place)) {
                chosen.put(pair.to(), pair);
            }
        }
        return chosen;
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int t = 0; t < to.size(); t++) {
            deadline.check();
            PriorityQueue<Pair> best = new PriorityQueue<>(BEST.reversed());
            for (int f = 0; f < from.size(); f++) {
                Pair pair = pair(f, t);
                if (pair != null) {
                    best.add(pair);
                }
                if (best.size() > MOST_SOURCES) {
                    best.remove(); // the worst
                }
            }
            pairs.addAll(best);
        }
        return pairs;
    }

    private @Nullable Pair pair(int f, int t) {
        Lined lined = lists.lined(from.get(f), to.get(t));
        if (lined == Lined.APART) {
            return null;
        }
        Likeness.Score score = from.get(f).to(to.get(t));
        double points = score.points() * (lined == Lined.UP || lined == Lined.FLATTENED ? 1 : 0.75);
        return points >= (lined == Lined.SAME_FOR_EACH ? APART : LEAST)
                ? new Pair(f, t, lined, new Likeness.Score(points, score.why()))
                : null;
    }

    private Proposed proposed(Pair pair) {
        Leaf source = from.get(pair.from()).leaf();
        Leaf target = to.get(pair.to()).leaf();
        List<String> why = new ArrayList<>(pair.score().why());
        if (why.isEmpty()) {
            why.add("similar names");
        }
        if (pair.lined() == Lined.SAME_FOR_EACH) {
            why.add("the same for each item");
        }
        if (pair.lined() == Lined.FIRST) {
            why.add("of the first item");
        }
        Conversion conversion = Conversion.of(source, target, source.list());
        why.addAll(conversion.why());
        List<Step> path = pair.lined() == Lined.FIRST ? first(source.path()) : source.path();
        double points = pair.points();
        Sure sure = points >= SURE ? Sure.SURE : points >= LIKELY ? Sure.LIKELY : Sure.MAYBE;
        return new Proposed(
                target.text(),
                Leaf.text(path),
                pair.lined() == Lined.FLATTENED,
                conversion.then(),
                sure.compareTo(conversion.most()) >= 0 ? sure : conversion.most(), // the less sure one
                why);
    }

    private static List<Step> first(List<Step> path) {
        return path.stream()
                .map(step -> step instanceof Every ? new Item(0) : step)
                .toList();
    }
}
