package io.patchbay.run.jdbc;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Dialect;
import io.patchbay.store.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run record becomes rows and is read back. */
final class RunRows {

    /** Columns that {@link #read} wants, of the table {@code run} under the name {@code r}. */
    static final String COLUMNS = "r.id, r.flow, r.revision, r.trigger_kind, r.status, r.queued_at, r.started_at,"
            + " r.ended_at, r.reason, r.parent, r.resumed, r.shapes, r.trace";

    private static final String NAMES = "id, flow, revision, trigger_kind, status, queued_at, started_at, ended_at,"
            + " reason, parent, resumed, shapes, owner, logs, requests, trace";
    private static final String MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String UPDATE = "flow = %1$s.flow, revision = %1$s.revision, trigger_kind ="
            + " %1$s.trigger_kind, status = %1$s.status, queued_at = %1$s.queued_at, started_at = %1$s.started_at,"
            + " ended_at = %1$s.ended_at, reason = %1$s.reason, parent = %1$s.parent, resumed = %1$s.resumed, shapes ="
            + " %1$s.shapes, owner = %1$s.owner, logs = %1$s.logs, requests = %1$s.requests, trace = %1$s.trace";
    private static final String GOING_DETAIL = "select cast(? as varchar) as run_id, cast(? as varchar) as logs,"
            + " cast(? as varchar) as requests where exists (select 1 from run where id = ? and ended_at is null)";
    private static final String FRESH = "insert into run (" + NAMES + ") values (" + MARKS + ")";
    private static final String FRESH_DETAIL = "insert into run_detail (run_id, logs, requests) values (?, ?, ?)";
    private static final int LONGEST_REASON = 4_000;
    private static final int LONGEST_INLINE = 4_000;

    private final String owner;
    private final String going;
    private final String ended;
    private final String detail;
    private final String goingDetail;

    RunRows(Dialect dialect, String owner) {
        this.owner = owner;
        if (dialect.shared()) {
            String insert = "insert into run (" + NAMES + ") values (" + MARKS + ") on conflict (id) do update set "
                    + UPDATE.formatted("excluded");
            this.ended = insert;
            this.going = insert + " where run.ended_at is null";
            String detailUpdate =
                    " on conflict (run_id) do update set logs = excluded.logs, requests = excluded.requests";
            this.detail = "insert into run_detail (run_id, logs, requests) values (?, ?, ?)" + detailUpdate;
            this.goingDetail = "insert into run_detail (run_id, logs, requests) " + GOING_DETAIL + detailUpdate;
        } else {
            this.ended = "merge into run (" + NAMES + ") key (id) values (" + MARKS + ")";
            this.going = "merge into run using (values (" + typed() + ")) v (" + NAMES + ") on run.id = v.id"
                    + " when matched and run.ended_at is null then update set " + UPDATE.formatted("v")
                    + " when not matched then insert (" + NAMES + ") values (v."
                    + NAMES.replace(", ", ", v.") + ")";
            this.detail = "merge into run_detail (run_id, logs, requests) key (run_id) values (?, ?, ?)";
            this.goingDetail = "merge into run_detail using (" + GOING_DETAIL + ") v on run_detail.run_id = v.run_id"
                    + " when matched then update set logs = v.logs, requests = v.requests"
                    + " when not matched then insert (run_id, logs, requests) values (v.run_id, v.logs, v.requests)";
        }
    }

    /** H2 has to be told the types of a list of values. */
    private static String typed() {
        String text = "cast(? as varchar)";
        String time = "cast(? as timestamp(6) with time zone)";
        return String.join(
                ", ",
                text,
                text,
                text,
                text,
                text,
                time,
                time,
                time,
                text,
                text,
                "cast(? as int)",
                text,
                text,
                text,
                text,
                text);
    }

    /** Writes a run that goes on; one that ended stays as it ended. */
    void going(Transaction tx, RunRecord run, Encoded encoded) throws SQLException {
        tx.add(going, row -> bind(row, run, encoded));
        if (encoded.standsApart()) {
            tx.add(goingDetail, row -> {
                bindDetail(row, run, encoded);
                row.setString(4, run.id());
            });
        }
    }

    /** Writes a run that ended. */
    void ended(Transaction tx, RunRecord run, Encoded encoded) throws SQLException {
        tx.add(ended, row -> bind(row, run, encoded));
        if (encoded.standsApart()) {
            tx.add(detail, row -> bindDetail(row, run, encoded));
        }
    }

    /** Writes a run that ended and was never written before; looks for no row, which is half of the work. */
    void fresh(Transaction tx, RunRecord run, Encoded encoded) throws SQLException {
        tx.add(FRESH, row -> bind(row, run, encoded));
        if (encoded.standsApart()) {
            tx.add(FRESH_DETAIL, row -> bindDetail(row, run, encoded));
        }
    }

    private static void bindDetail(PreparedStatement row, RunRecord run, Encoded encoded) throws SQLException {
        row.setString(1, run.id());
        row.setString(2, encoded.logs);
        row.setString(3, encoded.requests);
    }

    private void bind(PreparedStatement row, RunRecord run, Encoded encoded) throws SQLException {
        row.setString(1, run.id());
        row.setString(2, run.flow());
        row.setString(3, run.revision());
        row.setString(4, run.trigger());
        row.setString(5, name(run.status()));
        row.setObject(6, at(run.queuedAt()));
        row.setObject(7, at(run.startedAt()));
        row.setObject(8, at(run.endedAt()));
        row.setString(9, Kept.text(run.reason(), LONGEST_REASON));
        row.setString(10, run.parent());
        row.setInt(11, run.resumed());
        row.setString(12, encoded.shapes);
        row.setString(13, owner);
        row.setString(14, encoded.standsApart() ? null : encoded.logs);
        row.setString(15, encoded.standsApart() ? null : encoded.requests);
        row.setString(16, run.trace());
    }

    /** A record's lists as text: made on the caller's thread, not on the writer's. */
    record Encoded(String shapes, String logs, String requests) {
        static Encoded of(RunRecord run) {
            return new Encoded(
                    RunJson.ofShapes(run.shapes()), RunJson.ofLogs(run.logs()), RunJson.ofRequests(run.requests()));
        }

        /** Whether log and requests are too long to stand in the run's own row, which lists read. */
        boolean standsApart() {
            return logs.length() + requests.length() > LONGEST_INLINE;
        }

        long size() {
            return 2L * (shapes.length() + logs.length() + requests.length());
        }
    }

    /** Reads a record; log and requests are empty without detail. */
    static RunRecord read(ResultSet row, @Nullable String logs, @Nullable String requests) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                row.getString("flow"),
                row.getString("revision"),
                row.getString("trigger_kind"),
                status(row.getString("status")),
                row.getObject("queued_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("reason"),
                row.getString("parent"),
                row.getInt("resumed"),
                RunJson.shapes(row.getString("shapes")),
                logs == null ? List.of() : RunJson.logs(logs),
                requests == null ? List.of() : RunJson.requests(requests),
                row.getString("trace"));
    }

    static String name(RunStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static RunStatus status(String name) {
        return RunStatus.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The same in UTC. {@link Instant#atOffset} would make rules of a zone for each, three times a run. */
    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null
                ? null
                : OffsetDateTime.of(
                        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC),
                        ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
