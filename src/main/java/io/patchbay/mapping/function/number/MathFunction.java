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
import io.patchbay.mapping.function.Terms;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Works on the value and further terms, from left to right.
 *
 * @param terms what follows the value
 * @param step from the result so far and the next term to the next result
 * @param scales whether it makes more of what was rounded away before
 */
record MathFunction(Terms terms, BinaryOperator<BigDecimal> step, boolean scales) implements MapFunction {

    private static final int MOST_POWER = 1_000;

    private static final String TERMS =
            " Terms are numbers, paths of further fields, or texts with placeholders, one or a"
                    + " list; each is applied to the result of the one before. A term that is no number is an error: where a field may"
                    + " be missing write `\"${record.discount ?? 0}\"`.";

    static final FunctionType ADD = plain(
            spec("add", "The sum of the value and further terms." + TERMS)
                    .example("{ add: [ shipping, 0.1 ] }", "0.2", "5.2")
                    .example("{ add: \"${record.discount ?? 0}\" }", "\"12.50\"", "12.50")
                    .refuses("{ add: first }", "1", "add: 'first' is not a number, it is text"),
            BigDecimal::add,
            false);

    static final FunctionType SUBTRACT = plain(
            spec("subtract", "The value less further terms, as in `add`.").example("{ subtract: 0.1 }", "0.3", "0.2"),
            BigDecimal::subtract,
            false);

    static final FunctionType MULTIPLY = plain(
            spec("multiply", "The product of the value and further terms, as in `add`; no digit is lost.")
                    .example("{ multiply: [ quantity, 1.2 ] }", "9.99", "35.964"),
            BigDecimal::multiply,
            true);

    static final FunctionType MODULO = plain(
            spec(
                            "modulo",
                            "What is left when the value is divided by a term, as in `add`. It has the sign of the divisor: -7"
                                    + " modulo 3 is 2.")
                    .example("{ modulo: 3 }", "7", "1")
                    .example("{ modulo: 3 }", "-7", "2")
                    .refuses("{ modulo: 0 }", "7", "modulo: the divisor is zero"),
            MathFunction::modulo,
            false);

    static final FunctionType POWER = plain(
            spec("power", "The value to the power of a whole number from -1000 to 1000.")
                    .example("{ power: 3 }", "1.1", "1.331")
                    .example("{ power: -2 }", "4", "0.0625")
                    .refuses("{ power: 0.5 }", "4", "power: the exponent is not a whole number from -1000 to 1000"),
            MathFunction::power,
            true);

    static final FunctionType DIVIDE = SettingsFunction.of(
            spec(
                            "divide",
                            "The value divided by further terms, as in `add`. With `decimals` the result of each division is"
                                    + " rounded to them; without, it is exact where it ends, and has 34 digits (half to even)"
                                    + " where it has no end.")
                    .example("{ divide: { by: 3, decimals: 2 } }", "10", "3.33")
                    .example("{ divide: { by: [ 4, 5 ] } }", "10", "0.5")
                    .example("{ divide: { by: 3 } }", "1", "0.3333333333333333333333333333333333")
                    .refuses("{ divide: { by: 0 } }", "1", "divide: the divisor is zero"),
            DivideSettings.class,
            settings -> new MathFunction(
                    settings.by(),
                    (left, right) -> Decimals.quotient(left, right, settings.decimals(), settings.rounding()),
                    true));

    /** Settings. */
    @Doc("What the value is divided by")
    record DivideSettings(
            @Doc("Divisors: a number, a path, a text with placeholders, or a list of them")
            Terms by,

            @Doc("Digits after the point; as many as it has, at most 34, when left out") @Nullable @Range(max = 30)
            Integer decimals,

            @Doc("What happens to further digits") @Default("halfUp")
            Rounding rounding) {

        DivideSettings {
            needed(by, "by");
        }
    }

    /** Terms as the whole of a function's settings. */
    private static FunctionType plain(FunctionSpec spec, BinaryOperator<BigDecimal> step, boolean scales) {
        return SettingsFunction.of(spec, Terms.class, terms -> new MathFunction(terms, step, scales));
    }

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.NUMBER, name, text).from(ValueKind.NUMBERS, ValueKind.NUMBER);
    }

    static void needed(Terms terms, String key) {
        if (terms.list().isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' needs at least one term");
        }
    }

    private static BigDecimal modulo(BigDecimal of, BigDecimal by) {
        if (by.signum() == 0) {
            throw new FunctionException("the divisor is zero");
        }
        BigDecimal rest = of.remainder(by);
        return rest.signum() != 0 && rest.signum() != by.signum() ? rest.add(by) : rest;
    }

    private static BigDecimal power(BigDecimal of, BigDecimal exponent) {
        if (exponent.stripTrailingZeros().scale() > 0 || exponent.abs().compareTo(BigDecimal.valueOf(MOST_POWER)) > 0) {
            throw new FunctionException("the exponent is not a whole number from -1000 to 1000");
        }
        int times = exponent.intValueExact();
        if ((long) of.precision() * Math.abs(times) > 100_000) {
            throw new FunctionException("the result has more than 2000 digits");
        }
        return times >= 0 ? of.pow(times) : Decimals.quotient(BigDecimal.ONE, of.pow(-times), null, Rounding.HALF_EVEN);
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        BigDecimal result = Found.number(value);
        for (Term term : terms.list()) {
            result = Decimals.sane(step.apply(result, term.number(record, scope)));
        }
        return Found.node(result);
    }

    @Override
    public List<FieldRef> fields() {
        return terms.fields();
    }

    @Override
    public Set<Ref> reads() {
        return terms.reads();
    }

    @Override
    public @Nullable String needs() {
        return scales ? Decimals.DROPPED : null;
    }
}
