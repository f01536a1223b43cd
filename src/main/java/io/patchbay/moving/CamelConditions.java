package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;

/** Conditions as filters of Camel's jsonpath, which is that of Jayway. */
final class CamelConditions {

    private final Lack lack;
    private final Location at;

    CamelConditions(Lack lack, Location at) {
        this.lack = lack;
        this.at = at;
    }

    /** A path that finds the records which meet a condition, in one or in a list of them. */
    String path(JsonNode condition, boolean negated) {
        String text = of(condition);
        return "$[?(" + (negated ? "!(" + text + ")" : text) + ")]";
    }

    private String of(JsonNode condition) {
        for (String word : List.of("all", "any")) {
            if (condition.path(word).isArray()) {
                List<String> parts = new ArrayList<>();
                condition.path(word).forEach(one -> parts.add("(" + of(one) + ")"));
                return parts.isEmpty()
                        ? word.equals("all") ? "1 == 1" : "1 == 2"
                        : String.join(word.equals("all") ? " && " : " || ", parts);
            }
        }
        if (condition.has("not")) {
            return "!(" + of(condition.path("not")) + ")";
        }
        return compared(condition);
    }

    private String compared(JsonNode condition) {
        String field = condition.path("field").asText();
        if (field.contains("${") || field.contains("?") || field.contains("..") || field.contains("[*]")) {
            return refused("the field '" + field + "' of a condition is no plain path");
        }
        String path = field.startsWith("$")
                ? field
                : field.equals("@") ? "@" : field.startsWith("[") ? "@" + field : "@." + field;
        String as = condition.path("as").asText();
        if (as.equals("date")) {
            return refused("dates are not compared by jsonpath");
        }
        if (as.equals("number")) {
            lack.note("as: number: a number that is written as a text is compared as jsonpath does, where it may not be"
                    + " converted");
        }
        lack.note(
                "a condition of a field that holds a list looks at the list as a whole; in the flow one item is enough");
        for (var one : condition.properties()) {
            String word = one.getKey();
            if (word.equals("field") || word.equals("as")) {
                continue;
            }
            return compared(path, word, one.getValue());
        }
        return refused("a condition has no operator");
    }

    private String compared(String path, String word, JsonNode value) {
        if (List.of("above", "atLeast", "below", "atMost", "between").contains(word)) {
            lack.note("a field that is no number meets no comparison of numbers; in the flow its record fails");
        }
        return switch (word) {
            case "is" -> same(path, value);
            case "isNot" -> "!(" + same(path, value) + ")";
            case "above" -> path + " > " + literal(value);
            case "atLeast" -> path + " >= " + literal(value);
            case "below" -> path + " < " + literal(value);
            case "atMost" -> path + " <= " + literal(value);
            case "between" -> path + " >= " + literal(value.path(0)) + " && " + path + " <= " + literal(value.path(1));
            case "in" -> oneOf(path, value);
            case "notIn" -> "!" + oneOf(path, value);
            case "contains" -> path + " contains " + literal(value);
            case "startsWith" -> path + " =~ /" + quoted(value) + ".*/s";
            case "endsWith" -> path + " =~ /.*" + quoted(value) + "/s";
            case "matches" -> path + " =~ /" + value.asText().replace("/", "\\/") + "/";
            case "exists" -> value.asBoolean() ? "(" + path + " && " + path + " != null)" : none(path);
            default -> refused("the operator '" + word + "' has no counterpart in jsonpath");
        };
    }

    private static String none(String path) {
        return "(!(" + path + ") || " + path + " == null)";
    }

    /** Jayway takes a text for the number that is written in it; what is empty, or is not, is a text and no number. */
    private String same(String path, JsonNode value) {
        if (value.isNull()) {
            return none(path);
        }
        String equal = path + " == " + literal(value);
        if (value.isNumber()) {
            return "(" + equal + " && !(" + path + " empty false))";
        }
        return value.isTextual() && value.asText().matches("\\s*[-+.0-9][-+.0-9eE]*\\s*")
                ? "(" + equal + " && " + path + " empty false)"
                : equal;
    }

    private String oneOf(String path, JsonNode values) {
        List<String> items = new ArrayList<>();
        values.forEach(one -> items.add(same(path, one)));
        return items.isEmpty() ? "(1 == 2)" : "(" + String.join(" || ", items) + ")";
    }

    private String quoted(JsonNode value) {
        literal(value);
        return value.asText().replaceAll("([\\\\.\\[\\](){}*+?^$|/])", "\\\\$1");
    }

    private String literal(JsonNode value) {
        if (value.isContainerNode() || value.asText().contains("${")) {
            return refused("a condition compares with a placeholder, a list or an object");
        }
        if (value.isNumber() || value.isBoolean() || value.isNull()) {
            return value.asText();
        }
        if (value.asText().contains("{{")) {
            return refused("a condition compares with a text that holds '{{', which Camel would read");
        }
        return "'" + value.asText().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private String refused(String what) {
        lack.add(at, what, "put it into a filter that compares fields with constants");
        return "1 == 2";
    }
}
