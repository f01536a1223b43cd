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
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of one number. */
final class PlainNumber {

    static final FunctionType ABS =
            plain(spec("abs", "The number without its sign.").example("abs", "-3.50", "3.50"), BigDecimal::abs);

    static final FunctionType NEGATE = plain(
            spec("negate", "The number with the other sign.").example("negate", "3.50", "-3.50"), BigDecimal::negate);

    static final FunctionType FLOOR = plain(
            spec("floor", "The next smaller whole number.").example("floor", "-2.1", "-3"),
            number -> number.setScale(0, RoundingMode.FLOOR));

    static final FunctionType CEIL = plain(
            spec("ceil", "The next larger whole number.").example("ceil", "2.1", "3"),
            number -> number.setScale(0, RoundingMode.CEILING));

    static final FunctionType ROUND = SettingsFunction.alone(
            spec(
                            "round",
                            "The number rounded to `decimals`, or to the nearest multiple of `step` (0.05 for cash, 12 for whole"
                                    + " dozens). Without either to a whole number.")
                    .example("{ round: { decimals: 2 } }", "2.345", "2.35")
                    .example("{ round: { decimals: 2, rounding: halfEven } }", "2.345", "2.34")
                    .example("{ round: { step: 0.05 } }", "9.98", "10.00")
                    .example("{ round: { step: 12, rounding: up } }", "25", "36"),
            RoundSettings.class,
            Rounded::new);

    /**
     * Rounds.
     *
     * @param settings to what
     */
    private record Rounded(RoundSettings settings) implements MapFunction {

        @Override
        public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
            return Found.node(settings.rounded(Found.number(value)));
        }

        @Override
        public boolean givesWhole() {
            BigDecimal step = settings.step();
            Integer decimals = settings.decimals();
            return step == null
                    ? decimals == null || decimals == 0
                    : step.stripTrailingZeros().scale() <= 0;
        }

        @Override
        public String loses() {
            return Decimals.DROPPED;
        }
    }

    /** Settings. */
    @Doc("To what a number is rounded")
    record RoundSettings(
            @Doc("Digits after the point; 0 without a step") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What the result is a multiple of, instead of decimals") @Nullable
            BigDecimal step,

            @Doc("What happens to the rest") @Default("halfUp")
            Rounding rounding) {

        RoundSettings {
            if (decimals != null && step != null) {
                throw new IllegalArgumentException("round has either 'decimals' or 'step', found both");
            }
            if (step != null && step.signum() <= 0) {
                throw new IllegalArgumentException("'step' must be more than 0, found " + step.toPlainString());
            }
        }

        BigDecimal rounded(BigDecimal number) {
            if (step == null) {
                return number.setScale(decimals == null ? 0 : decimals, rounding.mode());
            }
            return number.divide(step, 0, rounding.mode()).multiply(step);
        }
    }

    static final FunctionType PERCENT = SettingsFunction.of(
            spec("percent", "So many percent of the value; no digit is lost.").example("{ percent: 7.5 }", "200", "15"),
            BigDecimal.class,
            rate -> (value, record, scope) -> Found.node(Decimals.whole(
                    Found.number(value).multiply(rate).movePointLeft(2).stripTrailingZeros())));

    private PlainNumber() {}

    private static FunctionType plain(FunctionSpec spec, UnaryOperator<BigDecimal> work) {
        return new SimpleFunction(spec, value -> Found.node(work.apply(Found.number(value))));
    }

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.NUMBER, name, text).from(ValueKind.NUMBERS, ValueKind.NUMBER);
    }
}
