package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import java.io.IOException;
import java.util.IdentityHashMap;

/** A JSON file with the places of its objects and lists, read within bounds. */
final class SourceText {

    /** Most characters of a file. */
    static final int LARGEST = 16_000_000;

    private static final int MOST_VALUES = 400_000;
    private static final int DEEPEST = 60;

    private final String file;
    private final JsonParser parser;
    private final IdentityHashMap<JsonNode, Place> places = new IdentityHashMap<>();
    private int values;

    private SourceText(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * What was read.
     *
     * @param file as the person named it
     * @param places of objects and lists, by identity
     */
    record Document(String file, JsonNode root, IdentityHashMap<JsonNode, Place> places) {

        /** Where an object or list of this document stands. */
        Place at(JsonNode container) {
            return places.getOrDefault(container, Place.ROOT);
        }
    }

    /** Reads a text. @throws MovingException when it is no JSON, or more than anybody has drawn */
    static Document read(String file, String text) {
        if (text.length() > LARGEST) {
            throw new MovingException(file + " has more than " + LARGEST / 1_000_000 + " million characters");
        }
        String json = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(json)) {
            SourceText reader = new SourceText(file, parser);
            if (parser.nextToken() == null) {
                throw new MovingException(file + " is empty; a JSON document was expected");
            }
            JsonNode root = reader.value("", 0);
            if (parser.nextToken() != null) {
                throw reader.refused("something stands behind the JSON document");
            }
            return new Document(file, root, reader.places);
        } catch (JsonProcessingException e) {
            throw new MovingException(file + at(e.getLocation()) + ": this is no JSON: "
                    + (NotJson.cut(e) ? "it ends too early" : first(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new IllegalStateException("a text could not be read", e);
        }
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    /** The parser quotes what it found; of that the first line is enough, and no more than a line. */
    private static String first(String message) {
        String line = String.valueOf(message).lines().findFirst().orElse("");
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }

    private MovingException refused(String what) {
        return new MovingException(file + at(parser.currentTokenLocation()) + ": " + what);
    }

    private JsonNode value(String pointer, int depth) throws IOException {
        if (++values > MOST_VALUES) {
            throw refused("the file has more than " + MOST_VALUES + " values; export single flows, one to a file");
        }
        if (depth > DEEPEST) {
            throw refused("objects and lists are nested deeper than " + DEEPEST);
        }
        JsonToken token = parser.currentToken();
        JsonLocation start = parser.currentTokenLocation();
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = Json.NODES.objectNode();
                places.put(object, new Place(pointer, start.getLineNr(), start.getColumnNr()));
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    if (object.has(key)) {
                        throw refused("the key '" + shown(key) + "' stands twice in one object");
                    }
                    parser.nextToken();
                    object.set(key, value(pointer + "/" + Place.escaped(key), depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode list = Json.NODES.arrayNode();
                places.put(list, new Place(pointer, start.getLineNr(), start.getColumnNr()));
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(pointer + "/" + list.size(), depth + 1));
                }
                yield list;
            }
            case VALUE_STRING -> Json.NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> Json.NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> Json.NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> Json.NODES.booleanNode(true);
            case VALUE_FALSE -> Json.NODES.booleanNode(false);
            default -> Json.NODES.nullNode();
        };
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
