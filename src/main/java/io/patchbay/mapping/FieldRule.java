package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.expression.Condition;
import io.patchbay.expression.TemplateTree;
import io.patchbay.mapping.function.FunctionCall;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One target field, as it is written. */
@Doc("One target field: where its value comes from and what is made of it")
public record FieldRule(
        @Doc("Where the value goes: names, [n] and [*], like lines[*].item; a list of such for several places")
        Targets to,

        @Doc(
                "Where the value comes from: a path relative to the record, or from the root of the payload with $.; a list of such"
                        + " gives the list of their values")
        @Nullable
        Sources from,

        @Doc("A constant of any type") @Nullable JsonNode value,

        @Doc("Text, object or list with placeholders; a placeholder alone keeps its type") @Nullable
        TemplateTree template,

        @Doc("Functions, each on the result of the one before") @Default("[]")
        List<FunctionCall> then,

        @Key("default") @Doc("Stands in when that has come to nothing: missing, null or empty text") @Nullable
        TemplateTree standIn,

        @Doc("A record in which that has come to nothing fails") @Default("false")
        boolean required,

        @Doc("The field is written only for records for which this holds") @Nullable
        Condition when,

        @Doc("A source with more [*] than the target is walked as one list, in place of a list for each item")
        @Default("false")
        boolean flatten) {

    /** @throws IllegalArgumentException when the keys do not fit together */
    public FieldRule {
        long sources = Stream.of(from, value, template)
                .filter(source -> source != null)
                .count();
        boolean begins = sources == 0 && !then.isEmpty() && then.get(0).spec().nothing() != null;
        if (sources != 1 && !begins) {
            throw new IllegalArgumentException("field '" + to + "' needs one of 'from', 'value' and 'template', found "
                    + (sources == 0 ? "none" : String.valueOf(sources)));
        }
        if (value != null && value.isTextual() && placeholder(value)) {
            throw new IllegalArgumentException(
                    "the value of field '" + to + "' holds a placeholder: write 'template' instead of 'value'");
        }
        if (value != null && !then.isEmpty()) {
            throw new IllegalArgumentException("field '" + to + "' is constant: leave out 'then'");
        }
        if (value != null && (standIn != null || required)) {
            throw new IllegalArgumentException(
                    "field '" + to + "' is constant: leave out '" + (required ? "required" : "default") + "'");
        }
        if (from != null && from.wildcards() < to.wildcards() && from.wildcards() > 0) {
            throw new IllegalArgumentException("target '" + to + "' has more [*] than its source '" + from + "'");
        }
        if (flatten && (from == null || to.wildcards() == 0 || from.wildcards() <= to.wildcards())) {
            throw new IllegalArgumentException(
                    "field '" + to
                            + "' has nothing to flatten: 'flatten' is for a source with more [*] than the target, which has one at least");
        }
    }

    private static boolean placeholder(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().contains("${");
        }
        for (JsonNode inside : value) {
            if (placeholder(inside)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its constant has a text inside that looks like a placeholder, and is none. */
    public boolean looksLikeTemplate() {
        return value != null && placeholder(value);
    }

    /** Whether a placeholder that stands alone and has no value is no error. */
    boolean takesMissing() {
        return !then.isEmpty() || standIn != null || required;
    }
}
