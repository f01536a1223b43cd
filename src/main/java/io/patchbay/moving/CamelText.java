package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts with placeholders in Camel's simple language. What they read of the data is put into variables of the exchange first, by jsonpath,
 * so that no value is ever read as an expression.
 */
final class CamelText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([^{}]*)}");
    private static final Pattern INSIDE = Pattern.compile(
            "\\s*(record|payload|meta|flow|run|error)((?:\\.|\\[)[^?]*?)?\\s*(?:([-+])\\s*([0-9]{1,9}(?:s|m|h|d)))?\\s*(?:\\?\\?\\s*(.*?))?\\s*");
    private static final Pattern META = Pattern.compile("\\$\\{\\s*meta\\.([^{}?]+)");
    private static final String INSTANT = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    private final String flow;
    private final Lack lack;
    private int variables;

    CamelText(String flow, Lack lack) {
        this.flow = flow;
        this.lack = lack;
    }

    /**
     * A text in the simple language.
     *
     * @param steps gets what has to be done first
     * @param one whether the payload is one record
     */
    String simple(String text, Location at, boolean one, ArrayNode steps) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        Map<String, String> known = new HashMap<>();
        int end = 0;
        while (matcher.find()) {
            out.append(literal(text.substring(end, matcher.start()), at));
            end = matcher.end();
            if (matcher.group().startsWith("$$")) {
                lack.add(
                        at,
                        "the text holds '${' as it is, which Camel's simple language would read",
                        "write it otherwise");
                continue;
            }
            String read = known.computeIfAbsent(
                    matcher.group(1), inside -> read(inside, at, one, steps).orElse(""));
            out.append(read);
        }
        return out.append(literal(text.substring(end), at)).toString();
    }

    private String literal(String text, Location at) {
        if (text.contains("${") || text.contains("{{")) {
            lack.add(at, "the text holds '{{' or '${', which Camel would read", "write it otherwise");
        }
        return text;
    }

    private Optional<String> read(String inside, Location at, boolean one, ArrayNode steps) {
        Matcher matcher = INSIDE.matcher(inside);
        if (!matcher.matches()) {
            return none("${" + inside + "}", at);
        }
        String root = matcher.group(1);
        String path = matcher.group(2) == null ? "" : matcher.group(2).strip();
        String otherwise = matcher.group(5);
        if (otherwise != null && !otherwise.equals("''") && !otherwise.equals("\"\"")) {
            lack.add(
                    at,
                    "'${" + inside + "}' has a value that stands in; plain Camel has none in a text",
                    "take ?? out, or put a default where the data comes from");
        }
        if (matcher.group(3) != null && !(root + path).equals("run.queuedAt")) {
            return none("${" + inside + "}", at);
        }
        String name = path.startsWith(".") ? path.substring(1) : path;
        switch (root) {
            case "record", "payload" -> {
                if (root.equals("record") && !one) {
                    lack.add(
                            at,
                            "'${" + inside + "}' reads a record of a list",
                            "put flowControl: { size: 1, wrapSingle: false } before it");
                }
                if (path.isEmpty()) {
                    return Optional.of("${body}");
                }
                String variable = "read" + ++variables;
                steps.add(variable(variable, "$" + path, otherwise != null));
                return Optional.of("${variable." + variable + "}");
            }
            case "meta" -> {
                return Optional.of("${header." + header(name) + "}");
            }
            case "flow" -> {
                return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                        ? Optional.of("${variable." + name + "}")
                        : none("${" + inside + "}", at);
            }
            case "error" -> {
                return name.equals("message") ? Optional.of("${exception.message}") : none("${" + inside + "}", at);
            }
            default -> {
                return run(name, matcher.group(3), matcher.group(4), at);
            }
        }
    }

    private Optional<String> run(String name, String sign, String shift, Location at) {
        return switch (name) {
            case "id" -> Optional.of("${exchangeId}");
            case "flow" -> Optional.of(flow);
            case "queuedAt", "startedAt" -> {
                lack.note("run.queuedAt is the time at which the route begins: there is no queue");
                yield Optional.of(
                        "${date-with-timezone:now" + (shift == null ? "" : sign + shift) + ":UTC:" + INSTANT + "}");
            }
            default -> none("${run." + name + "}", at);
        };
    }

    private Optional<String> none(String what, Location at) {
        lack.add(at, "'" + what + "' has no counterpart in plain Camel", null);
        return Optional.empty();
    }

    /** Metadata that comes with a request has the name that Camel gives it. */
    static String header(String meta) {
        String plain = meta.replaceFirst("^(header|query|path)\\.", "");
        return plain.matches("[A-Za-z0-9_-]+") ? plain : plain.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    /** Headers that hold metadata which a flow reads or sets. */
    static Set<String> metadata(JsonNode flow) {
        Set<String> names = new TreeSet<>();
        Matcher read = META.matcher(flow.toString());
        while (read.find()) {
            names.add(header(read.group(1).strip()));
        }
        flow.findValues("setVariables")
                .forEach(one -> one.path("meta").fieldNames().forEachRemaining(name -> names.add(header(name))));
        return names;
    }

    static ObjectNode variable(String name, String jsonpath, boolean mayMiss) {
        ObjectNode step = Json.NODES.objectNode();
        ObjectNode path = step.putObject("setVariable")
                .put("name", name)
                .putObject("jsonpath")
                .put("expression", jsonpath);
        if (mayMiss) {
            path.put("suppressExceptions", true);
        }
        return step;
    }

    /** A JSON value with placeholders as one text. */
    String json(JsonNode value, Location at, boolean one, ArrayNode steps) {
        if (value.toString().matches("(?s).*[^$]\\$\\{.*")) {
            lack.add(
                    at,
                    "a JSON value with placeholders is not made: what they yield would have to be quoted",
                    "write it without placeholders");
        }
        return value.toString();
    }
}
