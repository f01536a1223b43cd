package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Functions of maps in jq. What jq has no counterpart for is refused at its place. */
final class JqFunctions {

    private static final Set<String> PLAIN = Set.of(
            "text",
            "trim",
            "squeeze",
            "upper",
            "lower",
            "length",
            "firstWord",
            "lastWord",
            "prefix",
            "suffix",
            "pad",
            "cut",
            "substring",
            "replace",
            "split",
            "number",
            "case",
            "nullIf",
            "boolean",
            "not",
            "get",
            "only",
            "without",
            "keys",
            "values",
            "date",
            "add",
            "subtract",
            "multiply",
            "abs",
            "negate",
            "round");

    private static final String TRUE_TEXTS = "[\"true\", \"1\", \"yes\", \"y\", \"on\"]";
    private static final String FALSE_TEXTS = "[\"false\", \"0\", \"no\", \"n\", \"off\", \"\"]";

    private final JqText texts;

    JqFunctions(JqText texts) {
        this.texts = texts;
    }

    /** What comes of a value, which may be none, by a function. */
    String apply(String value, JsonNode call, Location at) {
        String name = call.isTextual() ? call.asText() : call.fieldNames().next();
        JsonNode settings = call.path(name);
        if (PLAIN.contains(name)) {
            return value + " | each(" + plain(name, settings, at) + ")";
        }
        return switch (name) {
            case "default" ->
                "([" + value + "] | each_or_none(if nothing then " + texts.template(settings, at, false)
                        + " else .[0] end))";
            case "concat" ->
                "([" + value + "] | each_or_none(. + ["
                        + several(settings.path("with"), one -> "(" + texts.path(one.asText(), at) + ")")
                        + "] | map(select(hollow | not)) | if length == 0 then empty else map(text) | join("
                        + JqText.quoted(settings.path("separator").asText()) + ") end))";
            case "coalesce" -> "first(((" + value + "), " + terms(settings, at) + ") | select(hollow | not))";
            case "append" ->
                "[(" + value + "), " + terms(settings, at)
                        + " | if type == \"array\" then .[] elif . == null then empty else . end]";
            case "truthy" ->
                "([" + value + "] | length > 0 and (.[0] | (hollow or . == \"0\" or . == 0 or . == false) | not))";
            case "when" -> when(value, settings, at);
            default -> value + " | whole(" + ofList(name, settings, at) + ")";
        };
    }

    private String plain(String name, JsonNode of, Location at) {
        return switch (name) {
            case "text" -> "text";
            case "trim" -> "text | strip";
            case "squeeze" -> "text | squeeze";
            case "upper" -> "text | upper";
            case "lower" -> "text | lower";
            case "length" -> "text | length";
            case "firstWord" -> "text | first_word";
            case "lastWord" -> "text | last_word";
            case "prefix" -> "text | " + template(of, at) + " + .";
            case "suffix" -> "text | . + " + template(of, at);
            case "pad" ->
                "text | padded(" + of.path("to").asInt() + "; "
                        + JqText.quoted(of.path("with").asText(" ")) + "; "
                        + !of.path("side").asText("left").equals("right") + ")";
            case "cut" -> "text | .[0:" + Math.max(0, of.asInt()) + "]";
            case "substring" -> substring(of);
            case "replace" -> replace(of, at);
            case "split" -> "text | cut_at(" + JqText.quoted(of.asText()) + ")";
            case "number" -> number(of, at);
            case "case" -> choice(of, at);
            case "nullIf" -> nullIf(of, at);
            case "boolean" -> truth(of);
            case "not" -> "if type == \"boolean\" then not else error(\"the value is not true or false\") end";
            case "get" -> texts.inside(of.asText(), at);
            case "only" ->
                members(
                        of,
                        ". as $all | reduce $names[] as $n ({}; if $all | has($n) then .[$n] = $all[$n] else . end)");
            case "without" -> members(of, "with_entries(select(.key as $k | any($names[]; . == $k) | not))");
            case "keys" -> "if type == \"object\" then keys_unsorted else error(\"the value is not an object\") end";
            case "values" -> "if type == \"object\" then [.[]] else error(\"the value is not an object\") end";
            case "date" -> JqDates.of(of, texts, at);
            default -> JqNumbers.of(name, of, texts, at);
        };
    }

    private String ofList(String name, JsonNode of, Location at) {
        return switch (name) {
            case "join" ->
                "if type == \"array\" then map(select(. != null) | text) | join(" + JqText.quoted(of.asText())
                        + ") else text end";
            case "first" -> "if type == \"array\" then item(0) else . end";
            case "last" -> "if type == \"array\" then item(-1) else . end";
            case "item" -> "listed | item(" + of.asInt() + ")";
            case "count" -> "if type == \"array\" then length else 1 end";
            case "reverse" -> "listed | reverse";
            case "compact" -> "listed | map(select(hollow | not))";
            case "flatten" -> "listed | flatten(" + of.path("levels").asInt(1) + ")";
            case "slice" ->
                "listed | part(bounded(" + of.path("from").asInt() + "); "
                        + (of.has("to") ? "bounded(" + of.path("to").asInt() + ")" : "length") + ")";
            case "sum" ->
                "listed | map(" + (of.has("of") ? texts.inside(of.path("of").asText(), at) + " | " : "")
                        + "select(. != null)) | reduce .[] as $n (0; plus($n))";
            default ->
                texts.refused(
                        at,
                        "the function " + name + " has no counterpart in jq",
                        "a script of a route of your own can do it");
        };
    }

