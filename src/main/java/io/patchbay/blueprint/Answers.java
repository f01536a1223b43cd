package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.blueprint.Manifest.AnswerType;
import io.patchbay.blueprint.Manifest.Question;
import io.patchbay.canvas.Durations;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was answered when a blueprint was installed.
 *
 * @param values answers by question
 * @param instances names of the home's instances by those of the blueprint
 * @param secrets names of secrets here by those in the blueprint
 */
public record Answers(Map<String, String> values, Map<String, String> instances, Map<String, String> secrets) {

    private static final int LONGEST = 1_000;
    private static final java.util.regex.Pattern SECRET =
            java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    public Answers {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
        instances = java.util.Collections.unmodifiableMap(new TreeMap<>(instances));
        secrets = java.util.Collections.unmodifiableMap(new TreeMap<>(secrets));
    }

    /** The name that a secret has here. */
    String secret(String name) {
        return secrets.getOrDefault(name, name);
    }

    /** All that is wrong with them for a blueprint, a sentence each. */
    List<String> problems(Manifest manifest) {
        List<String> wrong = new ArrayList<>();
        manifest.questions().forEach((name, question) -> wrong.addAll(problems(name, question, value(name, question))));
        unknown("question", values, manifest.questions(), wrong);
        unknown("instance", instances, manifest.instances(), wrong);
        Map<String, String> named = new TreeMap<>();
        manifest.allowed().secrets().forEach(one -> named.put(one, one));
        unknown("secret", secrets, named, wrong);
        secrets.forEach((name, chosen) -> {
            if (!SECRET.matcher(chosen).matches()) {
                wrong.add("'" + chosen + "' is no name for the secret '" + name + "': it has letters, digits and _");
            }
        });
        Map<String, String> taken = new TreeMap<>();
        for (String need : manifest.instances().keySet()) {
            String other = taken.putIfAbsent(instance(need), need);
            if (other != null) {
                wrong.add("'" + other + "' and '" + need + "' cannot both be the instance '" + instance(need) + "'");
            }
        }
        instances.forEach((name, chosen) -> {
            if (!BlueprintReader.ID.matcher(chosen).matches() || chosen.length() > 60) {
                wrong.add(
                        "'" + chosen + "' is no name for the instance '" + name + "': it is kebab-case, like shop-uk");
            }
        });
        return wrong;
    }

    private static void unknown(String what, Map<String, String> given, Map<String, ?> asked, List<String> wrong) {
        for (String name : given.keySet()) {
            if (!asked.containsKey(name)) {
                String hint = DidYouMean.hint(name, asked.keySet());
                wrong.add("the blueprint has no " + what + " '" + name + "'" + (hint == null ? "" : ", " + hint));
            }
        }
    }

    private @Nullable String value(String name, Question question) {
        return values.getOrDefault(name, question.otherwise());
    }

    /** What is wrong with one answer; null is none. */
    static List<String> problems(String name, Question question, @Nullable String answer) {
        if (answer == null) {
            return List.of("'" + name + "' has no answer: " + question.title());
        }
        String wrong = switch (question.type()) {
            case TEXT -> text(question, answer);
            case NUMBER -> number(answer) == null ? "must be a number, like 2.5" : null;
            case BOOLEAN -> answer.equals("true") || answer.equals("false") ? null : "must be true or false";
            case DURATION -> duration(answer) ? null : "must be a duration, like 15m";
            case CHOICE ->
                question.choices().contains(answer) ? null : "must be one of " + String.join(", ", question.choices());
        };
        return wrong == null
                ? List.of()
                : List.of("the answer to '" + name + "' " + wrong + ", found '" + answer + "'");
    }

    private static @Nullable String text(Question question, String answer) {
        if (answer.isBlank() || answer.length() > LONGEST || answer.chars().anyMatch(Character::isISOControl)) {
            return "must be a line of at most " + LONGEST + " characters";
        }
        if (question.pattern() == null) {
            return null;
        }
        try {
            return Pattern.matches(question.pattern(), answer) ? null : "must have the form " + question.pattern();
        } catch (PatternSyntaxException e) {
            return "cannot be looked at: its pattern is no regular expression (" + e.getDescription() + ")";
        }
    }

    private static @Nullable BigDecimal number(String answer) {
        try {
            return answer.length() > 40 ? null : new BigDecimal(answer);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean duration(String answer) {
        try {
            Durations.parse(answer);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The answer as it goes into a file. */
    JsonNode json(String name, Question question) {
        String answer = java.util.Objects.requireNonNull(value(name, question));
        if (question.type() == AnswerType.NUMBER) {
            return Json.NODES.numberNode(new BigDecimal(answer));
        }
        return question.type() == AnswerType.BOOLEAN
                ? Json.NODES.booleanNode(Boolean.parseBoolean(answer))
                : Json.NODES.textNode(answer);
    }

    /** The home's name of an instance: the blueprint's, when nothing else was said. */
    String instance(String name) {
        return instances.getOrDefault(name, name);
    }
}
