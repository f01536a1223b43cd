package io.patchbay.mapping.function;

import io.patchbay.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions one after the other, looked at before any value comes: each must be able to work on what the one before yields. */
public final class FunctionChain {

    private final Problems problems;
    private ValueKind kind = ValueKind.ANY;
    private boolean list;
    private String yieldedBy = "";
    private @Nullable FunctionCall loser;

    private FunctionChain(Problems problems) {
        this.problems = problems;
    }

    /**
     * Adds an error at each function that cannot work on what comes to it, and a warning where one has lost what another needs.
     *
     * @return whether no error was added
     */
    public static boolean check(List<FunctionCall> calls, Problems problems) {
        FunctionChain chain = new FunctionChain(problems);
        boolean works = true;
        for (FunctionCall call : calls) {
            works &= chain.next(call);
        }
        return works;
    }

    private boolean next(FunctionCall call) {
        FunctionSpec spec = call.spec();
        boolean fits = kind == ValueKind.ANY
                || spec.takes().contains(ValueKind.ANY)
                || spec.takes().contains(kind);
        if (!fits) {
            problems.error(
                    call.at(),
                    "WRONG_CHAIN",
                    "'" + spec.name() + "' takes " + inWords(spec.takes()) + ", and '" + yieldedBy
                            + "' before it yields " + kind.inWords(),
                    hint(spec));
        }
        FunctionCall lost = loser;
        String needs = call.function().needs();
        if (lost != null && needs != null && needs.equals(lost.function().loses())) {
            problems.warning(
                    call.at(),
                    "LOSSY_CHAIN",
                    "'" + lost.name() + "' before '" + spec.name() + "' has dropped " + needs,
                    "put '" + lost.name() + "' after it, if that is not what is meant");
        }
        yields(call);
        return fits;
    }

    private void yields(FunctionCall call) {
        FunctionSpec spec = call.spec();
        ValueKind own = call.function().gives();
        ValueKind given = own == null ? spec.gives() : own;
        boolean whole = spec.wholeList() || call.function().takesLists();
        if (given != ValueKind.SAME) {
            yieldedBy = spec.name();
            kind = given;
        } else if (whole && !spec.givesList() && kind == ValueKind.LIST) {
            kind = ValueKind.ANY; // an item of a list of lists
        }
        if (spec.givesList() && list && !whole) {
            kind = ValueKind.LIST; // each item became a list
        }
        list = spec.givesList() || (list && !whole);
        if (call.function().loses() != null) {
            loser = call;
        }
    }

    private @Nullable String hint(FunctionSpec spec) {
        boolean scalar = ValueKind.SCALARS.contains(kind);
        if (scalar && spec.takes().contains(ValueKind.TEXT)) {
            return "leave it out, or put 'text' before it";
        }
        return kind == ValueKind.LIST ? "put 'flatten' before it" : "leave one of them out";
    }

    private static String inWords(Set<ValueKind> kinds) {
        return Arrays.stream(ValueKind.values())
                .filter(kinds::contains)
                .map(ValueKind::inWords)
                .collect(Collectors.joining(" or "));
    }
}
