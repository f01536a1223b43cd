package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a text what a regular expression finds.
 *
 * @param pattern compiled
 * @param group which part of what is found
 * @param all whether all that is found is taken
 */
record ExtractFunction(Pattern pattern, int group, boolean all) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "extract",
                            "The first part of the text that a regular expression (RE2: in linear time, whatever the expression)"
                                    + " finds: its first group, or the whole of it when it has none. Missing when it finds"
                                    + " nothing. With `all: true` a list of all that it finds.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ extract: { pattern: \"#([0-9]+)\" } }", "\"Order #1001, #1002\"", "\"1001\"")
                    .example(
                            "{ extract: { pattern: \"[0-9]+\", all: true } }",
                            "\"Order #1001, #1002\"",
                            "[ \"1001\", \"1002\" ]")
                    .example("{ extract: { pattern: \"x+\" } }", "abc", "missing"),
            ExtractSettings.class,
            settings -> new ExtractFunction(settings.compiled(), settings.groupNumber(), settings.all()));

    /** Settings. */
    @Doc("What is taken out")
    record ExtractSettings(
            @Doc("The regular expression") String pattern,

            @Doc("Which group of it, 0 for the whole; the first when it has one") @Nullable @Range(max = 99)
            Integer group,

            @Doc("Whether all that it finds is taken, as a list") @Default("false")
            boolean all) {

        ExtractSettings {
            int groups = compile(pattern).groupCount();
            if (group != null && group > groups) {
                throw new IllegalArgumentException("the expression has " + groups + " groups, found 'group' " + group);
            }
        }

        private static Pattern compile(String pattern) {
            try {
                return Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' is not a regular expression: " + e.getDescription(), e);
            }
        }

        Pattern compiled() {
            return compile(pattern);
        }

        int groupNumber() {
            return group != null ? group : Math.min(1, compiled().groupCount());
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        Matcher matcher = pattern.matcher(Found.text(value));
        if (!all) {
            String found = matcher.find() ? matcher.group(group) : null;
            return found == null ? MissingNode.getInstance() : Json.NODES.textNode(found);
        }
        ArrayNode parts = Json.NODES.arrayNode();
        while (matcher.find()) {
            String found = matcher.group(group);
            if (found != null) {
                parts.add(found);
            }
        }
        return parts;
    }

    @Override
    public @Nullable ValueKind gives() {
        return all ? ValueKind.ANY : null; // a list, or a list of lists
    }
}
