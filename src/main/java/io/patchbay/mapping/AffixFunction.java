package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.Json;
import java.util.Set;

/**
 * Puts text before or after the value.
 *
 * @param text what is put there
 * @param before whether it goes before
 */
record AffixFunction(Template text, boolean before) implements MapFunction {

    static final FunctionType PREFIX = new SettingsFunction<>(
            new FunctionSpec(
                    "prefix",
                    "Text before the value; it may hold placeholders.",
                    "{ prefix: \"UK-\" }",
                    "1001",
                    "UK-1001"),
            Template.class,
            text -> new AffixFunction(text, true),
            false);

    static final FunctionType SUFFIX = new SettingsFunction<>(
            new FunctionSpec(
                    "suffix",
                    "Text after the value; it may hold placeholders.",
                    "{ suffix: \" kg\" }",
                    "12.5",
                    "12.5 kg"),
            Template.class,
            text -> new AffixFunction(text, false),
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String given = PlainFunctions.textOf(value);
        String affix = text.text(scope);
        return Json.NODES.textNode(before ? affix + given : given + affix);
    }

    @Override
    public Set<Ref> reads() {
        return text.reads();
    }
}
