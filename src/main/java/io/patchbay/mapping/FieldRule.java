package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.FunctionCall;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One target field, as it is written. */
@Doc("One target field: where its value comes from and what is made of it")
public record FieldRule(
        @Doc("Where the value goes: names, [n] and [*], like lines[*].item")
        TargetPath to,

        @Doc("Where the value comes from: a path relative to the record, or from the root of the payload with $.")
        @Nullable
        SourcePath from,

        @Doc("A constant of any type") @Nullable JsonNode value,

        @Doc("Text with placeholders; a placeholder alone keeps its type") @Nullable
        Template template,

        @Doc("Functions, each on the result of the one before") @Default("[]")
        List<FunctionCall> then) {

    /** @throws IllegalArgumentException unless there is one source */
    public FieldRule {
        long sources = Stream.of(from, value, template)
                .filter(source -> source != null)
                .count();
        if (sources != 1) {
            throw new IllegalArgumentException("field '" + to + "' needs one of 'from', 'value' and 'template', found "
                    + (sources == 0 ? "none" : String.valueOf(sources)));
        }
        if (value != null && value.isTextual() && value.textValue().contains("${")) {
            throw new IllegalArgumentException(
                    "the value of field '" + to + "' holds a placeholder: write 'template' instead of 'value'");
        }
        if (value != null && !then.isEmpty()) {
            throw new IllegalArgumentException("field '" + to + "' is constant: leave out 'then'");
        }
        if (from != null && from.wildcards() < to.wildcards() && from.wildcards() > 0) {
            throw new IllegalArgumentException("target '" + to + "' has more [*] than its source '" + from + "'");
        }
    }
}
