package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.Use;
import io.patchbay.connector.Writing;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.util.unit.DataSize;

/**
 * One of the requests that a payload is cut into.
 *
 * @param cut makes what is sent
 * @param number its place among the requests, from 0
 * @param items its records
 */
record Part(Cut cut, int number, List<Item> items) {

    Part {
        items = List.copyOf(items);
    }

    /**
     * A record.
     *
     * @param index in the whole payload
     */
    record Item(int index, JsonNode record) {}

    /** Makes what is sent of records. */
    interface Cut {
        Payload payload(List<JsonNode> records) throws StepException;
    }

    /** The parts of a payload. */
    static List<Part> of(Payload input, Use use, Writing writing) throws StepException {
        BatchConfig batch = writing.batch();
        if (use.perRecord()) {
            return perRecord(input);
        }
        return batch == null ? whole(input) : batches(input, batch);
    }

    private static List<Part> perRecord(Payload payload) throws StepException {
        List<Part> parts = new ArrayList<>();
        Cut cut = records -> payload.withBody(new Body.Tree(records.get(0)), RecordPath.ROOT);
        for (Item item : items(payload.records())) {
            parts.add(new Part(cut, parts.size(), List.of(item)));
        }
        return parts;
    }

    /** One part, whose content need not be JSON. */
    private static List<Part> whole(Payload payload) {
        List<JsonNode> records;
        try {
            records = payload.records();
        } catch (StepException e) {
            records = List.of(MissingNode.getInstance());
        }
        int all = records.size();
        Cut cut = some -> some.size() == all ? payload : payload.withRecords(some);
        return List.of(new Part(cut, 0, items(records)));
    }

    /** Records with their places. */
    static List<Item> items(List<JsonNode> records) {
        List<Item> items = new ArrayList<>();
        for (JsonNode record : records) {
            items.add(new Item(items.size(), record));
        }
        return items;
    }

    /** Parts of at most so many records and bytes; a record that is too large by itself is a part of its own. */
    private static List<Part> batches(Payload payload, BatchConfig batch) throws StepException {
        DataSize bytes = batch.maxBytes();
        long most = bytes == null ? Long.MAX_VALUE : bytes.toBytes();
        Cut cut = records -> batch(payload, batch, records);
        List<Part> parts = new ArrayList<>();
        List<Item> open = new ArrayList<>();
        long size = 0;
        for (Item item : items(payload.records())) {
            long more = bytes == null ? 0 : written(item.record()).length + 1L;
            if (!open.isEmpty() && (open.size() == batch.maxRecords() || size + more > most)) {
                parts.add(new Part(cut, parts.size(), open));
                open = new ArrayList<>();
                size = 0;
            }
            open.add(item);
            size += more;
        }
        if (!open.isEmpty()) {
            parts.add(new Part(cut, parts.size(), open));
        }
        return parts;
    }

    private static Payload batch(Payload payload, BatchConfig batch, List<JsonNode> records) {
        if (batch.mode() == BatchConfig.Mode.NDJSON) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (JsonNode record : records) {
                lines.writeBytes(written(record));
                lines.write('\n');
            }
            Body body = new Body.Bytes(lines.toByteArray(), "application/x-ndjson");
            return payload.withBody(body, RecordPath.ROOT);
        }
        if (batch.maxRecords() == 1) {
            return payload.withBody(new Body.Tree(records.get(0)), RecordPath.ROOT);
        }
        ArrayNode list = Json.NODES.arrayNode(records.size()).addAll(records);
        return payload.withBody(new Body.Tree(list), RecordPath.ROOT_LIST);
    }

    private static byte[] written(JsonNode record) {
        try {
            return Json.MAPPER.writeValueAsBytes(record);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    /** What is sent. */
    Payload payload() throws StepException {
        return cut.payload(records());
    }

    List<JsonNode> records() {
        return items.stream().map(Item::record).toList();
    }

    /** Index of its first record in the whole payload. */
    int from() {
        return items.get(0).index();
    }

    int size() {
        return items.size();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The part with some of its records. */
    Part only(Predicate<Item> kept) {
        return new Part(cut, number, items.stream().filter(kept).toList());
    }

    /** The same for each try of these records, and for no others of the payload. */
    String place() {
        boolean gaps = items.get(items.size() - 1).index() - from() >= items.size();
        String place = from() + "+" + items.size();
        return gaps
                ? place + "/" + items.stream().map(item -> "" + item.index()).toList()
                : place;
    }
}
