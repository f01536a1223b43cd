package io.patchbay.mapping.function.number;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.Term;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Tax in and out of an amount.
 *
 * @param settings how much, and from what to what
 */
record TaxFunction(TaxSettings settings) implements MapFunction {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.NUMBER,
                            "tax",
                            "From an amount without tax (`net`) or with it (`gross`) to the other one, or to the `tax` that is in"
                                    + " it. `rate` is in percent: a number, a path or a text with placeholders. The tax is what"
                                    + " is rounded; net and tax always add up to gross.")
                    .from(ValueKind.NUMBERS, ValueKind.NUMBER)
                    .example("{ tax: { rate: 20, from: net, to: gross } }", "9.99", "11.99")
                    .example("{ tax: { rate: 20, from: gross, to: net } }", "\"11.99\"", "9.99")
                    .example("{ tax: { rate: 7.7, from: gross, to: tax } }", "100", "7.15")
                    .refuses(
                            "{ tax: { rate: -100, from: gross, to: net } }",
                            "1",
                            "tax: the rate must be at least 0 and at most 1000"),
            TaxSettings.class,
            TaxFunction::new);

    /** What an amount is. */
    enum Amount {
        /** Without tax. */
        NET,
        /** With tax. */
        GROSS,
        /** The tax alone. */
        TAX
    }

    /** Settings. */
    @Doc("How much tax, and from what to what")
    record TaxSettings(
            @Doc("Percent: a number, a path or a text with placeholders")
            Term rate,

            @Doc("What the value is: net or gross") Amount from,
            @Doc("What the result is: net, gross or tax") Amount to,

            @Doc("Digits after the point of the result") @Default("2") @Range(max = 30)
            int decimals,

            @Doc("How the tax is rounded") @Default("halfUp")
            Rounding rounding) {

        TaxSettings {
            if (from == Amount.TAX || from == to) {
                throw new IllegalArgumentException("'from' is net or gross, and 'to' is another: net, gross or tax");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        BigDecimal amount = Found.number(value);
        BigDecimal rate = settings.rate().number(record, scope);
        if (rate.signum() < 0 || rate.compareTo(BigDecimal.valueOf(1000)) > 0) {
            throw new FunctionException("the rate must be at least 0 and at most 1000");
        }
        BigDecimal whole = settings.from() == Amount.NET ? HUNDRED : HUNDRED.add(rate);
        BigDecimal tax = amount.multiply(rate)
                .divide(whole, settings.decimals(), settings.rounding().mode());
        return Found.node(
                switch (settings.to()) {
                    case TAX -> tax;
                    case NET -> rounded(amount.subtract(tax));
                    case GROSS -> rounded(amount.add(amount.multiply(rate).divide(HUNDRED)));
                });
    }

    private BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(settings.decimals(), settings.rounding().mode());
    }

    @Override
    public List<FieldRef> fields() {
        return settings.rate().fields();
    }

    @Override
    public Set<Ref> reads() {
        return settings.rate().reads();
    }
}
