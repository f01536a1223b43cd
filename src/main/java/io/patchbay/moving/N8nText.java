package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expressions of n8n as placeholders of ours, as far as they read a value; what calculates is told. */
final class N8nText {

    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final String STEP =
            "(?:\\??\\.[A-Za-z_$][A-Za-z0-9_$]*|\\[\\s*(?:[0-9]{1,9}|'[^'\\]]*'|\"[^\"\\]]*\")\\s*])";
    private static final Pattern ITEM =
            Pattern.compile("(?:\\$json|\\$input\\.item\\.json|\\$input\\.first\\(\\)\\.json|\\$data)((?:" + STEP
                    + ")*)(?:\\s*(\\?\\?|\\|\\|)\\s*('[^']*'|\"[^\"]*\"|[0-9.]+|true|false|null))?");
    private static final Pattern ONE_STEP = Pattern.compile(STEP);
    private static final Pattern NOW =
            Pattern.compile("\\$now(?:\\.toISO\\(\\)|\\.toString\\(\\))?|new Date\\(\\)\\.toISOString\\(\\)");
    private static final Pattern BACK = Pattern.compile(
            "\\$now\\.(minus|plus)\\(\\s*(?:\\{\\s*(second|minute|hour|day|week)s?\\s*:\\s*([0-9]{1,6})\\s*}|([0-9]{1,6})\\s*,\\s*['\"](second|minute|hour|day|week)s?['\"])\\s*\\)(?:\\.toISO\\(\\))?");

    private final Report report;
    private final String workflow;
    private final Set<String> variables = new TreeSet<>();

    N8nText(Report report, String workflow) {
        this.report = report;
        this.workflow = workflow;
    }

    Set<String> variables() {
        return variables;
    }

    /** A value of any kind. */
    JsonNode value(JsonNode theirs, Place place) {
        if (theirs.isTextual()) {
            return Translator.text(text(theirs.asText(), place));
        }
        if (theirs.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            theirs.properties().forEach(one -> out.set(one.getKey(), value(one.getValue(), place)));
            return out;
        }
        if (theirs.isArray()) {
            ArrayNode out = Json.NODES.arrayNode();
            theirs.forEach(item -> out.add(value(item, place)));
            return out;
        }
        return theirs;
    }

