package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Writes a number as text. Own code and not the JDK's formatter, which would take its digits and separators from a place.
 *
 * @param settings how
 */
record FormatFunction(FormatSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.NUMBER,
                            "formatNumber",
                            "The number as text with these separators. `number` reads what this writes.")
                    .from(ValueKind.NUMBERS, ValueKind.TEXT)
                    .example(
                            "{ formatNumber: { decimals: 2, decimalSeparator: \",\", groupSeparator: \".\" } }",
                            "-1234567.891",
                            "\"-1.234.567,89\"")
                    .example("{ formatNumber: { wholeDigits: 6 } }", "42", "\"000042\""),
            FormatSettings.class,
            FormatFunction::new);

    /** Settings. */
    @Doc("How a number is written")
    record FormatSettings(
            @Doc("Digits after the point; as many as it has when left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding,

            @Doc("Between whole and fraction") @Default("\".\"")
            String decimalSeparator,

            @Doc("Between groups of three digits") @Default("\"\"")
            String groupSeparator,

            @Doc("Digits before the point at least, filled with zeros") @Default("1") @Range(min = 1, max = 100)
            int wholeDigits) {

        FormatSettings {
            if (decimalSeparator.equals(groupSeparator)) {
                throw new IllegalArgumentException("'decimalSeparator' and 'groupSeparator' must not be the same");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        BigDecimal number = Decimals.rounded(Found.number(value), settings.decimals(), settings.rounding());
        String plain = number.abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        StringBuilder text = new StringBuilder(number.signum() < 0 ? "-" : "");
        text.append(grouped("0".repeat(Math.max(0, settings.wholeDigits() - whole.length())) + whole));
        if (point >= 0) {
            text.append(settings.decimalSeparator()).append(plain, point + 1, plain.length());
        }
        return Json.NODES.textNode(text.toString());
    }

    private String grouped(String digits) {
        if (settings.groupSeparator().isEmpty()) {
            return digits;
        }
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                grouped.append(settings.groupSeparator());
            }
            grouped.append(digits.charAt(i));
        }
        return grouped.toString();
    }
}
