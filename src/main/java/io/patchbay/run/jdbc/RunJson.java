package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunRecord.Request;
import io.patchbay.run.RunRecord.ShapeRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a run record as JSON text, cut to what a column holds. Nulls and zeros are left out: most counts of most runs are
 * zero, and every character is written four times.
 */
final class RunJson {

    /** Characters that a column holds. */
    private static final int MOST = 1_000_000;

    /** Reads, and makes the generators. Written is by hand: a record has thirty numbers and times, and it is written for every run. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final TypeReference<List<ShapeRecord>> SHAPES = new TypeReference<>() {};
    private static final TypeReference<List<LogLine>> LOGS = new TypeReference<>() {};
    private static final TypeReference<List<Request>> REQUESTS = new TypeReference<>() {};

    private RunJson() {}

    static String ofShapes(List<ShapeRecord> list) {
        return text(list, RunJson::write);
    }

    static String ofLogs(List<LogLine> list) {
        return text(list, RunJson::write);
    }

    static String ofRequests(List<Request> list) {
        return text(list, RunJson::write);
    }

    /** Writes one record. */
    private interface Writing<T> {
        void write(JsonGenerator json, T one) throws IOException;
    }

    /** A list as text; when it is too long, its first half, or the first half of that. */
    private static <T> String text(List<T> list, Writing<T> writing) {
        if (list.isEmpty()) {
            return "[]";
        }
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartArray();
            for (T one : list) {
                writing.write(json, one);
            }
            json.writeEndArray();
            json.flush();
            String all = text.toString();
            return all.length() <= MOST ? all : text(list.subList(0, list.size() / 2), writing);
        } catch (IOException e) {
            throw new IllegalStateException("a run record cannot be written", e);
        }
    }

    private static void write(JsonGenerator json, ShapeRecord of) throws IOException {
        json.writeStartObject();
        json.writeStringField("shape", of.shape());
        json.writeStringField("type", of.type());
        number(json, "payloadsIn", of.payloadsIn());
        number(json, "payloadsOut", of.payloadsOut());
        number(json, "payloadsFailed", of.payloadsFailed());
        number(json, "recordsIn", of.recordsIn());
        number(json, "recordsOut", of.recordsOut());
        number(json, "bytesIn", of.bytesIn());
        number(json, "bytesOut", of.bytesOut());
        number(json, "attempts", of.attempts());
        json.writeStringField("took", of.took().toString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LogLine of) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", of.at().toString());
        text(json, "shape", of.shape());
        json.writeStringField("level", of.level().name());
        json.writeStringField("text", of.text());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Request of) throws IOException {
        RequestLog log = of.log();
        json.writeStartObject();
        json.writeStringField("shape", of.shape());
        number(json, "attempt", of.attempt());
        json.writeObjectFieldStart("log");
        json.writeStringField("instance", log.instance());
        json.writeStringField("endpoint", log.endpoint());
        json.writeStringField("method", log.method());
        json.writeStringField("target", log.target());
        number(json, "status", log.status());
        json.writeStringField("at", log.at().toString());
        json.writeStringField("took", log.took().toString());
        number(json, "sent", log.sent());
        number(json, "received", log.received());
        texts(json, "requestHeaders", log.requestHeaders());
        texts(json, "responseHeaders", log.responseHeaders());
        text(json, "error", log.error());
        json.writeEndObject();
        text(json, "bodies", of.bodies());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, long number) throws IOException {
        if (number != 0) {
            json.writeNumberField(name, number);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> one : texts.entrySet()) {
            json.writeStringField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
    }

    static List<ShapeRecord> shapes(String text) {
        return read(text, SHAPES);
    }

    static List<LogLine> logs(String text) {
        return read(text, LOGS);
    }

    static List<Request> requests(String text) {
        return read(text, REQUESTS);
    }

    private static <T> List<T> read(String text, TypeReference<List<T>> type) {
        try {
            return text.equals("[]") ? List.of() : MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored run record is damaged", e);
        }
    }
}
