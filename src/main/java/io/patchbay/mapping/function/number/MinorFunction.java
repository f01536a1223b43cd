package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An amount in the smallest unit of its currency, and back.
 *
 * @param settings of which currency
 * @param toMinor whether the result is in the smallest unit
 */
record MinorFunction(MinorSettings settings, boolean toMinor) implements MapFunction {

    static final FunctionType TO = SettingsFunction.of(
            spec(
                            "toMinor",
                            "An amount in the smallest unit of its currency by ISO 4217: pence, cents, or the yen itself."
                                    + " `currency` may be a placeholder. An amount with more digits than the currency has is an"
                                    + " error, unless `rounding` says what becomes of them.")
                    .example("{ toMinor: { currency: GBP } }", "\"12.5\"", "1250")
                    .example("{ toMinor: { currency: \"${record.currency}\" } }", "1200", "1200")
                    .example("{ toMinor: { currency: KWD } }", "1.5", "1500")
                    .example("{ toMinor: { currency: EUR, rounding: halfEven } }", "0.125", "12")
                    .refuses(
                            "{ toMinor: { currency: GBP } }",
                            "1.005",
                            "toMinor: the amount has more digits after the point than GBP, which has 2: set 'rounding'"),
            MinorSettings.class,
            settings -> new MinorFunction(settings, true));

    static final FunctionType FROM = SettingsFunction.of(
            spec("fromMinor", "The amount that stands in the smallest unit of its currency, see `toMinor`.")
                    .example("{ fromMinor: { currency: GBP } }", "1250", "12.50")
                    .example("{ fromMinor: { currency: JPY } }", "1250", "1250"),
            MinorSettings.class,
            settings -> new MinorFunction(settings, false));

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.NUMBER, name, text).from(ValueKind.NUMBERS, ValueKind.NUMBER);
    }

    /** Settings. */
    @Doc("Of which currency the amount is")
    record MinorSettings(
            @Doc("Code of the currency by ISO 4217, like GBP; it may be a placeholder")
            Template currency,

            @Doc("What happens to digits that the currency does not have; an error when left out") @Nullable
            Rounding rounding) {

        MinorSettings {
            if (currency.constant()) {
                try {
                    digits(currency.constantValue().asText());
                } catch (FunctionException e) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                }
            }
        }
    }

    private static int digits(String code) {
        try {
            int digits =
                    Currency.getInstance(code.strip().toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
            if (digits >= 0) {
                return digits;
            }
        } catch (IllegalArgumentException e) {
            throw new FunctionException("the currency is not a code of ISO 4217 like GBP");
        }
        throw new FunctionException("the currency has no smaller unit");
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String code = settings.currency().text(scope);
        int digits = digits(code);
        BigDecimal amount = Found.number(value);
        try {
            RoundingMode mode = settings.rounding() == null
                    ? RoundingMode.UNNECESSARY
                    : settings.rounding().mode();
            return Found.node(
                    toMinor
                            ? amount.movePointRight(digits).setScale(0, mode)
                            : amount.setScale(0, mode).movePointLeft(digits).setScale(digits));
        } catch (ArithmeticException e) {
            throw new FunctionException(
                    toMinor
                            ? "the amount has more digits after the point than "
                                    + code.strip().toUpperCase(Locale.ROOT) + ", which has " + digits
                                    + ": set 'rounding'"
                            : "the amount is not a whole number: set 'rounding'");
        }
    }

    @Override
    public Set<Ref> reads() {
        return settings.currency().reads();
    }
}
