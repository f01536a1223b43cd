package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector folder that is being written: its definition as a value, what is to be said about parts of it, and fixtures. */
final class Draft {

    private final String id;
    private final ObjectNode root = Json.NODES.objectNode();
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final Map<String, ObjectNode> fixtures = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final Map<String, ObjectNode> schemas = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> guesses = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    Draft(String id, String title) {
        this.id = id;
        root.put("connector", id)
                .put("version", "0.1.0")
                .put("title", title.replaceAll("\\s+", " ").strip());
    }

    String id() {
        return id;
    }

    ObjectNode root() {
        return root;
    }

    /** A member of the definition that is an object, made when it is missing. */
    ObjectNode at(String... keys) {
        ObjectNode node = root;
        for (String key : keys) {
            node = node.get(key) instanceof ObjectNode there ? there : node.putObject(key);
        }
        return node;
    }

    /** A setting that an instance must give. */
    void setting(String name, ObjectNode property, boolean secret) {
        at("settings", "properties").set(name, property);
        if (secret) {
            JsonNode secrets = at("settings").path("secrets");
            boolean there = false;
            for (JsonNode one : secrets) {
                there |= one.asText().equals(name);
            }
            if (!there) {
                at("settings").withArrayProperty("secrets").add(name);
            }
        }
    }

    /** Says something above a key of the definition. */
    void comment(String path, String text) {
        comments.merge(path, text, (before, more) -> before + "\n" + more);
    }

    /** Notes what the description does not say. */
    void guess(String path, String text) {
        comment(path, "Guessed: " + text);
        guesses.add("`" + path.replace("endpoints/", "") + "`: " + text);
    }

    /** Notes what the description says and the connector does not have. */
    void leaveOut(String what) {
        if (!leftOut.contains(what)) {
            leftOut.add(what);
        }
    }

    void fixture(String name, ObjectNode fixture) {
        fixture(name, fixture, "# From the examples of the description.\n");
    }

    /** @param origin the comment that says where it comes from */
    void fixture(String name, ObjectNode fixture, String origin) {
        fixtures.put(name, fixture);
        origins.put(name, origin);
    }

    /** Whether the way to prove who calls that comes first asks for something before a call. */
    boolean asks() {
        JsonNode first = at("auth").elements().hasNext() ? at("auth").elements().next() : root.path("none");
        String type = first.path("type").asText();
        return type.startsWith("oauth2") || type.equals("digest");
    }

    String origin(String fixture) {
        return origins.getOrDefault(fixture, "");
    }

    /** Keeps a schema under the name of its file in the folder schemas. */
    void schema(String name, ObjectNode schema) {
        schemas.put(name, schema);
    }

    Map<String, ObjectNode> schemas() {
        return schemas;
    }

    /** Keeps a text beside the definition, which names it under this key. */
    void keep(String key, String text) {
        String name = key + (text.stripLeading().startsWith("{") ? ".json" : ".yaml");
        root.put(key, "./" + name);
        files.put(name, text);
    }

    /** Texts beside the definition, by the names of their files. */
    Map<String, String> files() {
        return files;
    }

    Map<String, String> comments() {
        return comments;
    }

    Map<String, ObjectNode> fixtures() {
        return fixtures;
    }

    List<String> guesses() {
        return guesses;
    }

    List<String> leftOut() {
        return leftOut;
    }

    /** A text that is sent as it is, whatever stands in it. */
    static String literal(String text) {
        return text.replace("${", "$${");
    }

    /** A placeholder for a field of the record; null when a name like this cannot stand in one. */
    static @Nullable String field(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? "${record." + name + "}" : null;
    }

    /** A text in the form of an id: lower case words with a dash between them. */
    static String kebab(String text) {
        String words = text.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        return words.length() > 60 ? words.substring(0, 60).replaceAll("-+$", "") : words;
    }

    /** A text in the form of a key: words that begin with a capital, but for the first. */
    static String camel(String text) {
        StringBuilder out = new StringBuilder();
        for (String word : kebab(text).split("-", -1)) {
            out.append(
                    out.isEmpty() || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return out.isEmpty() ? "value" : out.toString();
    }
}
