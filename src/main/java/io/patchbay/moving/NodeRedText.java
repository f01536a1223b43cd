package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Properties and templates of Node-RED. {@code msg.payload} is the payload, read from its root; what else a message has is metadata, as a
 * text, apart from what a request brings.
 */
final class NodeRedText {

    private static final Pattern MUSTACHE = Pattern.compile("\\{\\{\\{?&?\\s*([^{}]+?)\\s*}}}?");

    private final Report report;
    private final Set<String> variables = new TreeSet<>();

    NodeRedText(Report report) {
        this.report = report;
    }

    Set<String> variables() {
        return variables;
    }

    /** A text with Mustache tags, which is how an address and a template are written. */
    String mustache(String theirs, Place place, boolean lenient) {
        Matcher matcher = MUSTACHE.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            String inside = matcher.group(1);
            String ours = inside.matches("[#/^!>].*")
                    ? null
                    : inside.startsWith("flow.")
                            ? variable(inside.substring(5))
                            : inside.startsWith("env.") ? "os." + inside.substring(4) : property(inside);
            if (ours == null) {
                report.lost(
                        place,
                        "'" + SourceText.shown(matcher.group()) + "' is not translated; it stands as text",
                        "a map with a template, or a script, makes texts of data");
                out.append(Translator.literal(matcher.group()));
            } else {
                out.append("${").append(ours).append(lenient ? " ?? ''" : "").append('}');
            }
            end = matcher.end();
        }
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    private String variable(String name) {
        String ours = Names.variable(name);
        variables.add(ours);
        return "flow." + ours;
    }

    /** What stands inside of a placeholder for a property of a message. */
    static String property(String theirs) {
        String path = steps(theirs.replaceFirst("^msg\\.", ""));
        if (path.equals("payload") || path.startsWith("payload.") || path.startsWith("payload[")) {
            return path;
        }
        if (path.startsWith("req.query.")) {
            return "meta.query." + path.substring(10);
        }
        if (path.startsWith("req.params.")) {
            return "meta.path." + path.substring(11);
        }
        if (path.startsWith("req.headers.")) {
            return "meta.header." + path.substring(12);
        }
        // Names with error. are those of a catch here, and end with it.
        return "meta." + (path.startsWith("error.") ? "caught" + path.substring(5) : path);
    }

    private static String steps(String theirs) {
        StringBuilder out = new StringBuilder();
        Matcher step = Pattern.compile("\\.?([^.\\[\\]]+)|\\[\\s*(?:([0-9]{1,9})|['\"]([^'\"\\]]*)['\"])\\s*]")
                .matcher(theirs.strip());
        while (step.find()) {
            if (step.group(2) != null) {
                out.append('[').append(step.group(2)).append(']');
            } else {
                String name = step.group(1) != null ? step.group(1) : step.group(3);
                String before = out.toString();
                out.setLength(0);
                out.append(Translator.step(before, name));
            }
        }
        return out.toString();
    }

    /** The field of a condition; null where the property is of a kind that has none. */
    @Nullable
    String field(String property, String type) {
        if (type.equals("flow")) {
            return "${" + variable(property) + " ?? ''}";
        }
        if (!type.isEmpty() && !type.equals("msg")) {
            return null;
        }
        String ours = property(property);
        if (ours.equals("payload")) {
            return "$";
        }
        return ours.startsWith("payload") ? "$" + ours.substring(7) : "${" + ours + " ?? ''}";
    }

    /** The way from a record to what stands in the payload; null where it is not in the payload. An empty way is the payload itself. */
    @Nullable
    static String inPayload(String property) {
        String ours = property(property);
        return ours.equals("payload")
                ? ""
                : ours.startsWith("payload.")
                        ? ours.substring(8)
                        : ours.startsWith("payload[") ? ours.substring(7) : null;
    }

    /** A typed value. Null where nothing here gives such a value, which was told. */
    @Nullable
    JsonNode value(String text, String type, Place place) {
        switch (type) {
            case "num" -> {
                return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")
                        ? Json.NODES.numberNode(new BigDecimal(text))
                        : Translator.text(text);
            }
            case "bool" -> {
                return Json.NODES.booleanNode(text.equals("true"));
            }
            case "json" -> {
                try {
                    return Json.MAPPER.readTree(text);
                } catch (JsonProcessingException e) {
                    report.lost(place, "a value that should be JSON is none, and stands as text", null);
                    return Translator.text(Translator.literal(text));
                }
            }
            case "date" -> {
                report.look(
                        place,
                        "a timestamp in milliseconds is ${run.queuedAt} here, an ISO 8601 text",
                        "the map function date with to: epochMillis writes milliseconds");
                return Translator.text("${run.queuedAt}");
            }
            case "msg" -> {
                return Translator.text("${" + property(text) + "}");
            }
            case "flow" -> {
                return Translator.text("${" + variable(text) + "}");
            }
            case "env" -> {
                return Translator.text("${os." + Names.variable(text) + "}");
            }
            case "", "str" -> {
                return Translator.text(Translator.literal(text));
            }
            default -> {
                report.lost(
                        place,
                        "a value of type '" + SourceText.shown(type) + "' is not translated",
                        type.equals("jsonata") ? "a map with jsonata: … takes the expression" : null);
                return null;
            }
        }
    }
}
