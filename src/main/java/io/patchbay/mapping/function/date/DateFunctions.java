package io.patchbay.mapping.function.date;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of dates, in the order of the reference. */
public final class DateFunctions {

    private DateFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                DateFunction.TYPE,
                BusinessDaysFunction.TYPE,
                DifferenceFunction.TYPE,
                DifferenceFunction.AGE,
                DatePartFunction.PART,
                DatePartFunction.ISO_WEEK);
    }
}
