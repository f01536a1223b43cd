package io.patchbay.trigger;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The five fields of a cron expression: bounds, names, and how their text becomes a set of values. */
enum CronField {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day of month", 1, 31, ""),
    MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** Sunday may be written 0 or 7. */
    DAY_OF_WEEK("day of week", 0, 7, "SUN MON TUE WED THU FRI SAT");

    private static final Pattern ITEM =
            Pattern.compile("(?:(\\*)|([A-Z]{3}|[0-9]{1,2})(?:-([A-Z]{3}|[0-9]{1,2}))?)(?:/([0-9]{1,2}))?");

    private final String title;
    private final int min;
    private final int max;
    private final String names;

    CronField(String title, int min, int max, String names) {
        this.title = title;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    /** The values a field's text stands for. @throws IllegalArgumentException naming the field */
    SortedSet<Integer> parse(String text) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String item : text.split(",", -1)) {
            add(item, values);
        }
        if (this == DAY_OF_WEEK && values.remove(7)) {
            values.add(0);
        }
        return Collections.unmodifiableSortedSet(values);
    }

    private void add(String item, SortedSet<Integer> values) {
        Matcher matcher = ITEM.matcher(item.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw bad(item, "is not a value, a range a-b, * or a step like */5");
        }
        boolean any = matcher.group(1) != null;
        int from = any ? min : value(matcher.group(2), item);
        int to = any ? lastOfAny() : matcher.group(3) == null ? from : value(matcher.group(3), item);
        String step = matcher.group(4);
        if (step != null && !any && matcher.group(3) == null) {
            throw bad(item, "has a step without a range; write " + from + "-" + lastOfAny() + "/" + step);
        }
        int by = step == null ? 1 : Integer.parseInt(step);
        if (by == 0) {
            throw bad(item, "has a step of 0");
        }
        if (from > to) {
            throw bad(item, "begins after it ends");
        }
        for (int value = from; value <= to; value += by) {
            values.add(value);
        }
    }

    private int lastOfAny() {
        return this == DAY_OF_WEEK ? 6 : max;
    }

    private int value(String text, String item) {
        int named = Arrays.asList(names.split(" ")).indexOf(text);
        if (named >= 0) {
            return named + (this == MONTH ? 1 : 0);
        }
        if (!Character.isDigit(text.charAt(0))) {
            throw bad(item, names.isEmpty() ? "is not a number" : "is not a number or one of " + names);
        }
        int value = Integer.parseInt(text);
        if (value < min || value > max) {
            throw bad(item, "is not within " + min + " to " + max);
        }
        return value;
    }

    private IllegalArgumentException bad(String item, String why) {
        return new IllegalArgumentException("cron field '" + title + "': '" + item + "' " + why);
    }
}
