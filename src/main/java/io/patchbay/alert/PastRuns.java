package io.patchbay.alert;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the store knows of flows from before this process, and from other replicas. */
final class PastRuns {

    /** A run may have begun long before it ended; ids sort by the beginning. */
    private static final Duration LONGEST_RUN = Duration.ofDays(2);

    private static final String ENDED = "status in ('succeeded', 'partial', 'failed', 'stopped')";

    /** The trigger of runs that take on what failed in another one. */
    static final String REPLAY = "replay";

    /** So many failed payloads are counted. */
    static final int COUNTED = 1_000;

    /** Most items that a message names, and the longest name of one. */
    private static final int NAMED = 20;

    private static final int LONGEST_NAME = 100;

    private final Store store;

    PastRuns(Store store) {
        this.store = store;
    }

    /**
     * A run that ended.
     *
     * @param replay whether it took on what failed in another one
     * @param endedAt when, or when it was accepted if that is not known
     */
    record Ended(
            String id,
            boolean replay,
            String status,
            Instant endedAt,
            @Nullable String reason) {}

    /** The newest run of a flow that ended. */
    Optional<Ended> newest(String flow) {
        return read(
                "select id, trigger_kind, status, coalesce(ended_at, queued_at) as ended_at, reason from run where flow = ? and "
                        + ENDED + " order by id desc limit 1",
                query -> query.setString(1, flow),
                row -> new Ended(
                        row.getString("id"),
                        row.getString("trigger_kind").equals(REPLAY),
                        row.getString("status"),
                        AlertRows.instant(row, "ended_at"),
                        row.getString("reason")));
    }

    /** When a run of a flow last succeeded, if that was after an instant. */
    Optional<Instant> succeeded(String flow, Instant after) {
        return read(
                "select max(ended_at) as ended_at from run where flow = ? and id >= ? and status = 'succeeded' and"
                        + " ended_at > ?",
                query -> {
                    query.setString(1, flow);
                    query.setString(
                            2,
                            UuidCreator.getTimeOrderedEpochMin(after.minus(LONGEST_RUN))
                                    .toString());
                    query.setObject(3, AlertRows.at(after));
                },
                row -> {
                    OffsetDateTime at = row.getObject("ended_at", OffsetDateTime.class);
                    return at == null ? null : at.toInstant();
                });
    }

    /**
     * Some of what failed in a run and still waits for somebody.
     *
     * @param named by their business keys, each with the name of its failure
     * @param more whether there are others
     */
    record FailedItems(List<String> named, boolean more) {}

    /** What failed in a run, as far as it is known by business keys. */
    FailedItems failedItems(String run) {
        List<String> named = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select k.item, f.code from failed_payload f join failed_key k on k.failed_id = f.id where"
                                + " f.run_id = ? and f.state in ('open', 'held') order by f.id, k.item limit "
                                + (NAMED + 1))) {
            query.setString(1, run);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String item = rows.getString(1).replaceAll("\\p{Cntrl}+", " ");
                    named.add((item.length() > LONGEST_NAME ? item.substring(0, LONGEST_NAME) + "…" : item) + " ("
                            + rows.getString(2) + ")");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("failed payloads cannot be read", e);
        }
        return new FailedItems(named.subList(0, Math.min(NAMED, named.size())), named.size() > NAMED);
    }

    /** How many failed payloads of a flow wait for somebody; {@link #COUNTED} when there are more. */
    int waiting(String flow) {
        return read(
                        "select count(*) from (select 1 from failed_payload where flow = ? and state in ('open', 'held') limit "
                                + COUNTED + ") f",
                        query -> query.setString(1, flow),
                        row -> row.getInt(1))
                .orElse(0);
    }

    /** The oldest start of a flow that waits. */
    Optional<Instant> oldestStart(String flow) {
        return read(
                "select queued_at from start where flow = ? and status = 'Q' order by due, seq limit 1",
                query -> query.setString(1, flow),
                row -> AlertRows.instant(row, "queued_at"));
    }

    /** Since when flows are to succeed from time to time. */
    Map<String, Instant> watched() {
        Map<String, Instant> since = new HashMap<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("select flow, since_at from alert_watch");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                since.put(rows.getString(1), AlertRows.instant(rows, "since_at"));
            }
            return since;
        } catch (SQLException e) {
            throw new IllegalStateException("what is watched cannot be read", e);
        }
    }

    /** From now on a flow is to succeed from time to time; another replica may have said so before. */
    void watch(String flow, Instant since) {
        store.commits()
                .write(tx -> tx.add(
                        "insert into alert_watch (flow, since_at) select cast(? as varchar), cast(? as timestamp(6) with"
                                + " time zone) where not exists (select 1 from alert_watch where flow = ?)",
                        row -> {
                            row.setString(1, flow);
                            row.setObject(2, AlertRows.at(since));
                            row.setString(3, flow);
                        }))
                .join();
    }

    /** A flow succeeded: from then on it is to succeed anew. Another replica may have said so of a later success. */
    void watchFrom(String flow, Instant success) {
        store.commits()
                .write(tx -> tx.add("update alert_watch set since_at = ? where flow = ? and since_at < ?", row -> {
                    row.setObject(1, AlertRows.at(success));
                    row.setString(2, flow);
                    row.setObject(3, AlertRows.at(success));
                }))
                .join();
    }

    /** A flow needs to succeed no more. */
    void unwatch(String flow) {
        store.commits()
                .write(tx -> tx.add("delete from alert_watch where flow = ?", row -> row.setString(1, flow)))
                .join();
    }

    /** Reads a row. */
    private interface Row<T> {
        @Nullable
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> read(String sql, Transaction.Bind bind, Row<T> one) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.ofNullable(one.of(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("runs cannot be looked at", e);
        }
    }
}
