package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Item;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths, constants and placeholders in jq. What leads nowhere is no value; {@code $record} and {@code $payload} are bound. */
final class JqText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([^{}]*)}");
    private static final Pattern REFERENCE = Pattern.compile(
            "(record|payload|meta|flow|run|error)\\b((?:\\.|\\[).*?)?\\s*(?:[-+]\\s*[0-9]{1,9}(?:ms|s|m|h|d))?");
    private static final Pattern OPERAND = Pattern.compile("'[^']*'|\"[^\"]*\"|\\?\\?|[^'\"?]+|\\?");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final CamelText texts;
    private final Lack lack;
    private final ArrayNode before;
    private final boolean one;
    private int variables;

    /**
     * @param before gets the steps that make variables which an expression reads
     * @param one whether the payload is one record
     */
    JqText(CamelText texts, Lack lack, ArrayNode before, boolean one) {
        this.texts = texts;
        this.lack = lack;
        this.before = before;
        this.one = one;
    }

    /** What cannot be said: it is told with its place, and an expression that is never written stands in. */
    String refused(Location at, String what, String hint) {
        lack.add(at, what, hint);
        return "empty";
    }

    /** Something that is said, and does not do quite the same. */
    void note(String what) {
        lack.note(what);
    }

    /** What a path of the record leads to. */
    String path(String text, Location at) {
        SourcePath path = read(text, at);
        return path == null ? "empty" : (path.fromRoot() ? "$payload" : "$record") + behind(path.steps());
    }

    /** What a path leads to inside of the value that is worked on. */
    String inside(String text, Location at) {
        SourcePath path = read(text, at);
        if (path != null && path.fromRoot()) {
            return refused(
                    at, "the path '" + text + "' begins at the payload, inside of a list", "name a member of the item");
        }
        return path == null ? "empty" : along(path.steps());
    }

    /** A path of names, positions and {@code [*]}; null where it is another, which is told. */
    @org.jspecify.annotations.Nullable
    SourcePath read(String text, Location at) {
        SourcePath path;
        try {
            path = SourcePath.of(text);
        } catch (IllegalArgumentException e) {
            refused(at, "the path '" + text + "' cannot be read", "'patchbay check' says why");
            return null;
        }
        if (!path.plain()) {
            refused(
                    at,
                    "the path '" + text + "' has a filter, a slice or '..', which jq words otherwise",
                    "paths of names, [n] and [*] have a counterpart");
            return null;
        }
        return path;
    }

    private static String behind(List<TargetPath.Step> steps) {
        return steps.isEmpty() ? "" : " | " + along(steps);
    }

    /** Steps from the value that is worked on. */
    static String along(List<TargetPath.Step> steps) {
        String walked = walked(steps);
        return steps.stream().anyMatch(Every.class::isInstance) ? "found(" + walked + ")" : walked;
    }

    /** The same, each value by itself. */
    static String walked(List<TargetPath.Step> steps) {
        List<String> parts = new ArrayList<>();
        for (TargetPath.Step step : steps) {
            if (step instanceof Member member) {
                parts.add("member(" + quoted(member.name()) + ")");
            } else {
                parts.add(step instanceof Item item ? "item(" + item.index() + ")" : "every");
            }
        }
        return parts.isEmpty() ? "." : String.join(" | ", parts);
    }

    /** A text as a constant, in which neither jq nor Camel reads anything. */
    static String quoted(String text) {
        return Json.NODES.textNode(text).toString().replace("{{", "{\\u007b").replace("}}", "}\\u007d");
    }

    /** A constant of any type. */
    String constant(JsonNode value, Location at) {
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.properties().forEach(one -> members.add(quoted(one.getKey()) + ": " + constant(one.getValue(), at)));
            return members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(constant(item, at)));
            return "[" + String.join(", ", items) + "]";
        }
        if (value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(MOST) > 0) {
            return refused(at, "a whole number of more than 64 bits", "write it as a text");
        }
        // A sign is an operator, which would bind to what stands before it.
        return value.isTextual()
                ? quoted(value.textValue())
                : value.isNumber() && value.decimalValue().signum() < 0 ? "(" + value.asText() + ")" : value.asText();
    }

    /** Any value whose texts may hold placeholders. A placeholder alone keeps its type, and is missing where that is allowed. */
    String template(JsonNode value, Location at, boolean mayMiss) {
        if (value.isTextual()) {
            return text(value.textValue(), at, mayMiss);
        }
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.properties()
                    .forEach(one ->
                            members.add(quoted(one.getKey()) + ": (" + template(one.getValue(), at, false) + ")"));
            return members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add("(" + template(item, at, false) + ")"));
            return "[" + String.join(", ", items) + "]";
        }
        return constant(value, at);
    }

    private String text(String text, Location at, boolean mayMiss) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        List<String> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            plain.append(text.substring(end, matcher.start()));
            end = matcher.end();
            if (matcher.group().startsWith("$$")) {
                plain.append(matcher.group().substring(1));
                continue;
            }
            String found = placeholder(matcher.group(1), at);
            String named = quoted("${" + matcher.group(1) + "}");
            if (matcher.start() == 0 && end == text.length()) {
                return mayMiss ? found : "strict(" + named + "; " + found + ")";
            }
            if (plain.length() > 0) {
                parts.add(quoted(plain.toString()));
                plain.setLength(0);
            }
            parts.add("told(" + named + "; " + found + ")");
        }
        plain.append(text.substring(end));
        if (parts.isEmpty() || plain.length() > 0) {
            parts.add(quoted(plain.toString()));
        }
        return parts.size() == 1 ? parts.get(0) : "(" + String.join(" + ", parts) + ")";
    }

    /** What stands in the braces: what is tried in turn. */
    private String placeholder(String inside, Location at) {
        List<String> operands = new ArrayList<>();
        StringBuilder operand = new StringBuilder();
        Matcher matcher = OPERAND.matcher(inside);
        while (matcher.find()) {
            if (matcher.group().equals("??")) {
                operands.add(operand.toString().strip());
                operand.setLength(0);
            } else {
                operand.append(matcher.group());
            }
        }
        operands.add(operand.toString().strip());
        String found = operand(operands.get(operands.size() - 1), at);
        for (int i = operands.size() - 2; i >= 0; i--) {
            found = "or_else(" + operand(operands.get(i), at) + "; " + found + ")";
        }
        return found;
    }

    private String operand(String operand, Location at) {
        if (operand.matches("'[^']*'|\"[^\"]*\"")) {
            return quoted(operand.substring(1, operand.length() - 1));
        }
        if (operand.matches("true|false|null|[0-9]+([.][0-9]+)?")) {
            return operand;
        }
        if (operand.matches("-[0-9]+([.][0-9]+)?")) {
            return "(" + operand + ")";
        }
        Matcher matcher = REFERENCE.matcher(operand);
        if (!matcher.matches()) {
            return refused(at, "'${" + operand + "}' has no counterpart in plain Camel", "take it out");
        }
        String path = matcher.group(2) == null ? "" : matcher.group(2);
        String name = path.startsWith(".") ? path.substring(1) : path;
        return switch (matcher.group(1)) {
            case "record" -> path.isEmpty() ? "$record" : path(name, at);
            case "payload" -> path.isEmpty() ? "$payload" : path("$" + path, at);
            case "meta" -> "(header(" + quoted(CamelText.header(name)) + ") | values)";
            case "flow" -> flow(name, operand, at);
            default -> variable(operand, at);
        };
    }

    private String flow(String name, String operand, Location at) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return refused(at, "'${" + operand + "}' has no counterpart in plain Camel", "name a variable");
        }
        lack.note("variables of the flow are texts: a number in one is a text where a map writes it alone");
        return "(variable(" + quoted(name) + ") | values)";
    }

    /** What the simple language reads, put into a variable first. */
    private String variable(String operand, Location at) {
        String simple = texts.simple("${" + operand + "}", at, one, before);
        String name = "told" + ++variables;
        before.addObject().putObject("setVariable").put("name", name).put("simple", simple);
        return "(variable(" + quoted(name) + ") | values)";
    }
}
