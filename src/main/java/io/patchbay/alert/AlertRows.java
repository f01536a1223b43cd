package io.patchbay.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.patchbay.payload.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How alerts become rows and are read back. */
final class AlertRows {

    static final String COLUMNS =
            "id, kind, subject, opened_at, last_at, over_at, times, unsaid, sentence, run_id, told,"
                    + " told_at, say_at, every_ms, receivers";

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final int LONGEST = 4_000;

    private AlertRows() {}

    /**
     * An alert with what was said of it.
     *
     * @param unsaid how often it was seen since
     * @param told what was said last
     * @param sayAt nothing more is said before
     */
    record Kept(Alert alert, long unsaid, Moment told, Instant sayAt, long everyMillis) {}

    static Kept read(ResultSet row) throws SQLException {
        OffsetDateTime over = row.getObject("over_at", OffsetDateTime.class);
        Alert alert = new Alert(
                row.getString("id"),
                AlertKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("subject"),
                instant(row, "opened_at"),
                instant(row, "last_at"),
                over == null ? null : over.toInstant(),
                row.getLong("times"),
                row.getString("sentence"),
                row.getString("run_id"),
                texts(row.getString("receivers")));
        return new Kept(
                alert,
                row.getLong("unsaid"),
                Moment.of(row.getString("told")),
                instant(row, "say_at"),
                row.getLong("every_ms"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String json(List<String> texts) {
        return Json.MAPPER.valueToTree(texts).toString();
    }

    private static List<String> texts(String json) throws SQLException {
        try {
            return Json.MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("the receivers of an alert are damaged", e);
        }
    }

    /** PostgreSQL takes no NUL, and what systems say may hold one. */
    static String text(String text) {
        return text(text, LONGEST);
    }

    static String text(String text, int longest) {
        return (text.length() <= longest ? text : text.substring(0, longest - 1) + "…").replace('\0', '\uFFFD');
    }

    static @Nullable String run(@Nullable String id) {
        return id == null ? null : text(id, 60);
    }
}
