package io.patchbay.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the known name that an author most likely meant. */
public final class DidYouMean {

    private static final int MOST_NAMES_LISTED = 12;

    private DidYouMean() {}

    /**
     * The nearest known name within a third of the word's length, by edit distance with transpositions (optimal string
     * alignment), upper and lower case alike.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return nearest(word, known, Math.max(2, word.length() / 3));
    }

    /** The same with at most so many edits. */
    public static Optional<String> nearest(String word, Collection<String> known, int most) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= most)
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name);
    }

    /**
     * {@code did you mean 'x'?}, or the known names when none is near; of many those that have the word in them, or the first. Null
     * when there are none.
     */
    public static @Nullable String hint(String word, Collection<String> known) {
        Optional<String> nearest = nearest(word, known);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        if (known.isEmpty()) {
            return null;
        }
        String part = word.toLowerCase(Locale.ROOT);
        List<String> alike = known.stream()
                .filter(name -> !part.isEmpty() && name.toLowerCase(Locale.ROOT).contains(part))
                .toList();
        Collection<String> told = known.size() <= MOST_NAMES_LISTED || alike.isEmpty() ? known : alike;
        String names = told.stream().sorted().limit(MOST_NAMES_LISTED).collect(Collectors.joining(", "));
        int more = known.size() - Math.min(told.size(), MOST_NAMES_LISTED);
        return "known here: " + names + (more == 0 ? "" : " and " + more + " more");
    }

    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= right.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            for (int j = 1; j <= right.length(); j++) {
                int swap = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + swap);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[left.length()][right.length()];
    }

    private record Near(String name, int distance) {}
}
