package io.patchbay.mapping.function.text;

import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/** Functions of text without settings. */
final class PlainText {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\x1c-\\x1f]+");

    static final FunctionType TEXT = SimpleFunction.ofText(
            string("text", "The value as text; numbers without exponent. This is the cast to text.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("text", "12.50", "\"12.50\"")
                    .refuses("text", "{ a: 1 }", "text: the value is an object, not text"),
            text -> text);

    static final FunctionType TRIM = SimpleFunction.ofText(
            string("trim", "Text without blanks around it.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("trim", "\" a b \"", "a b"),
            String::strip);

    static final FunctionType SQUEEZE = SimpleFunction.ofText(
            string(
                            "squeeze",
                            "Text without blanks around it, and with one blank wherever there are several or line breaks.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("squeeze", "\" 12  High\\n Street \"", "12 High Street"),
            PlainText::squeezed);

    static final FunctionType UPPER = SimpleFunction.ofText(
            string("upper", "Text in upper case.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("upper", "gb", "GB"),
            text -> text.toUpperCase(Locale.ROOT));

    static final FunctionType LOWER = SimpleFunction.ofText(
            string("lower", "Text in lower case.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("lower", "Ann@Example.ORG", "ann@example.org"),
            text -> text.toLowerCase(Locale.ROOT));

    static final FunctionType TITLE = SimpleFunction.ofText(
            string(
                            "title",
                            "Each word with a capital and the rest in lower case. A word begins after a blank, a hyphen, and an"
                                    + " apostrophe that follows one letter.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("title", "\"ANN o'NEILL-smith\"", "Ann O'Neill-Smith")
                    .example("title", "\"rock 'n' roll, don't\"", "\"Rock 'n' Roll, Don't\""),
            PlainText::title);

    static final FunctionType LENGTH = new SimpleFunction(
            string("length", "How many characters the text has; one that takes two places in memory counts once.")
                    .from(ValueKind.SCALARS, ValueKind.NUMBER)
                    .example("length", "naïve", "5")
                    .example("length", "\"\"", "0"),
            value -> {
                String text = Found.text(value);
                return Json.NODES.numberNode(text.codePointCount(0, text.length()));
            });

    static final FunctionType FIRST_WORD = SimpleFunction.ofText(
            string("firstWord", "What stands before the first blank; empty text for empty text.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("firstWord", "\" Ann Mary Archer\"", "Ann"),
            text -> BLANKS.split(text.strip(), 2)[0]);

    static final FunctionType LAST_WORD = SimpleFunction.ofText(
            string("lastWord", "What stands after the last blank; empty text for empty text.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("lastWord", "\"Ann Mary Archer \"", "Archer"),
            text -> {
                String squeezed = squeezed(text);
                return squeezed.substring(squeezed.lastIndexOf(' ') + 1);
            });

    private PlainText() {}

    private static FunctionSpec string(String name, String text) {
        return FunctionSpec.of(Group.STRING, name, text);
    }

    /** One blank between words, none around. */
    static String squeezed(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int letters = 0; // of the word so far
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean apostrophe = c == '\'' || c == '’';
            if (Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                out.appendCodePoint(letters == 0 ? Character.toTitleCase(c) : Character.toLowerCase(c));
                letters++;
            } else {
                out.appendCodePoint(c);
                // O'Neill begins a new word, don't goes on, and so does 'n'.
                letters = apostrophe ? (letters == 1 ? 0 : Math.max(letters, 1)) : 0;
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }
}
