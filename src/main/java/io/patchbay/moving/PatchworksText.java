package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.shape.Metadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two kinds of brackets of Patchworks as placeholders of ours, and its dotted paths as paths of ours. */
final class PatchworksText {

    /** What stands in brackets and begins like a name: lists within lists of JSON begin otherwise. */
    private static final Pattern BRACKETS =
            Pattern.compile("\\[\\[(\\s*[A-Za-z_][^\\[\\]]*)\\]\\]|\\{\\{(\\s*[A-Za-z_][^{}]*)\\}\\}");
    /** The beginning of a placeholder that is none: another one stands in it, or it does not end. */
    private static final Pattern BROKEN = Pattern.compile("\\[\\[\\s*(?:payload|meta)\\b|\\{\\{\\s*flow\\.");

    private static final Map<String, String> UNITS = Map.of(
            "second", "s", "sec", "s", "minute", "m", "min", "m", "hour", "h", "day", "d", "week", "w", "month", "M",
            "year", "Y");

    private final PatchworksReading reading;
    private final Report report;
    private final Set<String> variables = new TreeSet<>();
    private final Map<String, String> metaNames = new HashMap<>();
    private final Set<String> relative = new HashSet<>();
    private boolean caught;

    PatchworksText(PatchworksReading reading, Report report) {
        this.reading = reading;
        this.report = report;
    }

    /** Whether what is read now stands in a catch, where the error's text has a place of its own. */
    void inCatch(boolean inside) {
        caught = inside;
    }

    /** Flow variables that were read so far. */
    Set<String> variables() {
        return variables;
    }

    /** Whether a date was read that hangs on when the run was queued. */
    boolean hasRelativeDates() {
        return !relative.isEmpty();
    }

    /**
     * A text with placeholders of ours.
     *
     * @param lenient whether a value that is missing becomes nothing, as it does there, and is no error
     */
    String text(String theirs, Place place, boolean lenient) {
        return text(theirs, place, lenient, false);
    }

    /** The same for the key of a cache, where {@code [[payload.*.x]]} makes a key for each record. */
    String key(String theirs, Place place) {
        return text(theirs, place, false, true);
    }

    private String text(String theirs, Place place, boolean lenient, boolean records) {
        Matcher matcher = BRACKETS.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            String ours = reference(matcher, records, place);
            if (ours == null) {
                report.lost(
                        place,
                        "'" + SourceText.shown(matcher.group())
                                + "' names nothing that a flow has here; it stands as text",
                        "placeholders are ${record.x}, ${payload.x}, ${meta.x} and ${flow.x}");
                out.append(Translator.literal(matcher.group()));
            } else {
                out.append("${").append(ours).append(lenient ? " ?? ''" : "").append('}');
            }
            end = matcher.end();
        }
        if (BROKEN.matcher(BRACKETS.matcher(theirs).replaceAll("")).find()) {
            report.lost(
                    place,
                    "a placeholder does not end, or has another one in it: its brackets stand as text",
                    "a path of a placeholder is fixed here; a map or a script can read by a name that data gives");
        }
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    private @Nullable String reference(Matcher matcher, boolean records, Place place) {
        String square = matcher.group(1);
        if (square == null) {
            return curly(matcher.group(2).strip());
        }
        String inside = square.strip();
        return records && inside.startsWith("payload.*.")
                ? "record" + path(inside.substring(10), true)
                : square(inside, place);
    }

    /** What the only placeholder names that a text is; null where it is more or less than one. */
    @Nullable
    String only(String theirs, Place place) {
        Matcher matcher = BRACKETS.matcher(theirs.strip());
        return matcher.matches() ? reference(matcher, false, place) : null;
    }

    static boolean hasBrackets(String theirs) {
        return BRACKETS.matcher(theirs).find();
    }

    /** A value of any kind, whose texts are such, and which may be a date. */
    JsonNode value(JsonNode theirs, Place place) {
        if (theirs.isObject()) {
            JsonNode date = date(theirs, place);
            if (!date.isMissingNode()) {
                return date;
            }
        }
        return content(theirs, place);
    }

    /** The same of data: nothing in it is a date because of what its members are called. */
    JsonNode content(JsonNode theirs, Place place) {
        reading.whole(theirs);
        if (theirs.isTextual()) {
            return Translator.text(text(theirs.asText(), place, false));
        }
        if (theirs.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            theirs.properties().forEach(one -> out.set(one.getKey(), content(one.getValue(), place.in(one.getKey()))));
            return out;
        }
        if (theirs.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            theirs.forEach(item -> out.add(content(item, place.in(String.valueOf(out.size())))));
            return out;
        }
        return theirs;
    }

    /**
     * So far from the instant at which the run was queued.
     *
     * @param unit a letter: s, m, h, d, w, or M and Y for steps of the calendar
     */
    record Away(long count, String unit) {

        /** As a step of the calendar, like {@code -P1M}; null where it is time. */
        @Nullable
        String calendar() {
            return unit.equals("M") || unit.equals("Y") ? (count < 0 ? "-P" : "P") + Math.abs(count) + unit : null;
        }
    }