    /** JSON that is written as a text, with or without the sign of an expression before it; empty where it is none. */
    static Optional<JsonNode> json(String theirs) {
        try {
            return Optional.of(Json.MAPPER.readTree(theirs.replaceFirst("^=", "")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Values inside of JSON that is an expression as a whole, where one in quotes is always a text. */
    JsonNode quoted(JsonNode theirs, Place place) {
        tellTexts(theirs, place);
        return value(N8nRequests.marked(theirs), place);
    }

    /** Whether a text is one expression and nothing else. */
    private static boolean alone(String text) {
        return text.startsWith("{{") && text.indexOf("}}", 2) == text.length() - 2;
    }

    private void tellTexts(JsonNode theirs, Place place) {
        if (theirs.isTextual()) {
            if (alone(theirs.asText())) {
                report.look(
                        place,
                        "'" + SourceText.shown(theirs.asText())
                                + "' in quotes is always a text there; here it stays the number, list or whatever it"
                                + " is",
                        "if the receiver needs a text, write it in a map with then: [ text ]");
            }
        } else {
            theirs.forEach(one -> tellTexts(one, place));
        }
    }

    /** A text with placeholders of ours. */
    String text(String theirs, Place place) {
        if (!theirs.startsWith("=")) {
            return Translator.literal(theirs);
        }
        String body = theirs.substring(1);
        Matcher matcher = BRACES.matcher(body);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(body.substring(end, matcher.start())));
            String ours = expression(matcher.group(1).strip(), place);
            if (ours == null) {
                report.lost(
                        place,
                        "the expression '" + SourceText.shown(matcher.group())
                                + "' calculates, or reads another node; it stands as text",
                        "let a map or a script calculate it first, and read it as ${record.NAME}");
                out.append(Translator.literal(matcher.group()));
            } else {
                out.append(ours);
            }
            end = matcher.end();
        }
        return out.append(Translator.literal(body.substring(end))).toString();
    }

    /** The path of what an expression reads of its item, where it does nothing else. */
    static Optional<String> item(String inside) {
        Matcher item = ITEM.matcher(inside.strip());
        if (!item.matches() || item.group(2) != null) {
            return Optional.empty();
        }
        String path = path(item.group(1));
        return Optional.of(path.isEmpty() ? "@" : path);
    }

    private @Nullable String expression(String inside, Place place) {
        Matcher item = ITEM.matcher(inside);
        if (item.matches()) {
            String standIn = item.group(3);
            if (standIn != null && standIn.matches("(?s)[\"'].*['\\\\{}\"].*[\"']")) {
                // Quotes and braces in it would end the placeholder.
                return null;
            }
            String path = path(item.group(1));
            if ("||".equals(item.group(2))) {
                report.look(
                        place,
                        "'" + SourceText.shown(inside)
                                + "' also takes the other for an empty text, 0 and false; here it does for what is"
                                + " missing or null alone",
                        null);
            }
            String otherwise =
                    item.group(3) == null ? "" : " ?? " + item.group(3).replace('"', '\'');
            return "${record" + (path.isEmpty() ? "" : path.startsWith("[") ? path : "." + path) + otherwise + "}";
        }
        if (NOW.matcher(inside).matches() || inside.equals("$today")) {
            return "${run.queuedAt}";
        }
        Matcher back = BACK.matcher(inside);
        if (back.matches()) {
            String unit = back.group(2) != null ? back.group(2) : back.group(5);
            long count = Long.parseLong(back.group(3) != null ? back.group(3) : back.group(4));
            boolean week = unit.equals("week");
            return "${run.queuedAt " + (back.group(1).equals("minus") ? "-" : "+") + " "
                    + (week ? count * 7 + "d" : count + unit.substring(0, 1)) + "}";
        }
        if (inside.matches("\\$env\\.[A-Za-z_][A-Za-z0-9_]*")) {
            return "${os." + inside.substring(5) + "}";
        }
        if (inside.matches("\\$vars\\.[A-Za-z_][A-Za-z0-9_]*")) {
            variables.add(inside.substring(6));
            return "${flow." + inside.substring(6) + "}";
        }
        return switch (inside) {
            case "$execution.id" -> "${run.id}";
            case "$workflow.name" -> Translator.literal(workflow);
            default ->
                inside.matches("'[^']*'|\"[^\"]*\"")
                        ? Translator.literal(inside.substring(1, inside.length() - 1))
                        : inside.matches("-?[0-9.]+") ? inside : null;
        };
    }

    private static String path(String steps) {
        Matcher step = ONE_STEP.matcher(steps);
        String path = "";
        while (step.find()) {
            String one = step.group();
            if (one.startsWith("[")) {
                String inside = one.substring(1, one.length() - 1).strip();
                path = inside.matches("[0-9]+")
                        ? path + "[" + inside + "]"
                        : Translator.step(path, inside.substring(1, inside.length() - 1));
            } else {
                path = Translator.step(path, one.replaceFirst("^\\??\\.", ""));
            }
        }
        return path;
    }

    /** The path of a field that an expression reads; null where it reads something else. */
    @Nullable
    String field(String theirs, Place place) {
        String text = text(theirs, place);
        if (text.matches("\\$\\{record}")) {
            return "@";
        }
        if (text.matches("\\$\\{record[.\\[][^{}?]*}")) {
            return text.substring(8, text.length() - 1).replaceFirst("^\\.", "");
        }
        return text.matches("\\$\\{(os|flow|run)\\.[^{}]*}") ? text : null;
    }

    /** A name in dots, as it stands in a setting that names a field. */
    static String named(String name) {
        String path = "";
        for (String part : name.replaceFirst("^=?\\s*", "").split("\\.", -1)) {
            path = part.matches("[0-9]{1,9}")
                    ? path + "[" + part + "]"
                    : part.isEmpty() ? path : Translator.step(path, part);
        }
        return path.isEmpty() ? "value" : path;
    }
}
