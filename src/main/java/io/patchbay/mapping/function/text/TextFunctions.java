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
                SlugFunction.PLAIN,
                SlugFunction.SLUG,
                PlainText.LENGTH,
                PlainText.FIRST_WORD,
                PlainText.LAST_WORD,
                ConcatFunction.TYPE,
                AffixFunction.PREFIX,
                AffixFunction.SUFFIX,
                PadFunction.PAD,
                CutFunction.TYPE,
                PadFunction.SUBSTRING,
                ExtractFunction.TYPE,
                ReplaceFunction.TYPE,
                SplitFunction.TYPE,
                HtmlFunction.STRIP,
                HtmlFunction.ESCAPE,
                EncodingFunctions.URL_ENCODE,
                EncodingFunctions.URL_DECODE,
                EncodingFunctions.BASE64_ENCODE,
                EncodingFunctions.BASE64_DECODE,
                EncodingFunctions.TO_JSON,
                EncodingFunctions.FROM_JSON,
                HashFunction.TYPE,
                HmacFunction.TYPE,
                UuidFunction.TYPE,
                EmailFunction.TYPE,
                PhoneFunction.TYPE,
                NameFunction.TYPE,
                AddressFunction.TYPE,
                GtinFunction.TYPE,
                CodeFunctions.COUNTRY,
                SubdivisionFunction.TYPE,
                CodeFunctions.LANGUAGE,
                CodeFunctions.CURRENCY);
    }
}
