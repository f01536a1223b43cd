package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Set;

/**
 * States, provinces and regions.
 *
 * @param settings of which country
 */
record SubdivisionFunction(SubdivisionSettings settings) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.STRING,
                            "subdivision",
                            "A state, province or region of `country` (a code or a name; it may be a placeholder), given by its"
                                    + " code with or without the country, or by its English name, as ISO 3166-2 has it: `code`"
                                    + " like `US-CA`, `short` like `CA`, or its English `name`. Names in"
                                    + " other languages are not known: look them up in a table with `lookup`, before it.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("{ subdivision: { country: US } }", "California", "US-CA")
                    .example("{ subdivision: { country: CA, to: name } }", "qc", "Quebec")
                    .example("{ subdivision: { country: \"${record.country}\", to: short } }", "England", "ENG")
                    .refuses(
                            "{ subdivision: { country: US } }",
                            "Bavaria",
                            "subdivision: the text is not a subdivision of US by code or English name"),
            SubdivisionSettings.class,
            SubdivisionFunction::new);

    /** How it is given. */
    enum Form {
        /** With its country. */
        CODE,
        /** Without its country. */
        SHORT,
        /** In English. */
        NAME
    }

    /** Settings. */
    @Doc("Of which country, and how it is given")
    record SubdivisionSettings(
            @Doc("The country by code or English name; it may be a placeholder")
            Template country,

            @Doc("code, short or name") @Default("code") Form to) {

        SubdivisionSettings {
            if (country.constant() && Countries.find(country.constantValue().asText()) == null) {
                throw new IllegalArgumentException(
                        "'" + country.constantValue().asText() + "' is not a country's code or English name");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        String country = Countries.find(settings.country().text(scope));
        if (country == null) {
            throw new FunctionException("'country' is not a country's code or English name");
        }
        String code = Subdivisions.find(country, Found.text(value));
        if (code == null) {
            throw new FunctionException("the text is not a subdivision of " + country + " by code or English name");
        }
        return Json.NODES.textNode(
                switch (settings.to()) {
                    case CODE -> code;
                    case SHORT -> code.substring(3);
                    case NAME -> Subdivisions.name(code);
                });
    }

    @Override
    public Set<Ref> reads() {
        return settings.country().reads();
    }
}
