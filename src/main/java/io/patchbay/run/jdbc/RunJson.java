package io.patchbay.run.jdbc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunRecord.Request;
import io.patchbay.run.RunRecord.ShapeRecord;
import java.util.List;

/** The lists of a run record as JSON text, cut to what a column holds. */
final class RunJson {

    /** Characters that a column holds. */
    private static final int MOST = 1_000_000;

    private static final JsonInclude.Value NOT_ZERO =
            JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, null);

    /** Nulls and zeros are left out: most counts of most runs are zero, and every character is written four times. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .withConfigOverride(long.class, zero -> zero.setInclude(NOT_ZERO))
            .withConfigOverride(int.class, zero -> zero.setInclude(NOT_ZERO))
            .build();

    private static final TypeReference<List<ShapeRecord>> SHAPES = new TypeReference<>() {};
    private static final TypeReference<List<LogLine>> LOGS = new TypeReference<>() {};
    private static final TypeReference<List<Request>> REQUESTS = new TypeReference<>() {};

    private RunJson() {}

    /** A list as text; when it is too long, its first half, or the first half of that. */
    static String text(List<?> list) {
        if (list.isEmpty()) {
            return "[]";
        }
        try {
            String text = MAPPER.writeValueAsString(list);
            return text.length() <= MOST ? text : text(list.subList(0, list.size() / 2));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run record cannot be written", e);
        }
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
