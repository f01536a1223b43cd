package io.patchbay.connector;

import io.patchbay.connector.definition.JwtConfig;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token that we sign, compiled.
 *
 * @param config as it was written
 * @param key what it is signed with
 * @param kid name of the key, or null
 * @param header further members of its header
 * @param claims what it says, or null
 */
public record JwtRecipe(
        JwtConfig config,
        Template key,
        @Nullable Template kid,
        List<Parameter> header,
        @Nullable TemplateTree claims) {

    public JwtRecipe {
        header = List.copyOf(header);
    }
}
