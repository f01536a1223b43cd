package io.patchbay.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one list of functions: adding a function adds one line. */
final class Functions {

    private static final Map<String, FunctionType> BY_NAME = byName(all());

    private Functions() {}

    /** All functions, in the order of the reference. */
    static List<FunctionType> all() {
        return List.of(
                DateFunction.TYPE,
                NumberFunction.TYPE,
                LookupFunction.TYPE,
                ScriptFunction.TYPE,
                ConcatFunction.TYPE,
                DefaultFunction.TYPE,
                BooleanFunction.TYPE,
                ReplaceFunction.TYPE,
                SplitFunction.TYPE,
                JoinFunction.TYPE,
                AffixFunction.PREFIX,
                AffixFunction.SUFFIX,
                CutFunction.TYPE,
                PlainFunctions.TEXT,
                PlainFunctions.TRIM,
                PlainFunctions.UPPER,
                PlainFunctions.LOWER,
                PlainFunctions.FIRST,
                PlainFunctions.LAST,
                PlainFunctions.COUNT);
    }

    /** The same by name. */
    static Map<String, FunctionType> byName() {
        return BY_NAME;
    }

    private static Map<String, FunctionType> byName(List<FunctionType> types) {
        Map<String, FunctionType> byName = new LinkedHashMap<>();
        types.forEach(type -> byName.put(type.spec().name(), type));
        return Collections.unmodifiableMap(byName);
    }
}
