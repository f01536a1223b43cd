package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variables of connectors and of their ways to prove who calls, as settings of a connector and values of its instances. */
final class PatchworksSettings {

    /** What declared variables have that does nothing in a run. */
    static final String[] OF_VARIABLE = {
        "id",
        "uuid",
        "key",
        "name",
        "alias",
        "configurable",
        "is_configurable",
        "advanced",
        "advanced_users_only",
        "type",
        "order"
    };

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final Report report;

    PatchworksSettings(PatchworksReading reading, Parcel parcel, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.report = report;
    }

    static ObjectNode properties(ObjectNode connector) {
        return connector.withObjectProperty("settings").withObjectProperty("properties");
    }

    static boolean declares(ObjectNode connector, String name) {
        return connector.path("settings").path("properties").has(name);
    }

    /** Declares a list of variables, or an object of them by name. */
    void declare(ObjectNode connector, JsonNode variables) {
        if (variables.isObject()) {
            Fields all = reading.of(variables);
            variables.properties().forEach(one -> {
                all.get(one.getKey());
                if (one.getValue().isObject()) {
                    declare(connector, one.getKey(), reading.of(one.getValue()));
                } else {
                    declare(
                            connector,
                            one.getKey(),
                            new Fields(Json.NODES
                                    .objectNode()
                                    .put("default", one.getValue().asText(""))));
                }
            });
            return;
        }
        for (JsonNode one : reading.list(variables)) {
            Fields variable = one.isTextual() ? new Fields(one) : reading.of(one);
            declare(connector, one.isTextual() ? one.asText() : variable.text("key", "name", "alias"), variable);
        }
    }

    private void declare(ObjectNode connector, String theirs, Fields variable) {
        String name = Names.variable(theirs);
        variable.pass(OF_VARIABLE);
        variable.pass("position", "created_at", "updated_at");
        if (name.equals("_") || declares(connector, name)) {
            return;
        }
        ObjectNode property = properties(connector).putObject(name);
        String shown = variable.text("display_name", "label", "description");
        if (!shown.isBlank()) {
            property.put("description", Secrecy.without(shown, parcel));
        }
        String otherwise = variable.text("default", "default_value", "value");
        boolean needed = variable.flag(true, "required", "is_required");
        if (Secrecy.named(name) || Secrecy.shaped(otherwise)) {
            secret(connector, name);
            parcel.guard(otherwise);
        } else if (!otherwise.isBlank()) {
            property.put("default", Translator.literal(otherwise));
        } else if (!needed) {
            property.put("required", false);
        }
    }

    /** A setting that a definition reads and nobody declared. */
    static String read(ObjectNode connector, String theirs) {
        String name = Names.variable(theirs);
        properties(connector).withObjectProperty(name);
        return "${settings." + name + "}";
    }

    /** A setting that is a secret. @return the placeholder that reads it */
    static String secret(ObjectNode connector, String theirs) {
        String name = Names.variable(theirs);
        ObjectNode settings = connector.withObjectProperty("settings");
        // A secret has no value that stands in a file.
        settings.withObjectProperty("properties").withObjectProperty(name).remove("default");
        for (JsonNode one : settings.path("secrets")) {
            if (one.asText().equals(name)) {
                return "${settings." + name + "}";
            }
        }
        settings.withArrayProperty("secrets").add(name);
        return "${settings." + name + "}";
    }

    void finish(ObjectNode connector) {
        if (connector.path("settings").path("properties").isEmpty()) {
            connector.remove("settings");
        } else if (connector.path("settings").path("secrets").isEmpty()) {
            connector.withObjectProperty("settings").remove("secrets");
        }
    }

    /** Values of an instance: those of the file where they are in it and no secrets, and references to secrets. */
    void instance(ObjectNode connector, String name, @Nullable JsonNode source, Place at, ObjectNode into) {
        ObjectNode given = Json.NODES.objectNode();
        if (source != null) {
            given(source, given);
        }
        ObjectNode settings = Json.NODES.objectNode();
        List<String> secrets = new ArrayList<>();
        connector.path("settings").path("secrets").forEach(word -> secrets.add(word.asText()));
        connector.path("settings").path("properties").properties().forEach(property -> {
            String key = property.getKey();
            String value = given.path(key).asText("");
            if (secrets.contains(key)) {
                parcel.guard(value);
                String wanted = Names.secret(name + "_" + key);
                settings.put(key, "${secret." + wanted + "}");
                report.secret(at, "the value of '" + key + "' of instance '" + name + "'", wanted);
            } else if (!value.isBlank()) {
                settings.put(key, Translator.literal(value));
            } else if (!property.getValue().has("default")
                    && property.getValue().path("required").asBoolean(true)) {
                settings.put(key, property.getValue().path("example").asText("set-me"));
                report.look(
                        at,
                        "the setting '" + key + "' of instance '" + name + "' is not in the file",
                        "write its value there");
            }
        });
        given.fieldNames().forEachRemaining(key -> {
            if (!declares(connector, key)) {
                report.lost(
                        at,
                        "instance '" + name + "' has a value for '" + SourceText.shown(key)
                                + "', which its connector does not read",
                        null);
            }
        });
        if (!settings.isEmpty()) {
            into.set("settings", settings);
        }
    }

    private void given(JsonNode source, ObjectNode given) {
        Fields fields = reading.of(source);
        for (String list :
                List.of("variables", "connector_variables", "values", "settings", "credentials", "auth_variables")) {
            JsonNode theirs = fields.get(list);
            if (theirs.isValueNode()) {
                reading.odd(theirs);
            }
            if (theirs.isObject()) {
                reading.whole(theirs);
                theirs.properties()
                        .forEach(one -> given.put(
                                Names.variable(one.getKey()), one.getValue().asText("")));
            }
            for (JsonNode one : theirs.isArray() ? reading.list(theirs) : List.<JsonNode>of()) {
                Fields of = reading.of(one);
                of.pass("id", "uuid", "display_name", "type", "description");
                given.put(Names.variable(of.text("key", "name")), of.text("value", "default"));
            }
        }
    }
}
