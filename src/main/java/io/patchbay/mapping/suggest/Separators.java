package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How the numbers of samples are written: with a point or a comma, in groups or not. */
enum Separators {
    POINT(""),
    COMMA("decimalSeparator: \",\""),
    COMMA_AND_POINTS("decimalSeparator: \",\", groupSeparator: \".\""),
    POINT_AND_COMMAS("groupSeparator: \",\""),
    COMMA_AND_BLANKS("decimalSeparator: \",\", groupSeparator: \" \""),
    POINT_AND_QUOTES("groupSeparator: \"'\""),
    COMMA_AND_QUOTES("decimalSeparator: \",\", groupSeparator: \"'\"");

    /** One mark before three digits: it may stand before decimals, or between thousands. */
    private static final Pattern EITHER = Pattern.compile("[+-]?[1-9]\\d{0,2}([.,])\\d{3}");

    private final String settings;

    Separators(String settings) {
        this.settings = settings;
    }

    /** The first by which all values are numbers; where there is none, the one that refuses fewest. */
    static Separators of(List<JsonNode> values) {
        Separators best = POINT;
        long fewest = Long.MAX_VALUE;
        for (Separators one : values()) {
            long refused = Trial.of(List.of(one.number(false))).refused(values);
            if (refused < fewest) {
                best = one;
                fewest = refused;
            }
        }
        return best;
    }

    /** The function, as a map writes it. */
    String number(boolean whole) {
        List<String> all = new ArrayList<>();
        if (!settings.isEmpty()) {
            all.add(settings);
        }
        if (whole) {
            all.add("decimals: 0");
        }
        return all.isEmpty() ? "number" : "{ number: { " + String.join(", ", all) + " } }";
    }

    /** Whether no value tells what its mark is for. */
    boolean open(List<JsonNode> values) {
        return (this == POINT || this == COMMA)
                && !values.isEmpty()
                && values.stream()
                        .allMatch(one -> one.isTextual()
                                && EITHER.matcher(one.textValue().strip()).matches());
    }

    /** What stands before decimals, by these. */
    String mark() {
        return settings.contains("decimalSeparator") ? "," : ".";
    }
}
