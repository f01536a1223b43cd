package io.patchbay.mapping.function.list;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of lists and of the members of objects, in the order of the reference. */
public final class ListFunctions {

    private ListFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                JoinFunction.TYPE,
                PlainList.FIRST,
                PlainList.LAST,
                Pieces.ITEM,
                Pieces.SLICE,
                PlainList.COUNT,
                SumFunction.SUM,
                SumFunction.AVG,
                ExtremeFunction.MIN,
                ExtremeFunction.MAX,
                SortFunction.TYPE,
                PlainList.REVERSE,
                DistinctFunction.TYPE,
                PlainList.COMPACT,
                PickFunction.TYPE,
                AppendFunction.TYPE,
                Pieces.FLATTEN,
                Pieces.CHUNKS,
                Entries.FROM,
                Entries.TO,
                Entries.KEYS,
                Entries.VALUES,
                Members.GET,
                Members.ONLY,
                Members.WITHOUT);
    }
}
