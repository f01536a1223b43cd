package io.patchbay.payload.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place in the data that a schema describes: what is known of it before there is any. What the schema leaves open is not known;
 * a name that it does not list is wrong where it lists others and says nothing of further ones.
 */
public final class SchemaPlace {

    /** Schemas may refer to themselves. */
    private static final int DEEPEST = 20;

    private final JsonNode document;
    private final List<JsonNode> parts;

    private SchemaPlace(JsonNode document, List<JsonNode> parts) {
        this.document = document;
        this.parts = parts;
    }

    /** A record: what the schema describes, or an item of it where that is a list. */
    public static SchemaPlace record(PayloadSchema schema) {
        return record(schema.document());
    }

    /** The same of a document that nobody has checked. */
    public static SchemaPlace record(JsonNode document) {
        SchemaPlace whole = at(document, List.of(document));
        return whole.types().equals(Set.of("array")) ? whole.item() : whole;
    }

    private static SchemaPlace at(JsonNode document, List<JsonNode> schemas) {
        List<JsonNode> parts = new ArrayList<>();
        Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        schemas.forEach(one -> gather(document, one, 0, seen, parts));
        return new SchemaPlace(document, List.copyOf(parts));
    }

    /** All that is said of one value: what is referred to, and each of what it is all, any or one of. */
    private static void gather(JsonNode document, JsonNode schema, int depth, Set<JsonNode> seen, List<JsonNode> into) {
        if (depth > DEEPEST || !schema.isObject() || !seen.add(schema)) {
            return;
        }
        into.add(schema);
        String ref = schema.path("$ref").asText("");
        if (ref.equals("#") || ref.startsWith("#/")) {
            gather(document, document.at(ref.substring(1)), depth + 1, seen, into);
        }
        for (String word : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(word).forEach(one -> gather(document, one, depth + 1, seen, into));
        }
        for (String word : List.of("then", "else")) {
            gather(document, schema.path(word), depth + 1, seen, into);
        }
    }

    /** Names of members that are listed; empty when none are. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> part.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** The same in the order in which they are written. */
    public Set<String> ordered() {
        Set<String> names = new LinkedHashSet<>();
        parts.forEach(part -> part.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** The text that a keyword has where it is said first; null when it is not. */
    public @Nullable String word(String keyword) {
        return parts.stream()
                .map(part -> part.path(keyword))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }

    /** Whether a value may have members that are not listed, as far as that is said. */
    public boolean open() {
        return names().isEmpty()
                || parts.stream()
                        .anyMatch(part -> part.has("patternProperties")
                                || part.path("additionalProperties").isObject()
                                || part.path("additionalProperties").asBoolean(false)
                                || (part.has("$ref")
                                        && !part.path("$ref").asText().startsWith("#")));
    }

    /** The place of a member; null when there is no such member, nothing known where that is left open. */
    public @Nullable SchemaPlace member(String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode part : parts) {
            JsonNode member = part.path("properties").path(name);
            if (!member.isMissingNode()) {
                found.add(member);
            }
        }
        if (found.isEmpty() && !open()) {
            return null;
        }
        return at(document, found);
    }

    /** The place of an item; nothing known where no items are described. */
    public SchemaPlace item() {
        List<JsonNode> found = new ArrayList<>();
        parts.forEach(part -> {
            JsonNode items = part.path("items");
            if (items.isObject()) {
                found.add(items);
            }
        });
        return at(document, found);
    }

    /** Whether something is described. */
    public boolean known() {
        return !parts.isEmpty();
    }

    /** The types that it may have, without {@code null}; empty when that is not said. */
    public Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (JsonNode part : parts) {
            JsonNode type = part.path("type");
            if (type.isTextual()) {
                types.add(type.asText());
            } else {
                type.forEach(one -> types.add(one.asText()));
            }
        }
        types.remove("null");
        return types;
    }

    /** Names of members that there must be: those of what holds in any case, not of one of several forms. */
    public Set<String> required() {
        Set<String> names = new TreeSet<>();
        if (!parts.isEmpty()) {
            required(parts.get(0), 0, Collections.newSetFromMap(new IdentityHashMap<>()), names);
        }
        return names;
    }

    private void required(JsonNode part, int depth, Set<JsonNode> seen, Set<String> into) {
        if (depth > DEEPEST || !part.isObject() || !seen.add(part)) {
            return;
        }
        part.path("required").forEach(name -> into.add(name.asText()));
        String ref = part.path("$ref").asText("");
        if (ref.equals("#") || ref.startsWith("#/")) {
            required(document.at(ref.substring(1)), depth + 1, seen, into);
        }
        part.path("allOf").forEach(one -> required(one, depth + 1, seen, into));
    }
}
