package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Use;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shape leaves, made from what came in and what the system answered. */
final class Outputs {

    private Outputs() {}

    /** After one call for a whole payload. */
    static Payload of(Use.Output output, Payload input, Payload answer) throws StepException {
        if (output instanceof Use.Response) {
            return answer;
        }
        if (output instanceof Use.Input) {
            return input;
        }
        String name = ((Use.Into) output).name();
        JsonNode value = value(answer);
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode record : input.records()) {
            records.add(with(record, name, value));
        }
        return input.withRecords(records);
    }

    /** After several calls: all answers in the order of the calls. */
    static Payload all(Payload input, List<Payload> answers) throws StepException {
        if (answers.size() == 1) {
            return answers.get(0);
        }
        ArrayNode records = Json.NODES.arrayNode();
        for (Payload answer : answers) {
            if (!answer.isEmpty()) {
                answer.records().forEach(records::add);
            }
        }
        return input.withBody(new Body.Tree(records), RecordPath.ROOT_LIST);
    }

    /** A record with an answer under a name. */
    static JsonNode with(JsonNode record, String name, JsonNode value) throws StepException {
        refuseOther(record);
        ObjectNode copy = Json.NODES.objectNode();
        copy.setAll((ObjectNode) record);
        copy.set(name, value);
        return copy;
    }

    /** Sees to it that an answer can be put into a record. */
    static void refuseOther(JsonNode record) throws StepException {
        if (!record.isObject()) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_AN_OBJECT", "an answer can be put into a record only when that is an object");
        }
    }

    /** An answer as a value: its record, the list of its records, or null for none. */
    static JsonNode value(@Nullable Payload answer) throws StepException {
        if (answer == null || answer.isEmpty()) {
            return NullNode.getInstance();
        }
        if (answer.recordPath().each()) {
            return Json.NODES.arrayNode().addAll(answer.records());
        }
        List<JsonNode> records = answer.records();
        return records.isEmpty() ? NullNode.getInstance() : records.get(0);
    }
}
