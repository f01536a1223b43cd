package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads a number and rounds it. */
final class NumberFunction implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.NUMBER,
                            "number",
                            "The value as a number; text is read, with the separators given. No digit is lost unless `decimals`"
                                    + " rounds. Follow it with `text` where the target wants text.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example(
                            "{ number: { decimals: 2, decimalSeparator: \",\", groupSeparator: \".\" } }",
                            "\"1.234,565\"",
                            "1234.57"),
            NumberSettings.class,
            NumberFunction::new,
            true);

    private final NumberSettings settings;

    private NumberFunction(NumberSettings settings) {
        this.settings = settings;
    }

    /** Settings. */
    @Doc("How a number is read and rounded")
    record NumberSettings(
            @Doc("Digits after the point; all when it is left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding,

            @Doc("Between whole and fraction in text") @Default("\".\"")
            String decimalSeparator,

            @Doc("Between groups of digits in text; taken out") @Nullable
            String groupSeparator) {

        NumberSettings {
            if (decimalSeparator.length() != 1 || decimalSeparator.equals(groupSeparator)) {
                throw new IllegalArgumentException(
                        "'decimalSeparator' must be one character, and another one than 'groupSeparator'");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        BigDecimal number = Values.number(value.isTextual() ? Json.NODES.textNode(plain(value.textValue())) : value);
        if (number == null) {
            throw new FunctionException("the value is not a number, it is " + Found.kind(value));
        }
        Integer decimals = settings.decimals();
        return Found.node(
                decimals == null
                        ? number
                        : number.setScale(decimals, settings.rounding().mode()));
    }

    private String plain(String text) {
        String plain = text.strip();
        if (settings.groupSeparator() != null) {
            plain = plain.replace(settings.groupSeparator(), "");
        }
        if (!settings.decimalSeparator().equals(".")) {
            // A point is then no part of a number: it must not be taken for one by accident.
            plain = plain.replace('.', '?').replace(settings.decimalSeparator(), ".");
        }
        return plain;
    }

    @Override
    public boolean givesWhole() {
        Integer decimals = settings.decimals();
        return decimals != null && decimals == 0;
    }

    @Override
    public @Nullable String loses() {
        return settings.decimals() == null ? null : Decimals.DROPPED;
    }
}
