package io.patchbay.mapping.function.number;

import io.patchbay.mapping.function.FunctionException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Arithmetic that all functions of numbers share. */
public final class Decimals {

    /** What rounding drops. */
    static final String DROPPED = "digits";

    /** Of a quotient that does not end. */
    static final MathContext DIGITS = new MathContext(34, RoundingMode.HALF_EVEN);

    /** Two factors of {@link io.patchbay.expression.Values#number}'s longest, and no more: a chain must not grow a number without end. */
    private static final int MOST_DIGITS = 2_000;

    private Decimals() {}

    /** The quotient: rounded to decimals, or exact, or with 34 digits where it has no end. */
    public static BigDecimal quotient(BigDecimal of, BigDecimal by, @Nullable Integer decimals, Rounding rounding) {
        if (by.signum() == 0) {
            throw new FunctionException("the divisor is zero");
        }
        if (decimals != null) {
            return of.divide(by, decimals, rounding.mode());
        }
        return whole(exact(of, by).stripTrailingZeros());
    }

    /** All digits of a quotient that ends within the most, else 34 of them and at least those before the point. */
    private static BigDecimal exact(BigDecimal of, BigDecimal by) {
        BigDecimal rounded = of.divide(by, DIGITS);
        if (rounded.multiply(by).compareTo(of) == 0) {
            return rounded;
        }
        // What ends has at most ten digits for every three of the divisor: of a long one, many seconds without a bound.
        long most = of.precision() + 10L * by.precision() / 3 + 1;
        BigDecimal longest =
                of.divide(by, new MathContext((int) Math.min(most, MOST_DIGITS + 1), RoundingMode.HALF_EVEN));
        if (longest.multiply(by).compareTo(of) == 0) {
            return longest;
        }
        int before = rounded.precision() - rounded.scale();
        return before <= DIGITS.getPrecision()
                ? rounded
                : of.divide(by, new MathContext(Math.min(before, MOST_DIGITS + 1), RoundingMode.HALF_EVEN));
    }

    /** Without an exponent: 1E+2 is 100. */
    static BigDecimal whole(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** Rounded when decimals are given. */
    static BigDecimal rounded(BigDecimal number, @Nullable Integer decimals, Rounding rounding) {
        return decimals == null ? number : number.setScale(decimals, rounding.mode());
    }

    /** The number, unless it grew beyond all measure. */
    static BigDecimal sane(BigDecimal number) {
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new FunctionException("the result has more than " + MOST_DIGITS + " digits");
        }
        return number;
    }
}
