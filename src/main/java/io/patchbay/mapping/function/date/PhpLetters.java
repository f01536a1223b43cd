package io.patchbay.mapping.function.date;

import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.Map;

/**
 * The date letters of PHP, which maps of other products are written in. Own code: no library reads them for Java, and letter
 * by letter they are parts of a {@link DateTimeFormatterBuilder}.
 */
final class PhpLetters {

    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('d', "dd"),
            Map.entry('j', "d"),
            Map.entry('D', "EEE"),
            Map.entry('l', "EEEE"),
            Map.entry('m', "MM"),
            Map.entry('n', "M"),
            Map.entry('M', "MMM"),
            Map.entry('F', "MMMM"),
            Map.entry('Y', "uuuu"),
            Map.entry('x', "uuuu"),
            Map.entry('y', "uu"),
            Map.entry('H', "HH"),
            Map.entry('G', "H"),
            Map.entry('h', "hh"),
            Map.entry('g', "h"),
            Map.entry('i', "mm"),
            Map.entry('s', "ss"),
            Map.entry('v', "SSS"),
            Map.entry('u', "SSSSSS"),
            Map.entry('e', "VV"),
            Map.entry('P', "xxx"),
            Map.entry('p', "XXX"),
            Map.entry('O', "xx"),
            Map.entry('c', "uuuu-MM-dd'T'HH:mm:ssxxx"),
            Map.entry('r', "EEE, dd MMM uuuu HH:mm:ss xx"));

    private static final Map<Long, String> ORDINALS = Map.of(1L, "st", 2L, "nd", 3L, "rd", 4L, "th");

    private PhpLetters() {}

    /**
     * Adds the parts.
     *
     * @param read whether they are to be read, or written
     * @throws IllegalArgumentException for a letter that has no part
     */
    static void append(String letters, DateTimeFormatterBuilder builder, boolean read) {
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            String pattern = PATTERNS.get(c);
            if (c == '\\' && i + 1 < letters.length()) {
                builder.appendLiteral(letters.charAt(++i));
            } else if (pattern != null) {
                builder.appendPattern(pattern);
            } else if (c == 'S' && read) {
                builder.optionalStart().appendText(PhpField.ORDINAL, ORDINALS).optionalEnd();
            } else if (!special(c, builder)) {
                if (Character.isLetter(c)) {
                    throw new IllegalArgumentException(
                            "'" + c + "' is not among the PHP date letters that are read here");
                }
                builder.appendLiteral(c);
            }
        }
    }

    private static boolean special(char letter, DateTimeFormatterBuilder builder) {
        switch (letter) {
            case 'A' -> builder.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "AM", 1L, "PM"));
            case 'a' -> builder.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "am", 1L, "pm"));
            case 'N' -> builder.appendValue(ChronoField.DAY_OF_WEEK);
            case 'w' ->
                builder.appendText(
                        ChronoField.DAY_OF_WEEK, Map.of(1L, "1", 2L, "2", 3L, "3", 4L, "4", 5L, "5", 6L, "6", 7L, "0"));
            case 'z' -> builder.appendText(ChronoField.DAY_OF_YEAR, daysOfYear());
            case 't' -> builder.appendValue(PhpField.DAYS_IN_MONTH, 2);
            case 'L' -> builder.appendValue(PhpField.LEAP_YEAR, 1);
            case 'I' -> builder.appendValue(PhpField.SUMMER_TIME, 1);
            case 'U' -> builder.appendValue(ChronoField.INSTANT_SECONDS);
            case 'W' -> builder.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2);
            case 'o' -> builder.appendValue(IsoFields.WEEK_BASED_YEAR, 4);
            case 'S' -> builder.appendText(ChronoField.DAY_OF_MONTH, ordinals());
            case 'X' -> builder.appendValue(ChronoField.YEAR, 4, 10, SignStyle.ALWAYS);
            case 'T' -> builder.appendZoneText(TextStyle.SHORT);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** PHP counts them from 0. */
    private static Map<Long, String> daysOfYear() {
        Map<Long, String> days = new HashMap<>();
        for (long day = 1; day <= 366; day++) {
            days.put(day, Long.toString(day - 1));
        }
        return days;
    }

    private static Map<Long, String> ordinals() {
        Map<Long, String> ordinals = new HashMap<>();
        for (long day = 1; day <= 31; day++) {
            boolean teen = day / 10 == 1;
            ordinals.put(day, teen ? "th" : day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th");
        }
        return ordinals;
    }
}
