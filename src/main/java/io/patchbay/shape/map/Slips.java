package io.patchbay.shape.map;

import io.patchbay.problem.DidYouMean;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a slip of the pen from a name that samples just do not have. */
final class Slips {

    /** Shorter names are near to each other by chance. */
    private static final int SHORTEST = 4;

    /** Up to here more than one letter that differs is another name. */
    private static final int SHORT = 7;

    private static final int CODE = 2;
    private static final Pattern DIGITS = Pattern.compile("\\d");
    private static final Pattern JOINTS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private Slips() {}

    /**
     * The name that was meant.
     *
     * @param known names that there are
     * @param read names that are read elsewhere: who reads them knows them
     */
    static Optional<String> meant(String name, Set<String> known, Set<String> read) {
        if (name.length() < SHORTEST) {
            return Optional.empty();
        }
        List<String> others = known.stream()
                .filter(other -> !read.contains(other) && !numbered(name, other) && !coded(name, other))
                .toList();
        return name.length() <= SHORT ? DidYouMean.nearest(name, others, 1) : DidYouMean.nearest(name, others);
    }

    /** Like address1 and address2. */
    private static boolean numbered(String left, String right) {
        return DIGITS.matcher(left).replaceAll("").equals(DIGITS.matcher(right).replaceAll(""));
    }

    /** Like de_AT and de_DE, or title_en and title_fr. */
    private static boolean coded(String left, String right) {
        String[] some = JOINTS.split(left, -1);
        String[] others = JOINTS.split(right, -1);
        boolean coded = some.length > 1 && some.length == others.length;
        for (int i = 0; coded && i < some.length; i++) {
            coded = some[i].equals(others[i]) || (some[i].length() == CODE && others[i].length() == CODE);
        }
        return coded;
    }
}
