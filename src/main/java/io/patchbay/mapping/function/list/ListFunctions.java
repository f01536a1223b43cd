package io.patchbay.mapping.function.list;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of lists, in the order of the reference. */
public final class ListFunctions {

    private ListFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                JoinFunction.TYPE,
                PlainList.FIRST,
                PlainList.LAST,
                PlainList.COUNT,
                PlainList.REVERSE,
                PlainList.COMPACT);
    }
}
