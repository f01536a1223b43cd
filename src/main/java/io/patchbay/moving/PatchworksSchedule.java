package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One schedule of Patchworks as the five fields of a cron. */
final class PatchworksSchedule {

    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Pattern TIME =
            Pattern.compile("(?i)([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?(?::[0-5][0-9])?\\s*(am|pm)?z?");
    private static final Pattern FIVE = Pattern.compile("[0-9A-Za-z*/,?-]+( [0-9A-Za-z*/,?-]+){4}");
    private static final String[] INTERVAL = {"interval", "every", "value", "minutes", "hours", "number"};

    private final PatchworksReading reading;
    private final Report report;

    PatchworksSchedule(PatchworksReading reading, Report report) {
        this.reading = reading;
        this.report = report;
    }

    /** Null where it is not understood. */
    @Nullable
    String cron(Fields fields, Place at) {
        String written = fields.text("cron", "cron_expression", "expression", "advanced")
                .strip()
                .replaceAll("\\s+", " ");
        String kind = Fields.plain(fields.text("occurrence", "frequency", "type", "kind"));
        if (!written.isEmpty()) {
            return FIVE.matcher(written).matches() ? written : null;
        }
        String said = fields.text("time", "start_time", "at");
        Matcher time = TIME.matcher(said.strip());
        if (!said.isBlank() && !time.matches()) {
            return null;
        }
        int hour = said.isBlank() ? fields.whole(0, 23, "hour") : Integer.parseInt(time.group(1));
        int minute = said.isBlank() || time.group(2) == null
                ? fields.whole(0, 59, "minute")
                : Integer.parseInt(time.group(2));
        if (!said.isBlank() && time.group(3) != null) {
            hour = hour % 12 + (time.group(3).equalsIgnoreCase("pm") ? 12 : 0);
        }
        String interval = fields.text(INTERVAL).strip();
        if (!interval.isEmpty() && !interval.matches("[1-9][0-9]{0,5}")) {
            return null;
        }
        int every = interval.isEmpty() ? 1 : Integer.parseInt(interval);
        return switch (kind) {
            // There, every 45 minutes is */45: at :00 and at :45 of each hour.
            case "minutes", "minute", "everyxminutes" -> every > 59 ? null : "*/" + every + " * * * *";
            case "hourly", "hours", "hour" -> every > 23 ? null : minute + " */" + every + " * * *";
            case "daily", "day", "days", "weekly", "week" -> {
                String days = days(fields, kind.startsWith("week"), "days", "weekdays", "days_of_week", "day");
                yield days == null ? null : minute + " " + hour + " * * " + days;
            }
            case "monthly", "month", "months" -> monthly(fields, at, minute, hour);
            default -> null;
        };
    }

    private @Nullable String days(Fields fields, boolean needed, String... names) {
        String preset = Fields.plain(fields.text("preset", "day_preset"));
        if (preset.matches("weekdays|workdays|everyweekday")) {
            return "1-5";
        }
        if (preset.matches("weekends?|everyweekend")) {
            return "0,6";
        }
        if (!preset.isEmpty() && !preset.matches("everyday|daily|all|custom")) {
            return null;
        }
        String days = numbers(fields.get(names), DAYS, 0, 7);
        return "*".equals(days) && needed ? null : days;
    }

    private @Nullable String monthly(Fields fields, Place at, int minute, int hour) {
        JsonNode weeks = fields.get("weeks", "weeks_of_month");
        reading.whole(weeks);
        if (!weeks.isMissingNode() && !(weeks.isContainerNode() && weeks.isEmpty())) {
            report.lost(
                    at,
                    "weeks of a month cannot be said in five fields: the schedule is left out",
                    "say days of the month, or let a filter decide");
            return null;
        }
        String days = numbers(fields.get("days_of_month", "days", "dates", "day_of_month"), List.of(), 1, 31);
        String months = numbers(fields.get("months"), MONTHS, 1, 12);
        return days == null || months == null
                ? null
                : minute + " " + hour + " " + (days.equals("*") ? "1" : days) + " " + months + " *";
    }

    /** Numbers with commas between; a star where nothing is said; null where something is said that is not understood. */
    private @Nullable String numbers(JsonNode theirs, List<String> words, int least, int most) {
        List<String> said = new ArrayList<>();
        if (theirs.isObject()) {
            // Days by name, each on or off.
            for (Map.Entry<String, JsonNode> one : theirs.properties()) {
                if (!one.getValue().asText().matches("true|false")) {
                    return null;
                }
                if (one.getValue().asText().equals("true")) {
                    said.add(one.getKey());
                }
            }
        } else if (theirs.isArray()) {
            theirs.forEach(one -> said.add(reading.name(one)));
        } else if (theirs.isValueNode()) {
            said.addAll(List.of(theirs.asText().split("[,\\s]+")));
        }
        reading.whole(theirs);
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String one : said) {
            String text = one.toLowerCase(Locale.ROOT).strip();
            int word = text.length() < 3 ? -1 : words.indexOf(text.substring(0, 3));
            if (text.isEmpty() || text.equals("*")) {
                continue;
            }
            if (word >= 0) {
                numbers.add(word + least);
            } else if (text.matches("[0-9]{1,2}")
                    && Integer.parseInt(text) >= least
                    && Integer.parseInt(text) <= most) {
                // Sunday is 0, and 7.
                numbers.add(words == DAYS ? Integer.parseInt(text) % 7 : Integer.parseInt(text));
            } else {
                return null;
            }
        }
        return numbers.isEmpty()
                ? "*"
                : String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
