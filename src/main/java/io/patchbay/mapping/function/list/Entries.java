package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Set;

/** Objects as lists of their members, and back: what systems call metafields, attributes or properties. */
final class Entries {

    static final FunctionType FROM = SettingsFunction.alone(
            spec(
                            "fromEntries",
                            "A list of key and value as one object: metafields become fields. `key` and `value` are paths inside"
                                    + " each item; an item without a value gives null. A key that comes twice is an error,"
                                    + " unless `twice` says which stays.")
                    .ofLists()
                    .from(Set.of(ValueKind.OBJECT), ValueKind.OBJECT)
                    .example(
                            "fromEntries",
                            "[ { key: size, value: L }, { key: colour, value: red } ]",
                            "{ size: L, colour: red }")
                    .example(
                            "{ fromEntries: { key: name, value: data.text, twice: last } }",
                            "[ { name: a, data: { text: 1 } }, { name: a, data: { text: 2 } } ]",
                            "{ a: 2 }")
                    .refuses("fromEntries", "[ { value: L } ]", "fromEntries: item 1 has no key at 'key'")
                    .refuses(
                            "fromEntries",
                            "[ { key: a }, { key: a } ]",
                            "fromEntries: item 2 has a key that an item before it has: set 'twice'"),
            FromSettings.class,
            settings -> (value, record, scope) -> object(Lists.of(value), settings, scope));

    static final FunctionType TO = SettingsFunction.alone(
            spec(
                            "toEntries",
                            "An object as a list of key and value: fields become metafields. `key` and `value` name the members"
                                    + " of each item.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.OBJECT)
                    .toList()
                    .example(
                            "toEntries",
                            "{ size: L, colour: red }",
                            "[ { key: size, value: L }, { key: colour, value: red } ]")
                    .example("{ toEntries: { key: name, value: content } }", "{ a: 1 }", "[ { name: a, content: 1 } ]")
                    .refuses("toEntries", "x", "toEntries: the value is not an object, it is text"),
            ToSettings.class,
            settings -> (value, record, scope) -> {
                ArrayNode entries = Json.NODES.arrayNode();
                Found.object(value)
                        .properties()
                        .forEach(member -> entries.addObject()
                                .put(settings.key(), member.getKey())
                                .set(settings.value(), member.getValue()));
                return entries;
            });

    static final FunctionType KEYS = new SimpleFunction(
            spec("keys", "The names of an object's members.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.TEXT)
                    .toList()
                    .example("keys", "{ b: 1, a: 2 }", "[ b, a ]"),
            value -> {
                ArrayNode names = Json.NODES.arrayNode();
                Found.object(value).fieldNames().forEachRemaining(names::add);
                return names;
            });

    static final FunctionType VALUES = new SimpleFunction(
            spec("values", "The values of an object's members.")
                    .from(Set.of(ValueKind.OBJECT), ValueKind.ANY)
                    .toList()
                    .example("values", "{ b: 1, a: 2 }", "[ 1, 2 ]"),
            value -> {
                ArrayNode values = Json.NODES.arrayNode();
                Found.object(value).forEach(values::add);
                return values;
            });

    /** Which of two members of one name stays. */
    enum Twice {
        /** None: it is an error. */
        FAIL,
        /** The first. */
        FIRST,
        /** The last. */
        LAST
    }

    /** Settings. */
    @Doc("Where keys and values stand")
    record FromSettings(
            @Doc("Path of the key inside each item") @Default("key")
            SourcePath key,

            @Doc("Path of the value inside each item") @Default("value")
            SourcePath value,

            @Doc("What becomes of a key that comes twice: fail, first or last") @Default("fail")
            Twice twice) {}

    /** Settings. */
    @Doc("How the members of each item are called")
    record ToSettings(
            @Doc("Name of the member that holds the key") @Default("key")
            String key,

            @Doc("Name of the member that holds the value") @Default("value")
            String value) {

        ToSettings {
            if (key.equals(value)) {
                throw new IllegalArgumentException("'key' and 'value' must not be the same");
            }
        }
    }

    private Entries() {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text);
    }

    private static JsonNode object(ArrayNode items, FromSettings settings, Scope scope) {
        ObjectNode object = Json.NODES.objectNode();
        int number = 0;
        for (JsonNode item : items) {
            number++;
            JsonNode key = settings.key().find(item, scope);
            if (Values.absent(key) || key.isContainerNode()) {
                throw new FunctionException("item " + number + " has no key at '" + settings.key() + "'");
            }
            String name = Values.text(key);
            boolean there = object.has(name);
            if (there && settings.twice() == Twice.FAIL) {
                throw new FunctionException("item " + number + " has a key that an item before it has: set 'twice'");
            }
            JsonNode value = settings.value().find(item, scope);
            if (!there || settings.twice() == Twice.LAST) {
                object.set(name, value.isMissingNode() ? Json.NODES.nullNode() : value);
            }
        }
        return object;
    }
}
