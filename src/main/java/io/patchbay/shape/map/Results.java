package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.script.language.Engine.Value;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.Languages.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an expression gave, as records. */
final class Results {

    private Results() {}

    /** Its values, XML by the table of formats; null and nothing are none. @throws StepException when it failed */
    static List<JsonNode> values(Given given, Expression.Call call) throws StepException {
        LanguageException failure = given.failure();
        if (failure != null) {
            throw call.failed(failure);
        }
        Value value = Objects.requireNonNull(given.value());
        String text = value.text();
        if (text != null) {
            boolean xml = String.valueOf(value.contentType()).startsWith("application/xml");
            return text.isBlank() ? List.of() : List.of(xml ? XmlValues.read(text) : Json.NODES.textNode(text));
        }
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode one : Objects.requireNonNull(value.json())) {
            if (!one.isNull() && !one.isMissingNode()) {
                values.add(one);
            }
        }
        return values;
    }

    /** Its values as records: those of a list are each one. @throws StepException when it failed */
    static List<JsonNode> records(Given given, Expression.Call call) throws StepException {
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode value : values(given, call)) {
            if (value.isArray()) {
                value.forEach(records::add);
            } else {
                records.add(value);
            }
        }
        return records;
    }
}
