package io.patchbay.mapping.suggest;

import io.patchbay.expression.TargetPath.Step;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How dates are written, told from their schema and from how values look. */
final class Forms {

    static final String ISO = "iso";
    static final String DAY = "yyyy-MM-dd";
    static final String EPOCH = "epoch";
    static final String EPOCH_MILLIS = "epochMillis";

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d([.,]\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern SPACED = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    private static final Pattern PLAIN_DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TURNED = Pattern.compile("(\\d\\d)([./-])(\\d\\d)[./-]\\d{4}");
    private static final Pattern DIGITS = Pattern.compile("(19|20)\\d\\d(0[1-9]|1[0-2])([0-2]\\d|3[01])");
    private static final Pattern SECONDS = Pattern.compile("1\\d{9}");
    private static final Pattern MILLIS = Pattern.compile("1\\d{12}");

    private Forms() {}

    /** How the dates of a place are written; null when they are none. */
    static @Nullable String of(@Nullable String format, Set<String> types, Set<String> samples, List<Step> path) {
        if ("date".equals(format)) {
            return DAY;
        }
        if ("date-time".equals(format)) {
            return ISO;
        }
        List<String> names = Leaf.names(path);
        boolean named = !names.isEmpty() && Words.ofTime(names.get(names.size() - 1));
        if (samples.isEmpty()) {
            return null;
        }
        if (types.equals(Set.of("integer"))) {
            return !named ? null : all(samples, SECONDS) ? EPOCH : all(samples, MILLIS) ? EPOCH_MILLIS : null;
        }
        if (!types.equals(Set.of("string"))) {
            return null;
        }
        if (all(samples, INSTANT)) {
            return ISO;
        }
        if (all(samples, PLAIN_DAY)) {
            return DAY;
        }
        if (all(samples, SPACED)) {
            return "yyyy-MM-dd HH:mm:ss";
        }
        return all(samples, TURNED) ? turned(samples) : named && all(samples, DIGITS) ? "yyyyMMdd" : null;
    }

    /** The day stands first unless a value says otherwise. */
    private static @Nullable String turned(Set<String> samples) {
        boolean monthFirst = false;
        boolean dayFirst = false;
        String mark = "";
        for (String sample : samples) {
            Matcher parts = TURNED.matcher(sample);
            if (!parts.matches() || !(mark.isEmpty() || mark.equals(parts.group(2)))) {
                return null;
            }
            mark = parts.group(2);
            dayFirst |= Integer.parseInt(parts.group(1)) > 12;
            monthFirst |= Integer.parseInt(parts.group(3)) > 12;
        }
        if (dayFirst && monthFirst) {
            return null;
        }
        return monthFirst ? "MM" + mark + "dd" + mark + "yyyy" : "dd" + mark + "MM" + mark + "yyyy";
    }

    private static boolean all(Set<String> samples, Pattern pattern) {
        return samples.stream().allMatch(sample -> pattern.matcher(sample).matches());
    }
}
