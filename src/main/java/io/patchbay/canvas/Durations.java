package io.patchbay.canvas;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one form of a duration in all files: a whole number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
public final class Durations {

    static final String PATTERN = "^[0-9]+(ms|s|m|h|d)$";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private static final Pattern FAMILIAR =
            Pattern.compile("p?t?([0-9]{1,9})\\s*(|milli[a-z]*|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?)");

    private Durations() {}

    /** Reads {@code 30s}. @throws IllegalArgumentException if the text has another form */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration like 30s, 5m, 2h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** How a text that is no duration may be written as one. */
    public static String hint(String text) {
        String form = "write a whole number and ms, s, m, h or d, without a blank between";
        Matcher matcher = FAMILIAR.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return form;
        }
        String unit = matcher.group(2);
        String ours = unit.isEmpty() ? "s" : unit.startsWith("mil") ? "ms" : unit.substring(0, 1);
        return form + ": " + matcher.group(1) + ours;
    }

    /** Writes a duration in its shortest exact form. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }
}
