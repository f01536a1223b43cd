package io.patchbay.moving;

import io.patchbay.problem.Location;
import java.util.regex.Pattern;

/** Regular expressions that RE2 and jq's Oniguruma take alike: characters, classes of them, and how often. */
final class JqPatterns {

    private static final String CLASS = "\\[\\^?[A-Za-z0-9 _.,;:/#@%&=!'\"+*?()$-]+]";
    private static final String CHARACTER = "[A-Za-z0-9 _,;:/#@%&=!'\"-]";
    private static final String ESCAPED = "\\\\[.+*?()\\[\\]{}|^$/-]";
    private static final String ONE = "(?:" + CLASS + "|" + CHARACTER + "|" + ESCAPED + "|\\\\d)";

    /** What cannot match nothing, and has no groups. */
    private static final Pattern PARTS = Pattern.compile("(?:" + ONE + "\\+?)+");

    /** What is asked whether it matches a text as a whole: how it gets there makes no difference. */
    private static final Pattern WHOLE =
            Pattern.compile("(?:" + ONE + "|[.()|])(?:" + ONE + "|[.()|*+?]|\\{[0-9]{1,3}(?:,[0-9]{0,3})?})*");

    private JqPatterns() {}

    /** An expression for a text as a whole. */
    static String whole(String pattern, JqText texts, Location at) {
        return WHOLE.matcher(pattern).matches() && !pattern.contains("(?") && !pattern.matches(".*[*+?}][*+?{].*")
                ? digits(pattern)
                : refused(pattern, texts, at);
    }

    /** An expression for parts of a text that are replaced. */
    static String parts(String pattern, JqText texts, Location at) {
        return PARTS.matcher(pattern).matches() ? digits(pattern) : refused(pattern, texts, at);
    }

    /** Digits of other alphabets are none for RE2. */
    private static String digits(String pattern) {
        return pattern.replace("\\d", "[0-9]");
    }

    private static String refused(String pattern, JqText texts, Location at) {
        texts.refused(
                at,
                "the regular expression '" + pattern + "' may be read otherwise by jq",
                "characters, classes like [^0-9], \\d, and + have a counterpart");
        return "x";
    }
}
