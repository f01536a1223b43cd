package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts for addresses of pages and for systems that know few letters. */
final class SlugFunction {

    private static final Pattern NO_PART = Pattern.compile("[^a-z0-9]+");

    static final FunctionType SLUG = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "slug",
                            "The text as a part of an address: small letters without accents, digits, and one `separator` for"
                                    + " everything between them. A text of which nothing is left (of another alphabet) is an"
                                    + " error.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("slug", "\"Crème Brûlée, 2 × 100 g!\"", "creme-brulee-2-x-100-g")
                    .refuses("slug", "\"日本\"", "slug: the text has no Latin letter and no digit"),
            SlugSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(settings.slug(Found.text(value))));

    static final FunctionType PLAIN = SimpleFunction.ofText(
            FunctionSpec.of(
                            Group.STRING,
                            "plain",
                            "Latin letters without accents, ligatures taken apart. Letters of other alphabets stay.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("plain", "\"Łódź, Øre, Straße\"", "\"Lodz, Ore, Strasse\""),
            Plain::latin);

    /** Settings. */
    @Doc("How the parts are put together")
    record SlugSettings(
            @Doc("What stands between the parts") @Default("\"-\"")
            String separator,

            @Doc("Characters at most; a part is not cut unless it is the first")
            @Default("200")
            @Range(min = 1, max = 10_000)
            int most) {

        SlugSettings {
            if (separator.length() > 1) {
                throw new IllegalArgumentException("'separator' is one character or none");
            }
        }

        String slug(String text) {
            String plain = Plain.latin(text).replace("×", "x").toLowerCase(Locale.ROOT);
            StringBuilder slug = new StringBuilder();
            for (String part : NO_PART.split(plain, -1)) {
                int length = slug.length() + part.length() + (slug.isEmpty() ? 0 : separator.length());
                if (part.isEmpty()) {
                    continue;
                }
                if (length > most && !slug.isEmpty()) {
                    break;
                }
                slug.append(slug.isEmpty() ? "" : separator).append(part, 0, Math.min(part.length(), most));
            }
            if (slug.isEmpty()) {
                throw new FunctionException("the text has no Latin letter and no digit");
            }
            return slug.toString();
        }
    }

    private SlugFunction() {}
}
