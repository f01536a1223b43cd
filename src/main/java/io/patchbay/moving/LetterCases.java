package io.patchbay.moving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Upper and lower case of all letters as definitions of jq, which knows those of ASCII alone: ranges of letters that lie equally far away. */
final class LetterCases {

    private LetterCases() {}

    /** From one letter to one or several in upper case, as numbers. */
    static String upper() {
        return definition("raised", text -> text.toUpperCase(Locale.ROOT));
    }

    /** From one letter to one or several in lower case, as numbers. */
    static String lower() {
        return definition("lowered", text -> text.toLowerCase(Locale.ROOT));
    }

    /**
     * Letters that lie equally far from their others.
     *
     * @param by how far
     * @param step from one to the next
     */
    private record Range(int first, int last, int by, int step) {

        boolean takes(int letter, int distance) {
            return distance == by && (first == last ? letter - last <= 2 : letter - last == step);
        }
    }

    private static String definition(String name, UnaryOperator<String> to) {
        List<Range> ranges = new ArrayList<>();
        List<String> several = new ArrayList<>();
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
            String given = Character.toString(letter);
            String other = surrogate ? given : to.apply(given);
            if (other.equals(given)) {
                continue;
            }
            if (other.codePointCount(0, other.length()) > 1) {
                several.add("\"" + letter + "\": " + other.codePoints().boxed().toList());
                continue;
            }
            add(letter, other.codePointAt(0) - letter, ranges);
        }
        return "def " + name + ": . as $c | if . < 128 then " + ascii(name) + " else ({ "
                + String.join(", ", several) + " } | .[$c | tostring]) as $several"
                + " | if $several != null then $several[] else first(" + listed(ranges)
                + " | select($c >= .[0] and $c <= .[1] and ($c - .[0]) % .[3] == 0) | $c + .[2]), $c) end end;";
    }

    private static String ascii(String name) {
        return name.equals("raised")
                ? "if . >= 97 and . <= 122 then . - 32 else . end"
                : "if . >= 65 and . <= 90 then . + 32 else . end";
    }

    private static void add(int letter, int by, List<Range> ranges) {
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.takes(letter, by)) {
            ranges.set(ranges.size() - 1, new Range(last.first(), letter, by, letter - last.last()));
        } else if (letter >= 128) {
            ranges.add(new Range(letter, letter, by, 1));
        }
    }

    private static String listed(List<Range> ranges) {
        List<String> all = new ArrayList<>();
        ranges.forEach(one -> all.add("[" + one.first() + "," + one.last() + "," + one.by() + "," + one.step() + "]"));
        return "([" + String.join(",", all) + "][]";
    }
}
