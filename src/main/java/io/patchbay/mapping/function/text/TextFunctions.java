package io.patchbay.mapping.function.text;

import io.patchbay.mapping.function.FunctionType;
import java.util.List;

/** Functions of texts, in the order of the reference. */
public final class TextFunctions {

    private TextFunctions() {}

    /** All of them. */
    public static List<FunctionType> all() {
        return List.of(
                PlainText.TEXT,
                PlainText.TRIM,
                PlainText.SQUEEZE,
                PlainText.UPPER,
                PlainText.LOWER,
                PlainText.TITLE,
                PlainText.LENGTH,
                PlainText.FIRST_WORD,
                PlainText.LAST_WORD,
                ConcatFunction.TYPE,
                AffixFunction.PREFIX,
                AffixFunction.SUFFIX,
                CutFunction.TYPE,
                ReplaceFunction.TYPE,
                SplitFunction.TYPE);
    }
}