    /** How far a dynamic date is away; null where a value is none. */
    @Nullable
    Away away(JsonNode theirs, Place place) {
        Fields fields = new Fields(theirs);
        String word = fields.text("unit", "interval_unit", "date_unit", "period")
                .toLowerCase(Locale.ROOT)
                .strip();
        String unit = UNITS.get(word.replaceFirst("s$", ""));
        String amount = fields.text("amount", "adjustment", "offset", "value", "number", "quantity")
                .strip();
        if (unit == null || !amount.matches("[-+]?[0-9]{1,9}")) {
            return null;
        }
        Fields looked = reading.of(theirs);
        looked.pass(
                "unit",
                "interval_unit",
                "date_unit",
                "period",
                "amount",
                "adjustment",
                "offset",
                "value",
                "number",
                "quantity",
                "type",
                "kind");
        String base = Fields.plain(looked.text("base", "from", "relative_to"));
        if (!base.isEmpty() && !base.matches("now|queued|queuedtime|currenttime|currentdate|today")) {
            report.lost(
                    place,
                    "a date is counted from '" + SourceText.shown(base) + "'; here it hangs on when the run was queued",
                    null);
        }
        String sign = looked.text("direction", "operator", "sign", "operation", "modifier")
                .toLowerCase(Locale.ROOT)
                .strip();
        boolean back = sign.matches("-|(sub|min|bef|past|ago|prev|last|earl).*");
        if (!back && !sign.isEmpty() && !sign.matches("\\+|(add|plus|aft|fut|next|from|in|later).*")) {
            report.lost(
                    place,
                    "the direction '" + SourceText.shown(sign)
                            + "' of a date is not understood: it was taken for one that lies ahead",
                    "${run.queuedAt - 2h} lies behind, ${run.queuedAt + 2h} ahead");
        }
        relative.add(amount);
        long count = Long.parseLong(amount.replace("+", ""));
        return new Away(back ? -Math.abs(count) : count, unit);
    }

    /** A date that is so far from the instant at which the run was queued; missing where the value is none. */
    private JsonNode date(JsonNode theirs, Place place) {
        Away away = away(theirs, place);
        if (away == null) {
            return MissingNode.getInstance();
        }
        if (away.calendar() != null) {
            report.lost(
                    place,
                    "a date that is " + Math.abs(away.count()) + (away.unit().equals("M") ? " months" : " years")
                            + " away cannot be said in a placeholder; it became 30 days for a month and 365 for a year",
                    "where the calendar matters, let a map make it before: template ${run.queuedAt}, then date with add: P1M");
        }
        return Translator.text(placeholder(away));
    }

    /** An instant of time as a placeholder; months and years are so many days. */
    static String placeholder(Away away) {
        long count = Math.abs(away.count())
                * switch (away.unit()) {
                    case "w" -> 7;
                    case "M" -> 30;
                    case "Y" -> 365;
                    default -> 1;
                };
        String unit = "wMY".contains(away.unit()) ? "d" : away.unit();
        return count == 0
                ? "${run.queuedAt}"
                : "${run.queuedAt " + (away.count() < 0 ? "-" : "+") + " " + count + unit + "}";
    }

    private @Nullable String square(String inside, Place place) {
        if (inside.equals("payload")) {
            return "payload";
        }
        if (inside.startsWith("payload.") && inside.length() > 8) {
            return "payload" + path(inside.substring(8), true);
        }
        if (inside.equals("meta.error_message")) {
            return caught ? "error.message" : "meta.error_message";
        }
        if (inside.startsWith("meta.") && inside.length() > 5) {
            return "meta." + meta(inside.substring(5), place);
        }
        return null;
    }

    /** A name of metadata, changed where ours knows no such names. */
    String meta(String theirs, Place place) {
        if (Metadata.names(theirs)) {
            return theirs;
        }
        String ours = metaNames.get(theirs);
        if (ours == null) {
            ours = Names.variable(theirs);
            ours = Metadata.names(ours) ? ours : "m" + ours;
            if (metaNames.containsValue(ours)) {
                ours = ours + "_" + (metaNames.size() + 1);
            }
            metaNames.put(theirs, ours);
            report.look(
                    place,
                    "the metadata '" + SourceText.shown(theirs) + "' is called '" + ours + "' here",
                    "scripts that read or set it, and flows that are started from here, need the new name");
        }
        return ours;
    }

    private @Nullable String curly(String inside) {
        if (inside.startsWith("flow.variables.") && inside.length() > 15) {
            String name = inside.substring(15);
            variables.add(name);
            return "flow" + Translator.step("\0", name).replace("\0", "");
        }
        if (inside.equals("original_filename")) {
            return "meta.file.name";
        }
        return null;
    }

    /** A dotted path from a record. The {@code *} of a list on top is not said here: the records are its items. */
    static String field(String theirs) {
        String plain = theirs.strip().replaceFirst("^payload\\.", "").replaceFirst("^\\*(\\.|$)", "");
        return plain.isEmpty() ? "@" : path(plain, false);
    }

    /** The same where something is written to. */
    static String target(String theirs) {
        String field = field(theirs);
        return field.equals("@") ? "value" : field;
    }

    /** @param behind whether it stands behind a name, like {@code .a} or {@code [0]} */
    static String path(String theirs, boolean behind) {
        StringBuilder out = new StringBuilder();
        for (String part : theirs.split("\\.", -1)) {
            if (part.equals("*")) {
                out.append("[*]");
            } else if (part.matches("[0-9]{1,9}")) {
                out.append('[').append(part).append(']');
            } else if (!part.isEmpty()) {
                String so = out.toString();
                out.setLength(0);
                out.append(Translator.step(so.isEmpty() && behind ? "\0" : so, part));
            }
        }
        String whole = out.toString().replace("\0", "");
        return behind && !whole.startsWith(".") && !whole.startsWith("[") ? "." + whole : whole;
    }
}
