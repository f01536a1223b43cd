package io.patchbay.shape.convert;

import io.patchbay.payload.Lineage;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where pages of records end. A page's lineage says which records are in it: {@code shape#2} is the third of as many as {@code chunk} says,
 * {@code shape@40#1000} are 40 records behind the first 1000. So what was sent of a page is never taken for other records, should a page
 * end somewhere else when the run is taken up again, by another version of the program; and pages that something is known of end
 * where they ended.
 */
final class Cuts {

    private final Lineage parent;
    private final String shape;
    private final int most;
    /** How many records pages had, by the number of records before them; {@link #WHOLE} for as many as there may be. */
    private final TreeMap<Long, Long> known = new TreeMap<>();

    private static final long WHOLE = Long.MAX_VALUE;

    /**
     * Pages of records of a payload.
     *
     * @param most how many records a page has
     * @param before lineages that something is known of
     */
    Cuts(Lineage parent, String shape, int most, Stream<String> before) {
        this.parent = parent;
        this.shape = shape;
        this.most = most;
        String prefix = parent.text() + "/" + shape;
        before.filter(lineage -> lineage.startsWith(prefix))
                .map(lineage -> lineage.substring(prefix.length()).split("/", 2)[0])
                .forEach(this::know);
    }

    private void know(String page) {
        int mark = page.indexOf('#');
        if (mark == 0 && isNumber(page.substring(1))) {
            known.put(Long.parseLong(page.substring(1)) * most, WHOLE);
        } else if (mark > 1
                && page.charAt(0) == '@'
                && isNumber(page.substring(1, mark))
                && isNumber(page.substring(mark + 1))) {
            known.putIfAbsent(Long.parseLong(page.substring(mark + 1)), Long.parseLong(page.substring(1, mark)));
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 16 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** Whether a page behind so many records ends by their number alone. */
    boolean isKnown(long first) {
        return known.containsKey(first);
    }

    /** The most records of a page behind so many: it goes no further than to the next one that is known. */
    int most(long first) {
        long count = Math.min(most, known.getOrDefault(first, WHOLE));
        Map.Entry<Long, Long> next = known.higherEntry(first);
        return (int) (next == null ? count : Math.min(count, next.getKey() - first));
    }

    /**
     * The lineage of a page.
     *
     * @param first how many records are before it
     * @param last whether nothing is behind it
     */
    Lineage lineage(long first, int count, boolean last) {
        boolean whole = first % most == 0 && (count == most || last);
        return whole ? parent.child(shape, first / most) : parent.child(shape + "@" + count, first);
    }
}
