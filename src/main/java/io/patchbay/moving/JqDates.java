package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of ISO 8601 in another form, with the offset that they came with: what was read is written in another order. Zones and steps of the calendar are not in jq. */
final class JqDates {

    private static final Pattern PART = Pattern.compile("yyyy|MM|dd|HH|mm|ss|'([^']*)'|([^A-Za-z'\\[\\]{}#]+)|.");

    private static final Map<String, String> FIELDS =
            Map.of("yyyy", ".y", "MM", ".m", "dd", ".d", "HH", ".h", "mm", ".i", "ss", ".s");

    /** Reads a date, or fails; hours, minutes and seconds that were left out are zero. */
    static final String READ =
            "def iso_date: if type == \"string\" or type == \"number\" then text | strip else error(\"the value is not a date\") end"
                    + " | [capture(\"\\\\A(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})(?:[Tt]? ?(?<h>[0-9]{2}):(?<i>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.][0-9]{0,9})?)?"
                    + "(?:[Zz]|[+-](?<oh>[0-9]{2})(?::?(?<om>[0-9]{2}))?)?)?\\\\z\")]"
                    + " | if length == 0 then error(\"the value is not a date\") else .[0] end"
                    + " | .h = (.h // \"00\") | .i = (.i // \"00\") | .s = (.s // \"00\")"
                    + " | map_values((. // \"0\") | tonumber) as $n"
                    + " | (if $n.m == 2 then (if ($n.y % 4 == 0 and $n.y % 100 != 0) or $n.y % 400 == 0 then 29 else 28 end)"
                    + " elif $n.m == 4 or $n.m == 6 or $n.m == 9 or $n.m == 11 then 30 else 31 end) as $days"
                    + " | if $n.m < 1 or $n.m > 12 or $n.d < 1 or $n.d > $days or $n.h > 23 or $n.i > 59 or $n.s > 59"
                    + " or $n.om > 59 or $n.oh * 60 + $n.om > 1080 then error(\"the value is not a date\") else . end;";

    private JqDates() {}

    /** A function of one value, which is no list. */
    static String of(JsonNode of, JqText texts, Location at) {
        for (String key : List.of("zone", "add", "round")) {
            if (of.has(key)) {
                return texts.refused(
                        at,
                        "'" + key + "' of a date has no counterpart in jq",
                        "a date in another form, with the offset that it came with, has one");
            }
        }
        if (!of.path("from").asText("iso").equals("iso") || of.path("from").isArray()) {
            return texts.refused(at, "a date that is read in another form than iso", "let the data have ISO 8601");
        }
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(of.path("to").asText("iso"));
        while (matcher.find()) {
            String field = FIELDS.get(matcher.group());
            if (field != null) {
                parts.add(field);
            } else if (matcher.group(1) != null) {
                parts.add(JqText.quoted(matcher.group(1).isEmpty() ? "'" : matcher.group(1)));
            } else if (matcher.group(2) != null) {
                parts.add(JqText.quoted(matcher.group(2)));
            } else {
                return texts.refused(
                        at,
                        "the form '" + of.path("to").asText("iso") + "' of a date has no counterpart in jq",
                        "yyyy, MM, dd, HH, mm and ss have one");
            }
        }
        return "iso_date | " + String.join(" + ", parts);
    }
}
