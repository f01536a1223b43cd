package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a place is held against places of the other side, worked out once. */
final class Likeness {

    /** More than any name. */
    private static final double TAGGED = 1.5;

    private static final int LONG_ENOUGH = 4;
    private static final int LONGEST_NUMBER = 40;

    private final Leaf leaf;
    private final List<List<Step>> lists;
    private final List<String> own;
    private final List<String> parents;
    private final List<String> whole;
    private final List<String> title;
    private final Set<String> values = new HashSet<>();

    Likeness(Leaf leaf) {
        this.leaf = leaf;
        List<String> names = Leaf.names(leaf.path());
        this.lists = leaf.lists();
        int outside =
                lists.isEmpty() ? 0 : Leaf.names(lists.get(lists.size() - 1)).size();
        this.own = Words.of(leaf.name());
        this.parents = Words.of(names.subList(Math.min(outside, names.size() - 1), names.size() - 1));
        this.whole = Words.of(names.subList(Math.min(outside, names.size() - 1), names.size()));
        this.title = leaf.title() == null ? List.of() : Words.of(leaf.title());
        leaf.samples().forEach(sample -> values.add(value(sample)));
    }

    Leaf leaf() {
        return leaf;
    }

    /** The lists that it stands in, from the outside. */
    List<List<Step>> lists() {
        return lists;
    }

    /** How far two places are alike, from 0 to 1 or more by their tags, and why. */
    record Score(double points, List<String> why) {}

    Score to(Likeness target) {
        List<String> why = new ArrayList<>();
        if (leaf.tag() != null && leaf.tag().equals(target.leaf.tag())) {
            why.add("same tag '" + leaf.tag() + "'");
            return new Score(TAGGED * fits(target), why);
        }
        double named = named(target);
        double titled = titled(target);
        double points = Math.max(named, 0.9 * titled);
        if (points >= Suggesting.LEAST) {
            why.add(named >= 0.9 * titled ? words(named, target) : "same title");
        }
        double valued = valued(target);
        if (valued > 0) {
            points = 1 - (1 - points) * (1 - 0.85 * valued);
            why.add(valued >= 0.9 ? "same values" : "values in common");
        }
        boolean format = leaf.format() != null && leaf.format().equals(target.leaf.format());
        if (format && points > 0.3) {
            points = Math.min(1, points + 0.05);
            why.add("both " + leaf.format());
        }
        boolean other = leaf.tag() != null && target.leaf.tag() != null;
        return new Score(points * fits(target) * (other ? 0.5 : 1), why);
    }

    private String words(double points, Likeness target) {
        if (leaf.name().equals(target.leaf.name())) {
            return "same name";
        }
        return points >= 0.8 ? "names mean the same" : "similar names";
    }

    private double named(Likeness target) {
        double last = Words.alike(own, target.own);
        double all = Words.alike(whole, target.whole);
        double around = Words.alike(parents, target.parents);
        double alone;
        if (last > 0.99) {
            alone = Words.common(own) ? 0.6 + 0.4 * around : 0.85 + 0.15 * around;
        } else {
            alone = last * (0.7 + 0.1 * around);
        }
        return Math.max(alone, 0.97 * all);
    }

    private double titled(Likeness target) {
        if (title.isEmpty() && target.title.isEmpty()) {
            return 0;
        }
        double both = title.isEmpty() || target.title.isEmpty() ? 0 : Words.alike(title, target.title);
        double left = title.isEmpty() ? 0 : Words.alike(title, target.own);
        double right = target.title.isEmpty() ? 0 : Words.alike(own, target.title);
        return Math.max(both, Math.max(left, right));
    }

    /** How many of the target's values the source has, when one of them is no value that many places have. */
    private double valued(Likeness target) {
        if (values.isEmpty() || target.values.isEmpty()) {
            return 0;
        }
        long common = 0;
        boolean telling = false;
        for (String value : target.values) {
            if (values.contains(value)) {
                common++;
                telling |= value.length() >= LONG_ENOUGH && !value.equals("true") && !value.equals("false");
            }
        }
        double share = (double) common / Math.min(values.size(), target.values.size());
        return common == 0 ? 0 : telling ? 0.5 + 0.5 * share : common > 2 && share > 0.9 ? 0.5 : 0.2 * share;
    }

    /** 1 and 1.0 are the same, and so are a day and an instant of it. */
    private String value(String sample) {
        String form = leaf.form();
        if (form != null && (form.equals(Forms.ISO) || form.equals(Forms.DAY)) && sample.length() >= 10) {
            return sample.substring(0, 10);
        }
        BigDecimal number = number(sample);
        return number == null ? sample.strip().toLowerCase(java.util.Locale.ROOT) : number.toString();
    }

    private static @Nullable BigDecimal number(String text) {
        if (text.length() > LONGEST_NUMBER || text.isEmpty() || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return null;
        }
        // What begins with 0 is a code.
        if (text.length() > 1 && text.charAt(0) == '0' && text.charAt(1) != '.') {
            return null;
        }
        try {
            return new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private double fits(Likeness target) {
        Leaf to = target.leaf;
        if (leaf.types().isEmpty() || to.types().isEmpty()) {
            return 1;
        }
        boolean object = leaf.only("object") || to.only("object");
        if (object && !leaf.types().equals(to.types())) {
            return 0.3;
        }
        boolean truth = leaf.only("boolean") || to.only("boolean");
        if (truth && !leaf.types().equals(to.types())) {
            return 0.8;
        }
        if ((leaf.form() == null) != (to.form() == null)
                && to.form() != null
                && !to.samples().isEmpty()) {
            return 0.7;
        }
        return leaf.list() == to.list() ? 1 : 0.9;
    }
}
