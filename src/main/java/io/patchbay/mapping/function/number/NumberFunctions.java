package io.patchbay.mapping.function.number;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of numbers, in the order of the reference. */
public final class NumberFunctions {

    private NumberFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                NumberFunction.TYPE,
                FormatFunction.TYPE,
                MathFunction.ADD,
                MathFunction.SUBTRACT,
                MathFunction.MULTIPLY,
                MathFunction.DIVIDE,
                MathFunction.MODULO,
                MathFunction.POWER,
                PlainNumber.ROUND,
                PlainNumber.FLOOR,
                PlainNumber.CEIL,
                PlainNumber.ABS,
                PlainNumber.NEGATE,
                BoundsFunction.TYPE,
                PlainNumber.PERCENT,
                PercentOfFunction.TYPE,
                TaxFunction.TYPE,
                MinorFunction.TO,
                MinorFunction.FROM,
                UnitFunction.TYPE);
    }
}
