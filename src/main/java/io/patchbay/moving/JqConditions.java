package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Conditions of a record in jq: of a list one item is enough, and what is no number fails where numbers are compared. */
final class JqConditions {

    private static final Set<String> ORDERS = Set.of("above", "atLeast", "below", "atMost", "between");

    private final JqText texts;
    private final Location at;

    JqConditions(JqText texts, Location at) {
        this.texts = texts;
        this.at = at;
    }

    /** True or false. */
    String of(JsonNode condition) {
        for (String word : List.of("all", "any")) {
            if (condition.path(word).isArray()) {
                List<String> parts = new ArrayList<>();
                condition.path(word).forEach(one -> parts.add("(" + of(one) + ")"));
                return parts.isEmpty()
                        ? String.valueOf(word.equals("all"))
                        : String.join(word.equals("all") ? " and " : " or ", parts);
            }
        }
        if (condition.has("not")) {
            return "(" + of(condition.path("not")) + ") | not";
        }
        for (var one : condition.properties()) {
            if (!one.getKey().equals("field") && !one.getKey().equals("as")) {
                return compared(condition, one.getKey(), one.getValue());
            }
        }
        return texts.refused(at, "a condition has no operator", "'patchbay check' says more");
    }

    private String compared(JsonNode condition, String word, JsonNode value) {
        String field = condition.path("field").asText();
        String as = condition.path("as").asText();
        if (field.contains("${") || value.toString().contains("${")) {
            return texts.refused(at, "a condition with placeholders", "compare a field with a constant");
        }
        if (as.equals("date") || as.equals("boolean") || word.equals("before") || word.equals("after")) {
            return texts.refused(at, "dates, and texts as truth, are not compared by jq", "compare texts or numbers");
        }
        String subject = "first_of(" + texts.path(field, at) + ")";
        if (ORDERS.contains(word)) {
            return subject + " | accepted(" + ordered(as, word, value) + ")";
        }
        return switch (word) {
            case "is" -> subject + " | " + same(as, value);
            case "isNot" -> subject + " | " + same(as, value) + " | not";
            case "in" -> subject + " | " + oneOf(as, value);
            case "notIn" -> subject + " | " + oneOf(as, value) + " | not";
            case "contains" -> subject + " | " + contains(as, value);
            case "startsWith" -> subject + " | accepted(joined | startswith(" + JqText.quoted(value.asText()) + "))";
            case "endsWith" -> subject + " | accepted(joined | endswith(" + JqText.quoted(value.asText()) + "))";
            case "matches" ->
                subject + " | accepted(joined | test("
                        + JqText.quoted("\\A(?:" + JqPatterns.whole(value.asText(), texts, at) + ")\\z") + "))";
            case "exists" -> subject + (value.asBoolean() ? " | . != null" : " | . == null");
            case "empty" -> subject + (value.asBoolean() ? " | hollow" : " | hollow | not");
            default -> texts.refused(at, "the operator '" + word + "' has no counterpart in jq", "compare otherwise");
        };
    }

    private String ordered(String as, String word, JsonNode value) {
        String left = as.equals("text")
                ? "text"
                : as.equals("number")
                        ? "number"
                        : "if type == \"number\" then . else error(\"the field is not a number\") end";
        if (as.equals("text")) {
            return texts.refused(
                    at, "texts are not ordered alike by jq, which counts letters otherwise", "compare numbers");
        }
        if (word.equals("between")) {
            return left + " | . >= " + number(value.path(0)) + " and . <= " + number(value.path(1));
        }
        String sign = switch (word) {
            case "above" -> ">";
            case "atLeast" -> ">=";
            case "below" -> "<";
            default -> "<=";
        };
        return left + " | . " + sign + " " + number(value);
    }

    private String number(JsonNode value) {
        String text = value.asText().strip();
        return text.matches("-?[0-9]+([.][0-9]+)?")
                ? "(" + text + ")"
                : texts.refused(
                        at, "a condition compares with '" + text + "', which jq takes for no number", "write a number");
    }

    private String same(String as, JsonNode value) {
        return value.isNull() ? ". == null" : "accepted(" + equal(as, value) + ")";
    }

    private String equal(String as, JsonNode value) {
        return switch (as) {
            case "number" -> "number == " + number(value);
            case "text" -> "text == " + JqText.quoted(value.asText());
            default -> ". == " + texts.constant(value, at);
        };
    }

    private String oneOf(String as, JsonNode values) {
        List<String> tests = new ArrayList<>();
        boolean none = false;
        for (JsonNode value : values) {
            if (value.isNull()) {
                none = true;
            } else {
                tests.add("(" + equal(as, value) + ")");
            }
        }
        String any = tests.isEmpty() ? "false" : "accepted(" + String.join(" or ", tests) + ")";
        return none ? "(. == null or (" + any + "))" : any;
    }

    private String contains(String as, JsonNode value) {
        return "if type == \"array\" then accepted(" + equal(as, value)
                + ") elif . == null then false else joined | contains(" + JqText.quoted(value.asText()) + ") end";
    }
}
