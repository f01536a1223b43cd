package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patchbay.payload.Owner;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunRecord.Request;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How runs and failed payloads stand in their tables. */
final class RunRows {

    static final String INSERT_RUN = "insert into run (id, flow, revision, started_by, status, queued_at, started_at,"
            + " ended_at, reason, parent, resumed, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String DELETE_RUN = "delete from run where id = ?";
    static final String SELECT_RUN = "select id, flow, revision, started_by, status, queued_at, started_at, ended_at,"
            + " reason, parent, resumed, detail from run";
    static final String INSERT_FAILED = "insert into failed_payload (id, run_id, flow, revision, shape, payload, owner,"
            + " code, message, attempts, failed_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String SELECT_FAILED = "select id, run_id, flow, revision, shape, payload, owner, code, message,"
            + " attempts, failed_at, state from failed_payload";

    private static final int LONGEST_TEXT = 4000;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TypeReference<Detail> DETAIL = new TypeReference<>() {};

    private RunRows() {}

    /** The part of a run that is read only as a whole. */
    record Detail(List<ShapeRecord> shapes, List<LogLine> logs, List<Request> requests) {}

    /** The detail as bytes; made outside of the writer's transaction. */
    static byte[] detail(RunRecord run) {
        try {
            return MAPPER.writeValueAsBytes(new Detail(run.shapes(), run.logs(), run.requests()));
        } catch (IOException e) {
            throw new IllegalStateException("run " + run.id() + " cannot be written as JSON", e);
        }
    }

    static void bind(PreparedStatement row, RunRecord run, byte[] detail) throws SQLException {
        row.setString(1, run.id());
        row.setString(2, run.flow());
        row.setString(3, run.revision());
        row.setString(4, run.trigger());
        row.setString(5, run.status().name());
        row.setObject(6, time(run.queuedAt()));
        time(row, 7, run.startedAt());
        time(row, 8, run.endedAt());
        row.setString(9, cut(run.reason()));
        row.setString(10, run.parent());
        row.setInt(11, run.resumed());
        row.setBytes(12, detail);
    }

    static RunRecord run(ResultSet row) throws SQLException {
        try {
            Detail detail = MAPPER.readValue(row.getBytes(12), DETAIL);
            return new RunRecord(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    RunStatus.valueOf(row.getString(5)),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    instant(row, 7),
                    instant(row, 8),
                    row.getString(9),
                    row.getString(10),
                    row.getInt(11),
                    detail.shapes(),
                    detail.logs(),
                    detail.requests());
        } catch (IOException e) {
            throw new SQLException("the detail of run " + row.getString(1) + " is damaged", e);
        }
    }

    static void bind(PreparedStatement row, FailedPayload failed, byte[] payload) throws SQLException {
        row.setString(1, failed.id());
        row.setString(2, failed.runId());
        row.setString(3, failed.flow());
        row.setString(4, failed.revision());
        row.setString(5, failed.shape());
        row.setBytes(6, payload);
        row.setString(7, failed.owner().name());
        row.setString(8, failed.code());
        row.setString(9, cut(failed.message()));
        row.setInt(10, failed.attempts());
        row.setObject(11, time(failed.at()));
        row.setString(12, failed.state().name());
    }

    static FailedPayload failed(ResultSet row) throws SQLException {
        try {
            return new FailedPayload(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    PayloadCodec.fromBytes(row.getBytes(6)),
                    Owner.valueOf(row.getString(7)),
                    row.getString(8),
                    row.getString(9),
                    row.getInt(10),
                    row.getObject(11, OffsetDateTime.class).toInstant(),
                    FailedPayload.State.valueOf(row.getString(12)));
        } catch (IOException e) {
            throw new SQLException("failed payload " + row.getString(1) + " is damaged", e);
        }
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void time(PreparedStatement row, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            row.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            row.setObject(index, time(instant));
        }
    }

    private static @Nullable Instant instant(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
