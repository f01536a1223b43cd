package io.patchbay.connector;

import io.patchbay.connector.definition.HmacConfig;
import io.patchbay.connector.definition.HmacPart;
import io.patchbay.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of a signature, compiled.
 *
 * @param config as it was written
 * @param key the shared secret
 * @param parts what is signed
 * @param format what is sent; null for the signature alone
 */
public record HmacRecipe(
        HmacConfig config,
        Template key,
        List<Part> parts,
        @Nullable Template format) {

    public HmacRecipe {
        parts = List.copyOf(parts);
    }

    /** A part; its template where it is a text with placeholders. */
    public record Part(HmacPart config, @Nullable Template template) {}
}
