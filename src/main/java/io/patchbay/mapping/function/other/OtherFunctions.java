package io.patchbay.mapping.function.other;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of other things, in the order of the reference. */
public final class OtherFunctions {

    private OtherFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                DefaultFunction.TYPE,
                CoalesceFunction.TYPE,
                WhenFunction.TYPE,
                CaseFunction.CASE,
                CaseFunction.NULL_IF,
                BooleanFunction.TYPE,
                BooleanFunction.TRUTHY,
                CaseFunction.NOT,
                LookupFunction.TYPE,
                ScriptFunction.TYPE);
    }
}
