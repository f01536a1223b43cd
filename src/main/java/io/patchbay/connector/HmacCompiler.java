package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.HmacConfig;
import io.patchbay.connector.definition.HmacPart;
import io.patchbay.connector.definition.HmacPart.Word;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the recipe of a signature. */
final class HmacCompiler {

    private static final Where FORMAT =
            new Where(Set.of("settings", "signature", "timestamp", "nonce"), Set.of(), true);

    private final Compiling compiling;
    private final AuthTexts texts;

    HmacCompiler(Compiling compiling, AuthTexts texts) {
        this.compiling = compiling;
        this.texts = texts;
    }

    HmacRecipe compile(HmacConfig config, String[] auth) {
        String[] keys = Compiling.below(auth, "hmac");
        Template key = texts.secret(config.key(), "secret");
        List<HmacRecipe.Part> parts = new ArrayList<>();
        for (HmacPart part : config.parts()) {
            parts.add(new HmacRecipe.Part(part, texts.optional(part.template())));
        }
        if (parts.isEmpty()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "parts")),
                    "BAD_VALUE",
                    "a signature needs parts to be made of",
                    "for example [ timestamp, body ]");
        }
        InjectConfig into = config.into();
        Template format = into.format() == null ? null : texts.in(into.format(), FORMAT);
        if (into.name() == null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "into")),
                    "MISSING_KEY",
                    "into of a signature needs 'name'",
                    "the name of the header or query parameter");
        }
        if (format != null && !reads(format, "signature")) {
            compiling.error(
                    format.at(),
                    "BAD_VALUE",
                    "'" + format + "' does not send the signature",
                    "it stands in ${signature}");
        }
        var timestamp = config.timestamp();
        var nonce = config.nonce();
        checkPlace(into.into(), Compiling.below(keys, "into", "into"));
        checkSent(config, Word.TIMESTAMP, timestamp == null ? null : timestamp.name(), format);
        checkSent(config, Word.NONCE, nonce == null ? null : nonce.name(), format);
        return new HmacRecipe(config, key, parts, format);
    }

    private static boolean reads(@Nullable Template format, String root) {
        return format != null
                && format.reads().stream().anyMatch(ref -> ref.root().equals(root));
    }

    private void checkPlace(Into into, String[] place) {
        if (into != Into.HEADER && into != Into.QUERY) {
            compiling.error(
                    compiling.at(place), "BAD_VALUE", "a signature goes into header or query", "like into: header");
        }
    }

    /** What is signed and not told to the other side cannot be checked by it. */
    private void checkSent(HmacConfig config, Word word, @Nullable String name, @Nullable Template format) {
        String key = word == Word.TIMESTAMP ? "timestamp" : "nonce";
        if (name == null && !reads(format, key)) {
            config.parts().stream()
                    .filter(part -> part.word() == word)
                    .findFirst()
                    .ifPresent(part -> compiling.error(
                            part.at(),
                            "BAD_VALUE",
                            "the " + key + " is signed and never sent",
                            "say where it goes: " + key + ": { into: header, name: X-… }"));
        }
    }
}
