package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/**
 * Replaces parts of a text.
 *
 * @param settings what by what
 * @param pattern compiled, for a regular expression
 */
record ReplaceFunction(ReplaceSettings settings, @Nullable Pattern pattern) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.STRING,
                            "replace",
                            "Every `search` in the text becomes `by`. With `regex: true` the search is a regular expression (RE2) and"
                                    + " `$1` in `by` is its first group.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example(
                            "{ replace: { search: \"[^0-9]\", by: \"\", regex: true } }",
                            "\"+44 20 7946\"",
                            "\"44207946\""),
            ReplaceSettings.class,
            settings -> new ReplaceFunction(settings, settings.pattern()),
            false);

    /** Settings. */
    @Doc("What to replace by what")
    record ReplaceSettings(
            @Doc("What is replaced") String search,
            @Doc("What takes its place") @Default("\"\"") String by,

            @Doc("Whether the search is a regular expression") @Default("false")
            boolean regex) {

        ReplaceSettings {
            if (search.isEmpty()) {
                throw new IllegalArgumentException("'search' must not be empty");
            }
            compile(search, regex);
        }

        @Nullable
        Pattern pattern() {
            return compile(search, regex);
        }

        private static @Nullable Pattern compile(String search, boolean regex) {
            try {
                return regex ? Pattern.compile(search) : null;
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + search + "' is not a regular expression: " + e.getDescription(), e);
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String text = Found.text(value);
        try {
            return Json.NODES.textNode(
                    pattern == null
                            ? text.replace(settings.search(), settings.by())
                            : pattern.matcher(text).replaceAll(settings.by()));
        } catch (IndexOutOfBoundsException e) {
            throw new FunctionException("'by' names a group that the expression does not have");
        }
    }
}
