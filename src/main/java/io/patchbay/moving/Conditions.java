package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comparisons of others as conditions of ours. Their words are many, what they mean is the same everywhere. */
final class Conditions {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("equals", "is"),
            Map.entry("equal", "is"),
            Map.entry("equalto", "is"),
            Map.entry("isequalto", "is"),
            Map.entry("eq", "is"),
            Map.entry("is", "is"),
            Map.entry("notequals", "isNot"),
            Map.entry("notequal", "isNot"),
            Map.entry("notequalto", "isNot"),
            Map.entry("doesnotequal", "isNot"),
            Map.entry("isnot", "isNot"),
            Map.entry("neq", "isNot"),
            Map.entry("ne", "isNot"),
            Map.entry("greater", "above"),
            Map.entry("greaterthan", "above"),
            Map.entry("larger", "above"),
            Map.entry("gt", "above"),
            Map.entry("greaterorequal", "atLeast"),
            Map.entry("greaterthanorequal", "atLeast"),
            Map.entry("greaterthanorequalto", "atLeast"),
            Map.entry("largerequal", "atLeast"),
            Map.entry("gte", "atLeast"),
            Map.entry("less", "below"),
            Map.entry("lessthan", "below"),
            Map.entry("smaller", "below"),
            Map.entry("lt", "below"),
            Map.entry("lessorequal", "atMost"),
            Map.entry("lessthanorequal", "atMost"),
            Map.entry("lessthanorequalto", "atMost"),
            Map.entry("smallerequal", "atMost"),
            Map.entry("lte", "atMost"),
            Map.entry("between", "between"),
            Map.entry("btwn", "between"),
            Map.entry("before", "before"),
            Map.entry("after", "after"),
            Map.entry("contains", "contains"),
            Map.entry("cont", "contains"),
            Map.entry("startswith", "startsWith"),
            Map.entry("beginswith", "startsWith"),
            Map.entry("endswith", "endsWith"),
            Map.entry("inlist", "in"),
            Map.entry("in", "in"),
            Map.entry("notinlist", "notIn"),
            Map.entry("notin", "notIn"));

    private static final Map<String, String> NEGATED = Map.ofEntries(
            Map.entry("notcontains", "contains"),
            Map.entry("doesnotcontain", "contains"),
            Map.entry("notstartswith", "startsWith"),
            Map.entry("doesnotstartwith", "startsWith"),
            Map.entry("notendswith", "endsWith"),
            Map.entry("doesnotendwith", "endsWith"),
            Map.entry("beforeorequals", "after"),
            Map.entry("onorbefore", "after"),
            Map.entry("afterorequals", "before"),
            Map.entry("onorafter", "before"));

    private static final Map<String, Boolean> TRUTHS =
            Map.of("true", true, "istrue", true, "false", false, "isfalse", false);
    private static final Map<String, Boolean> EMPTY =
            Map.of("empty", true, "isempty", true, "notempty", false, "isnotempty", false);
    private static final Map<String, Boolean> THERE = Map.of("exists", true, "notexists", false, "doesnotexist", false);
    private static final Set<String> PATTERNS = Set.of("regex", "matches", "matchespattern", "matchesregex");
    private static final Pattern SLASHES = Pattern.compile("(?s)/(.+)/([a-z]{0,8})");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,15}(?:\\.[0-9]{0,15})?|\\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?");
    private static final Set<String> ORDERED = Set.of("above", "atLeast", "below", "atMost", "between");

    private Conditions() {}

    /**
     * A comparison.
     *
     * @param field a path of ours, or a placeholder
     * @param word the operator, as its dialect says it
     * @param type what both sides are read as: text, number, date, boolean; empty where nothing is said
     * @return empty when the word is not known, or the value is none of that type
     */
    static Optional<ObjectNode> of(String field, String word, String type, JsonNode theirs) {
        JsonNode value = type.equals("text") ? written(theirs) : theirs;
        String plain = sign(word);
        ObjectNode condition = Json.NODES.objectNode().put("field", field);
        Boolean truth = TRUTHS.get(plain);
        Boolean empty = EMPTY.get(plain);
        Boolean there = THERE.get(plain);
        if (truth != null) {
            return Optional.of(condition.put("as", "boolean").put("is", (boolean) truth));
        }
        if (empty != null) {
            return Optional.of(condition.put("empty", (boolean) empty));
        }
        if (there != null) {
            return Optional.of(condition.put("exists", (boolean) there));
        }
        if (PATTERNS.contains(plain) || (plain.startsWith("not") && PATTERNS.contains(plain.substring(3)))) {
            // Theirs find a part, ours take the whole.
            condition.put("matches", pattern(value.asText()));
            return Optional.of(plain.startsWith("not") ? not(condition) : condition);
        }
        String negated = NEGATED.get(plain);
        String known = negated != null ? negated : WORDS.get(plain);
        if (known == null) {
            return Optional.empty();
        }
        JsonNode typed = known.equals("in") || known.equals("notIn")
                ? list(value)
                : known.equals("between") ? ends(value, type) : typed(value, type, known);
        boolean numbers = type.equals("number") || (type.isEmpty() && ORDERED.contains(known));
        if (numbers && typed.isTextual() && !typed.asText().contains("${")) {
            return Optional.empty();
        }
        boolean dates = known.equals("before") || known.equals("after");
        if (known.equals("between") && (!typed.isArray() || typed.size() != 2)) {
            return Optional.empty();
        }
        if (!type.isEmpty() && !dates && !(type.equals("text") && !ORDERED.contains(known))) {
            condition.put("as", type);
        } else if (ORDERED.contains(known) && type.isEmpty()) {
            condition.put("as", "number");
        } else if ((known.equals("is") || known.equals("isNot"))
                && (type.equals("text") || type.isEmpty())
                && value.isTextual()) {
            condition.put("as", "text");
        }
        condition.set(known, typed);
        if (negated == null) {
            return Optional.of(condition);
        }
        // A date that is missing is neither before nor after another one.
        return Optional.of(dates ? join(List.of(exists(field), not(condition)), false) : not(condition));
    }

    private static ObjectNode exists(String field) {
        return Json.NODES.objectNode().put("field", field).put("exists", true);
    }

    /** Whether a comparison by this word needs no value beside the field. */
    static boolean needsNone(String word) {
        String plain = sign(word);
        return TRUTHS.containsKey(plain) || EMPTY.containsKey(plain) || THERE.containsKey(plain);
    }

    /** Both ends of a range. */
    private static JsonNode ends(JsonNode value, String type) {
        var ends = Json.NODES.arrayNode();
        list(value).forEach(end -> ends.add(typed(end, type, "between")));
        return ends;
    }

    private static JsonNode typed(JsonNode value, String type, String known) {
        if (value.isMissingNode() || value.isNull()) {
            if (type.equals("boolean")) {
                return Json.NODES.booleanNode(false);
            }
            if (type.equals("number")) {
                return Json.NODES.numberNode(0);
            }
            return Json.NODES.textNode("");
        }
        String text = value.asText().strip();
        if ((type.equals("number") || ORDERED.contains(known)) && value.isTextual()) {
            if (type.equals("number") && text.isEmpty()) {
                return Json.NODES.numberNode(0);
            }
            if (NUMBER.matcher(text).matches()) {
                // Without an exponent: YAML would read some of them as texts.
                return Json.NODES.numberNode(new BigDecimal(new BigDecimal(text).toPlainString()));
            }
        }
        if (type.equals("boolean")
                && value.isTextual()
                && Set.of("true", "false").contains(text.toLowerCase(Locale.ROOT))) {
            return Json.NODES.booleanNode(text.equalsIgnoreCase("true"));
        }
        return value;
    }

    /** A number or truth as the text that it is where texts are compared. */
    private static JsonNode written(JsonNode value) {
        if (value.isNumber()) {
            return Json.NODES.textNode(value.decimalValue().stripTrailingZeros().toPlainString());
        }
        return value.isBoolean() ? Json.NODES.textNode(value.asText()) : value;
    }

    private static JsonNode list(JsonNode value) {
        if (value.isArray()) {
            return value;
        }
        var list = Json.NODES.arrayNode();
        for (String one : value.asText().split(",", -1)) {
            list.add(one.strip());
        }
        return list;
    }

    private static String sign(String word) {
        return switch (word.strip()) {
            case "=", "==", "===" -> "equals";
            case "!=", "<>", "!==" -> "notequals";
            case ">" -> "gt";
            case ">=" -> "gte";
            case "<" -> "lt";
            case "<=" -> "lte";
            default -> Fields.plain(word);
        };
    }

    /** The same search as a pattern for all of a text. Alternatives and anchors in it stay what they are. */
    private static String pattern(String text) {
        Matcher slashes = SLASHES.matcher(text);
        String plain = slashes.matches() ? slashes.group(1) : text;
        String flags = slashes.matches() ? slashes.group(2).replaceAll("[^ims]", "") : "";
        boolean whole = plain.matches("(?s)\\^(?:[^|^$\\\\]|\\\\.)*\\$") && flags.isEmpty();
        if (whole) {
            return plain.substring(1, plain.length() - 1);
        }
        String group = "(?" + flags + ":" + plain + ")";
        return "(?s:.*)" + group + "(?s:.*)";
    }

    static ObjectNode not(ObjectNode condition) {
        ObjectNode not = Json.NODES.objectNode();
        not.set("not", condition);
        return not;
    }

    /** All of several, or any of them; one is itself. */
    static ObjectNode join(List<ObjectNode> conditions, boolean any) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        ObjectNode joined = Json.NODES.objectNode();
        conditions.forEach(joined.putArray(any ? "any" : "all")::add);
        return joined;
    }

    /** A type of theirs as one of ours; empty where there is none. */
    static String type(@Nullable String theirs) {
        String plain = Fields.plain(theirs == null ? "" : theirs);
        return switch (plain) {
            case "string", "text", "str" -> "text";
            case "number", "integer", "float", "num" -> "number";
            case "date", "datetime", "specificdate", "dynamicdate" -> "date";
            case "boolean", "bool" -> "boolean";
            default -> "";
        };
    }
}
