package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.problem.Problems;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON Schema (draft 2020-12) of a file kind from the same records and readers that the {@link Binder} uses, so
 * that an editor completes and checks exactly what the runtime takes. Records become {@code $defs}.
 */
public final class Schemas {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Binder binder;
    private final Map<String, ObjectNode> definitions = new TreeMap<>();
    private final Map<String, Class<?>> takenBy = new TreeMap<>();

    /** Schemas of what the binder binds. */
    public Schemas(Binder binder) {
        this.binder = binder;
    }

    /** The whole schema of one file kind. */
    public ObjectNode document(Class<?> type, String id, String title) {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", id);
        root.put("title", title);
        root.setAll(of(type));
        ObjectNode defs = root.putObject("$defs");
        definitions.forEach(defs::set);
        return root;
    }

    /** The schema of a type, as a reference where it is a record. */
    public ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            ObjectNode container = JSON.objectNode();
            boolean list = generic.getRawType() == java.util.List.class;
            container.put("type", list ? "array" : "object");
            container.set(list ? "items" : "additionalProperties", of(generic.getActualTypeArguments()[list ? 0 : 1]));
            return container;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == Node.class) {
            return JSON.objectNode();
        }
        ValueReader<?> reader = binder.reader(raw);
        if (reader == null && raw.isEnum()) {
            ObjectNode choice = JSON.objectNode();
            ScalarReaders.ready(raw).forEach(choice.putArray("enum")::add);
            return choice;
        }
        if (reader != null && raw.getPackageName().startsWith("java.")) {
            return reader.schema(this);
        }
        return reference(raw, reader);
    }

    /** A reference to a definition that is written on first use; the placeholder stops recursion. */
    private ObjectNode reference(Class<?> type, @Nullable ValueReader<?> reader) {
        if (reader != null && (type.isPrimitive() || !type.getPackageName().startsWith("io.patchbay"))) {
            return reader.schema(this);
        }
        String name = type.getEnclosingClass() == null
                ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
        Class<?> before = takenBy.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalStateException(before + " and " + type + " would be one definition '" + name + "'");
        }
        if (!definitions.containsKey(name)) {
            definitions.put(name, JSON.objectNode());
            definitions.put(name, reader != null ? reader.schema(this) : record(binder.form(type)));
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    /** The schema of a record's mapping, not as a reference. */
    public ObjectNode mapping(Class<?> record) {
        return record(binder.form(record));
    }

    private ObjectNode record(Form<?> form) {
        ObjectNode object = JSON.objectNode();
        Doc doc = form.type().getAnnotation(Doc.class);
        if (doc != null) {
            object.put("description", doc.value());
        }
        OneWord word = form.type().getAnnotation(OneWord.class);
        if (word == null) {
            object.put("type", "object");
        } else {
            object.putArray("type").add("object").add("string");
            object.put("pattern", "^(" + String.join("|", words(form, word.value())) + ")$"); // of the one word
        }
        object.put("additionalProperties", false);
        ObjectNode properties = object.putObject("properties");
        for (Form.Field field : form.fields().stream().filter(Form.Field::ready).toList()) {
            properties.set(field.key(), field(field));
        }
        if (form.fields().stream().anyMatch(Form.Field::required)) {
            var required = object.putArray("required");
            form.fields().stream().filter(Form.Field::required).forEach(field -> required.add(field.key()));
        }
        return object;
    }

    private static List<String> words(Form<?> form, String key) {
        return form.fields().stream()
                .filter(field -> field.key().equals(key))
                .flatMap(field -> ScalarReaders.ready((Class<?>) field.type()).stream())
                .toList();
    }

    private ObjectNode field(Form.Field field) {
        ObjectNode schema = of(field.type());
        if (field.doc() != null) {
            schema.put("description", field.doc());
        }
        if (field.range() != null) {
            schema.put("minimum", field.range().min());
            if (field.range().max() != Long.MAX_VALUE) {
                schema.put("maximum", field.range().max());
            }
        }
        if (field.defaultYaml() != null) {
            schema.set("default", literal(field.defaultYaml()));
        }
        return schema;
    }

    private static JsonNode literal(String yaml) {
        return new YamlReader()
                .read("default", yaml, new Problems())
                .map(ScalarReaders::json)
                .orElseGet(JSON::nullNode);
    }
}
