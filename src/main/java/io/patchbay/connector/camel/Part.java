package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/**
 * One of the requests that a payload is cut into.
 *
 * @param payload what is sent, or the record that the question is about
 * @param from index of its first record in the whole payload
 * @param records its records
 */
record Part(Payload payload, int from, List<JsonNode> records) {

    Part {
        records = List.copyOf(records);
    }

    /** A part for each record. */
    static List<Part> perRecord(Payload payload) throws StepException {
        List<Part> parts = new ArrayList<>();
        List<JsonNode> records = payload.records();
        for (int i = 0; i < records.size(); i++) {
            Payload one = payload.withBody(new Body.Tree(records.get(i)), RecordPath.ROOT);
            parts.add(new Part(one, i, List.of(records.get(i))));
        }
        return parts;
    }

    /** Parts of at most so many records and bytes; a record that is too large by itself is a part of its own. */
    static List<Part> batches(Payload payload, BatchConfig batch) throws StepException {
        DataSize bytes = batch.maxBytes();
        long most = bytes == null ? Long.MAX_VALUE : bytes.toBytes();
        List<Part> parts = new ArrayList<>();
        List<JsonNode> open = new ArrayList<>();
        long size = 0;
        int from = 0;
        for (JsonNode record : payload.records()) {
            long more = bytes == null ? 0 : written(record).length + 1L;
            if (!open.isEmpty() && (open.size() == batch.maxRecords() || size + more > most)) {
                parts.add(batch(payload, batch, from, open));
                from += open.size();
                open = new ArrayList<>();
                size = 0;
            }
            open.add(record);
            size += more;
        }
        if (!open.isEmpty()) {
            parts.add(batch(payload, batch, from, open));
        }
        return parts;
    }

    private static Part batch(Payload payload, BatchConfig batch, int from, List<JsonNode> records) {
        if (batch.mode() == BatchConfig.Mode.NDJSON) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (JsonNode record : records) {
                lines.writeBytes(written(record));
                lines.write('\n');
            }
            Body body = new Body.Bytes(lines.toByteArray(), "application/x-ndjson");
            return new Part(payload.withBody(body, RecordPath.ROOT), from, records);
        }
        if (batch.maxRecords() == 1) {
            return new Part(payload.withBody(new Body.Tree(records.get(0)), RecordPath.ROOT), from, records);
        }
        ArrayNode list = Json.NODES.arrayNode(records.size()).addAll(records);
        return new Part(payload.withBody(new Body.Tree(list), RecordPath.ROOT_LIST), from, records);
    }

    private static byte[] written(JsonNode record) {
        try {
            return Json.MAPPER.writeValueAsBytes(record);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
