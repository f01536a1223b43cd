package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.function.UnaryOperator;

/** Named values of a step: an object of them, or a list of objects with a key and a value. */
final class PatchworksValues {

    static final String[] KEY = {"key", "name", "variable", "parameter", "alias", "variable_name"};
    private static final String[] VALUE = {"value", "values", "default", "default_value"};

    private final PatchworksReading reading;
    private final PatchworksText texts;
    private final Parcel parcel;
    private final Report report;

    PatchworksValues(PatchworksReading reading, PatchworksText texts, Parcel parcel, Report report) {
        this.reading = reading;
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
    }

    /** @param naming what a name becomes here */
    void read(JsonNode theirs, Place otherwise, UnaryOperator<String> naming, ObjectNode into) {
        Place at = reading.at(theirs, otherwise);
        if (theirs.isObject()) {
            Fields fields = reading.of(theirs);
            theirs.properties().forEach(one -> {
                fields.get(one.getKey());
                if (!one.getValue().isNull()) {
                    value(one.getKey(), one.getValue(), at.in(one.getKey()), naming, into);
                }
            });
            return;
        }
        int number = 0;
        for (JsonNode one : reading.list(theirs)) {
            Fields fields = reading.of(one);
            Place place = reading.at(one, at.in(String.valueOf(number++)));
            String key = fields.text(KEY);
            fields.pass(
                    "id",
                    "uuid",
                    "display_name",
                    "description",
                    "alias",
                    "required",
                    "order",
                    "position",
                    "configurable",
                    "advanced",
                    "type",
                    "data_type");
            if (!fields.flag(true, "apply", "enabled", "is_enabled", "active")) {
                reading.whole(one);
                report.look(place, "the value of '" + SourceText.shown(key) + "' is switched off, and left out", null);
                continue;
            }
            JsonNode value = fields.get(VALUE);
            if (key.isBlank()) {
                reading.whole(one);
                report.lost(
                        place,
                        "a value has no name that is understood, and is left out",
                        "names are looked for under key and name");
            } else if (!value.isMissingNode()) {
                value(key, value, place, naming, into);
            }
        }
        if (theirs.isValueNode() && !theirs.isNull() && !theirs.asText().isBlank()) {
            report.lost(at, "values were expected, by their names, and one text or number stands here", null);
        }
    }

    void value(String key, JsonNode value, Place at, UnaryOperator<String> naming, ObjectNode into) {
        if (Secrecy.named(key) && value.isTextual() && Secrecy.value(value.asText())) {
            parcel.guard(value.asText());
            report.lost(
                    at,
                    "the value of '" + SourceText.shown(key) + "' is a secret, which no flow can name: it is left out",
                    "make it a setting of the instance");
            return;
        }
        String name = naming.apply(key);
        if (into.has(name)) {
            report.lost(at, "'" + SourceText.shown(key) + "' is given twice; the first value is taken", null);
            return;
        }
        into.set(name, texts.value(value, at));
    }

    /** JSON where it is some, a text of its format otherwise. */
    ObjectNode content(JsonNode theirs, String format, Place at) {
        String word = PatchworksParts.lower(format);
        JsonNode value = theirs;
        if (theirs.isTextual() && !List.of("xml", "csv", "txt", "text").contains(word)) {
            JsonNode parsed = parsed(theirs.asText());
            value = parsed.isContainerNode() ? parsed : theirs;
            if (parsed.isContainerNode() && hasWhole(parsed)) {
                report.look(
                        at,
                        "a value of the content is one placeholder and nothing else: here it keeps its type, so a number that stood in quotes there is a number",
                        "a map with text behind it makes texts of numbers");
            }
        }
        if (value.isContainerNode()) {
            return Json.NODES.objectNode().set("json", texts.content(value, at));
        }
        String plain = value.asText();
        ObjectNode text = Json.NODES.objectNode().put("text", texts.text(plain, at, false));
        String type = switch (word) {
            case "xml", "application/xml" -> "application/xml";
            case "csv", "text/csv" -> "text/csv";
            case "json", "application/json" -> "application/json";
            case "txt", "text" -> "";
            default ->
                plain.strip().matches("(?s)[\\[{].*[]}]")
                        ? "application/json"
                        : plain.strip().startsWith("<") ? "application/xml" : "";
        };
        return type.isEmpty() ? text : text.put("contentType", type);
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Json.NODES.missingNode();
        }
    }

    private static boolean hasWhole(JsonNode value) {
        if (value.isTextual()) {
            return value.asText().strip().matches("\\[\\[\\s*payload[^\\[\\]]*]]|\\{\\{\\s*flow[^{}]*}}");
        }
        for (JsonNode inner : value) {
            if (hasWhole(inner)) {
                return true;
            }
        }
        return false;
    }
}
