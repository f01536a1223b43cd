package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
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
            FunctionSpec.of(Group.STRING, "prefix", "Text before the value; it may hold placeholders.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ prefix: \"UK-\" }", "1001", "UK-1001"),
            Template.class,
            text -> new AffixFunction(text, true),
            false);

    static final FunctionType SUFFIX = new SettingsFunction<>(
            FunctionSpec.of(Group.STRING, "suffix", "Text after the value; it may hold placeholders.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ suffix: \" kg\" }", "12.5", "12.5 kg"),
            Template.class,
            text -> new AffixFunction(text, false),
            false);

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String given = Found.text(value);
        String affix = text.text(scope);
        return Json.NODES.textNode(before ? affix + given : given + affix);
    }

    @Override
    public Set<Ref> reads() {
        return text.reads();
    }
}
