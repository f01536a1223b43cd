package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.problem.Location;
import java.util.List;

/** Functions of numbers in jq, counted in whole numbers of the last decimal place: doubles would make 0.30000000000000004 of 0.1 and 0.2. */
final class JqNumbers {

    private static final int MOST_DECIMALS = 9;

    private JqNumbers() {}

    /** A function of one value, which is no list. */
    static String of(String name, JsonNode of, JqText texts, Location at) {
        told(texts);
        return switch (name) {
            case "add" -> steps("plus", of, texts, at);
            case "subtract" -> steps("minus", of, texts, at);
            case "multiply" -> steps("times", of, texts, at);
            case "abs" -> "number | if . < 0 then -. else . end";
            case "negate" -> "number | -.";
            default -> "number | " + rounded(of, texts, at);
        };
    }

    /** What is told wherever numbers are worked on. */
    static void told(JqText texts) {
        texts.note("numbers that a map counts with have at most 17 digits, or the record fails");
    }

    private static String steps(String step, JsonNode terms, JqText texts, Location at) {
        StringBuilder all = new StringBuilder("number");
        for (JsonNode term : terms.isArray() ? terms : List.of(terms)) {
            String value = JqFunctions.term(term, texts, at);
            all.append(" | ").append(step).append("(first_of(").append(value).append("))");
        }
        return all.toString();
    }

    /** Rounds half up, away from zero. */
    static String rounded(JsonNode of, JqText texts, Location at) {
        int decimals = of.path("decimals").asInt(0);
        if (of.has("step") || !of.path("rounding").asText("halfUp").equals("halfUp") || decimals > MOST_DECIMALS) {
            return texts.refused(
                    at,
                    "a rounding to a step, by another rule than halfUp, or to more than 9 decimals, has no counterpart in jq",
                    "round halfUp");
        }
        return "round_at(" + decimals + ")";
    }
}
