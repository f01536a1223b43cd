package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two kinds of brackets of Patchworks as placeholders of ours, and its dotted paths as paths of ours. */
final class PatchworksText {

    private static final Pattern BRACKETS = Pattern.compile("\\[\\[([^\\[\\]]*)\\]\\]|\\{\\{([^{}]*)\\}\\}");
    private static final Map<String, String> UNITS = Map.of(
            "second", "s", "seconds", "s", "minute", "m", "minutes", "m", "hour", "h", "hours", "h", "day", "d", "days",
            "d");

    private final Report report;
    private final Set<String> variables = new TreeSet<>();
    private boolean caught;

    PatchworksText(Report report) {
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

    /**
     * A text with placeholders of ours.
     *
     * @param lenient whether a value that is missing becomes nothing, as it does there, and is no error
     */
    String text(String theirs, Place place, boolean lenient) {
        Matcher matcher = BRACKETS.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            String inside = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            String ours = matcher.group(1) != null ? square(inside.strip()) : curly(inside.strip());
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
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    /** A value of any kind, whose texts are such. */
    JsonNode value(JsonNode theirs, Place place) {
        if (theirs.isTextual()) {
            return Translator.text(text(theirs.asText(), place, false));
        }
        if (theirs.isObject()) {
            JsonNode date = date(theirs, place);
            if (!date.isMissingNode()) {
                return date;
            }
            ObjectNode out = Json.NODES.objectNode();
            theirs.properties().forEach(one -> out.set(one.getKey(), value(one.getValue(), place.in(one.getKey()))));
            return out;
        }
        if (theirs.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            theirs.forEach(item -> out.add(value(item, place)));
            return out;
        }
        return theirs;
    }

    /** A date that is so far from the instant at which the run was queued; missing where the value is none. */
    private JsonNode date(JsonNode theirs, Place place) {
        Fields fields = new Fields(theirs);
        String unit = fields.text("unit", "interval_unit").toLowerCase(Locale.ROOT);
        String amount = fields.text("amount", "adjustment", "offset", "value");
        if (unit.isEmpty() || !amount.matches("[-+]?[0-9]{1,9}")) {
            return MissingNode.getInstance();
        }
        String before = fields.text("direction", "operator", "sign").toLowerCase(Locale.ROOT);
        boolean back = amount.startsWith("-")
                || before.startsWith("sub")
                || before.startsWith("min")
                || before.equals("-")
                || before.startsWith("bef")
                || before.startsWith("past");
        String ours = UNITS.get(unit);
        long count = Long.parseLong(amount.replaceAll("[-+]", ""));
        if (ours == null && unit.startsWith("week")) {
            ours = "d";
            count *= 7;
        }
        if (ours == null) {
            report.lost(
                    place,
                    "a date that is " + count + " " + unit
                            + " away cannot be said in a placeholder; it became 30 days for a month and 365 for a year",
                    "where the calendar matters, use the map function date with add: P1M");
            ours = "d";
            count *= unit.startsWith("year") ? 365 : 30;
        }
        return Translator.text(
                count == 0 ? "${run.queuedAt}" : "${run.queuedAt " + (back ? "-" : "+") + " " + count + ours + "}");
    }

    private @Nullable String square(String inside) {
        if (inside.equals("payload")) {
            return "payload";
        }
        if (inside.startsWith("payload.")) {
            return "payload" + path(inside.substring(8), true);
        }
        if (inside.equals("meta.error_message")) {
            return caught ? "error.message" : "meta.error_message";
        }
        if (inside.startsWith("meta.") && inside.length() > 5) {
            return "meta" + path(inside.substring(5), true);
        }
        return null;
    }

    private @Nullable String curly(String inside) {
        if (inside.startsWith("flow.variables.") && inside.length() > 15) {
            String name = Names.variable(inside.substring(15));
            variables.add(name);
            return "flow." + name;
        }
        return inside.equals("original_filename") ? "meta.file.name" : null;
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

    private static String path(String theirs, boolean behind) {
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
