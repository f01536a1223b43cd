package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/** Lengthens texts and takes parts of them, in characters that are never cut in half. */
final class PadFunction {

    static final FunctionType PAD = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "pad",
                            "The text filled up to so many characters with `with`; a longer text stays as it is.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ pad: { to: 6, with: \"0\" } }", "42", "\"000042\"")
                    .example("{ pad: { to: 5, side: right } }", "ab", "\"ab   \""),
            PadSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(settings.padded(Found.text(value))));

    static final FunctionType SUBSTRING = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "substring",
                            "The text from character `from` on (0 is the first, negative counts from the end), `length`"
                                    + " characters or to its end. What lies outside of the text is left out.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ substring: { from: 3, length: 2 } }", "GB-EN-01", "EN")
                    .example("{ substring: { from: -2 } }", "GB-EN-01", "\"01\""),
            SubstringSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(settings.part(Found.text(value))));

    /** On which side a text is filled. */
    enum Side {
        /** Before it. */
        LEFT,
        /** After it. */
        RIGHT
    }

    /** Settings. */
    @Doc("How long the text becomes, and with what")
    record PadSettings(
            @Doc("Characters of the result at least") @Range(max = 10_000)
            int to,

            @Doc("The character that it is filled with") @Default("\" \"")
            String with,

            @Doc("On which side: left or right") @Default("left")
            Side side) {

        PadSettings {
            if (with.codePointCount(0, with.length()) != 1) {
                throw new IllegalArgumentException("'with' must be one character");
            }
        }

        String padded(String text) {
            String fill = with.repeat(Math.max(0, to - text.codePointCount(0, text.length())));
            return side == Side.LEFT ? fill + text : text + fill;
        }
    }

    /** Settings. */
    @Doc("Which part of the text")
    record SubstringSettings(
            @Doc("Position of the first character; negative counts from the end") @Default("0")
            int from,

            @Doc("Characters at most; to the end when left out") @Nullable @Range
            Integer length) {

        String part(String text) {
            int all = text.codePointCount(0, text.length());
            int start = (int) Math.max(0, Math.min(all, from < 0 ? (long) all + from : from));
            int end = length == null ? all : (int) Math.min(all, (long) start + length);
            return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
        }
    }

    private PadFunction() {}
}