    private String template(JsonNode of, Location at) {
        String made = texts.template(of, at, false);
        return "(" + made + " | joined)";
    }

    private static String substring(JsonNode of) {
        int from = of.path("from").asInt();
        String to = of.has("length") ? "$from + " + of.path("length").asInt() : "length";
        return "text | bounded(" + from + ") as $from | part($from; " + to + ")";
    }

    private String replace(JsonNode of, Location at) {
        String by = of.path("by").asText("");
        if (!of.path("regex").asBoolean()) {
            return "text | cut_at(" + JqText.quoted(of.path("search").asText()) + ") | join(" + JqText.quoted(by) + ")";
        }
        if (by.contains("$") || by.contains("\\")) {
            return texts.refused(at, "'by' of a replace names groups", "write what takes the place as it is");
        }
        return "text | gsub(" + JqText.quoted(JqPatterns.parts(of.path("search").asText(), texts, at)) + "; "
                + JqText.quoted(by) + ")";
    }

    private String number(JsonNode of, Location at) {
        if (of.has("groupSeparator") || !of.path("decimalSeparator").asText(".").equals(".")) {
            return texts.refused(
                    at, "separators of a number have no counterpart in jq", "let the data have plain numbers");
        }
        JqNumbers.told(texts);
        return of.has("decimals") ? "number | " + JqNumbers.rounded(of, texts, at) : "number";
    }

    private String choice(JsonNode of, Location at) {
        boolean alike = of.path("ignoreCase").asBoolean();
        List<String> members = new ArrayList<>();
        of.path("of").properties().forEach(one -> {
            String key = alike ? one.getKey().toLowerCase(Locale.ROOT) : one.getKey();
            members.add(JqText.quoted(key) + ": " + texts.constant(one.getValue(), at));
        });
        String otherwise = of.has("else") ? texts.constant(of.path("else"), at) : "error(\"case has no such value\")";
        return "text" + (alike ? " | lower" : "") + " | . as $key | { " + String.join(", ", members)
                + " } | if has($key) then .[$key] else " + otherwise + " end";
    }

    private String nullIf(JsonNode of, Location at) {
        List<String> tests = new ArrayList<>();
        for (JsonNode value : of.isArray() ? of : List.of(of)) {
            if (value.isContainerNode()) {
                return texts.refused(at, "nullIf of a list or an object", "name plain values");
            }
            tests.add(". == " + texts.constant(value, at));
        }
        return tests.isEmpty() ? "." : "if " + String.join(" or ", tests) + " then null else . end";
    }

    private String truth(JsonNode of) {
        String truths = of.has("true") ? lower(of.path("true")) : TRUE_TEXTS;
        String falsehoods = of.has("false") ? lower(of.path("false")) : FALSE_TEXTS;
        return "if type == \"boolean\" then . else (text | strip | lower) as $t | any(" + truths
                + "[]; . == $t) as $yes | if $yes == any(" + falsehoods
                + "[]; . == $t) then error(\"the value is neither true nor false\") else $yes end end";
    }

    private static String lower(JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(one -> all.add(JqText.quoted(one.asText().toLowerCase(Locale.ROOT))));
        return "[" + String.join(", ", all) + "]";
    }

    private static String members(JsonNode of, String work) {
        String names = several(of.isArray() ? of : List.of(of), one -> JqText.quoted(one.asText()));
        return "if type == \"object\" then [" + names + "] as $names | " + work
                + " else error(\"the value is not an object\") end";
    }

    private String when(String value, JsonNode cases, Location at) {
        StringBuilder made = new StringBuilder();
        String last = value;
        for (JsonNode one : cases) {
            if (one.has("else")) {
                last = texts.template(one.path("else"), at, false);
            } else {
                made.append(made.length() == 0 ? "if " : " elif ")
                        .append(new JqConditions(texts, at).of(one.path("if")))
                        .append(" then ")
                        .append(texts.template(one.path("value"), at, false));
            }
        }
        return made.length() == 0 ? last : "(" + made + " else " + last + " end)";
    }

    /** Numbers, paths and texts with placeholders. */
    private String terms(JsonNode terms, Location at) {
        return several(terms.isArray() ? terms : List.of(terms), one -> "(" + term(one, texts, at) + ")");
    }

    /** A further value that a function works with. */
    static String term(JsonNode one, JqText texts, Location at) {
        if (one.isNumber()) {
            return texts.constant(one, at);
        }
        if (one.asText().contains("${")) {
            return texts.template(one, at, true);
        }
        return one.isTextual() && one.asText().matches("[\\[$A-Za-z_@].*")
                ? texts.path(one.asText(), at)
                : texts.refused(
                        at, "the term '" + one.asText() + "' has no counterpart in jq", "name a field or a number");
    }

    private static String several(Iterable<JsonNode> values, Function<JsonNode, String> each) {
        List<String> all = new ArrayList<>();
        values.forEach(one -> all.add(each.apply(one)));
        return all.isEmpty() ? "empty" : String.join(", ", all);
    }
}
