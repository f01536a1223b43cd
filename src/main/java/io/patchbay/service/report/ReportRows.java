package io.patchbay.service.report;

import io.patchbay.service.ServiceFlow;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the report, newest first: of each item the newest of what was tracked behind the send and of what failed. An item is left out
 * where something newer is known of it. Both are read along their indexes, so a page costs what it holds. What failed is sorted by its items
 * within a payload, which no index has: so payloads are taken along theirs, a stretch at a time, and only the items of these are sorted.
 */
final class ReportRows {

    private static final String WAITS = "('open', 'held', 'replayed')";

    private static final String SENT = "select t.id, t.item, t.seen_at, t.run_id from tracked t"
            + " where t.flow = ? and t.shape = ? and t.entity = ? and t.seen_at >= ? and t.seen_at < ?"
            + " and not exists (select 1 from tracked n where n.item = t.item and n.entity = t.entity and n.flow = t.flow"
            + " and n.shape = t.shape and (n.seen_at > t.seen_at or (n.seen_at = t.seen_at and n.id > t.id)))"
            + " and not exists (select 1 from failed_key k join failed_payload p on p.id = k.failed_id"
            + " where k.item = t.item and k.flow = t.flow and k.failed_at > t.seen_at and k.passed = false and p.state in "
            + WAITS + ")";

    private static final String FAILED =
            "select p.id, k.item, p.failed_at, p.run_id, p.state, p.shape, p.code, p.message,"
                    + " p.replay_run, (select count(*) from failed_key c where c.item = k.item and c.flow = p.flow and c.passed = false)"
                    + " from failed_payload p left join failed_key k on k.failed_id = p.id"
                    + " where p.flow = ? and p.state in " + WAITS + " and p.failed_at >= ? and p.failed_at < ?"
                    + " and (k.passed is null or k.passed = false)"
                    + " and not exists (select 1 from failed_key n where n.item = k.item and n.flow = p.flow"
                    + " and (n.failed_at > p.failed_at or (n.failed_at = p.failed_at and n.failed_id > p.id)))"
                    + " and not exists (select 1 from tracked t where t.item = k.item and t.entity = ? and t.flow = p.flow"
                    + " and t.shape = ? and t.seen_at > p.failed_at)";

    /** The last of so many payloads of which something may be told. */
    private static final String STRETCH =
            "select p.failed_at, p.id from failed_payload p where p.flow = ? and p.state in " + WAITS
                    + " and p.failed_at >= ? and p.failed_at < ?";

    /** Payloads of a stretch at most: where little is found among many, stretches grow. */
    private static final int LONGEST = 16_000;

    private static final int GROWTH = 4;

    private static final Comparator<ReportRow> NEWEST = Comparator.comparing(
                    (ReportRow row) -> row.place().at())
            .thenComparing(row -> row.place().sent())
            .reversed();

    private final Store store;

    ReportRows(Store store) {
        this.store = store;
    }

    /** The next rows behind a place. */
    List<ReportRow> next(Reported of, ReportQuery which, @Nullable ReportPlace after, int most) {
        try (Connection connection = store.database().dataSource().getConnection()) {
            List<ReportRow> sent = which.wants(ItemStatus.OK) || which.wants(ItemStatus.SENT)
                    ? sent(connection, of, which, after, most)
                    : List.of();
            List<ReportRow> failed = which.wants(ItemStatus.PENDING) || which.wants(ItemStatus.FAILED)
                    ? failed(connection, of, which, after, most)
                    : List.of();
            return Stream.concat(sent.stream(), failed.stream())
                    .sorted(NEWEST) // stable: within each list the order is the database's
                    .limit(most)
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the report cannot be read", e);
        }
    }

    private static List<ReportRow> sent(
            Connection connection, Reported of, ReportQuery which, @Nullable ReportPlace after, int most)
            throws SQLException {
        Asked asked = new Asked(SENT)
                .value(of.flow())
                .value(ServiceFlow.SENT)
                .value(of.service().entity())
                .value(at(which.since()))
                .value(at(which.until()));
        if (which.reference() != null) {
            asked.also(" and t.item = ?", which.reference());
        }
        if (which.text() != null) {
            asked.also(" and lower(t.item) like ? escape '!'", like(which.text()));
        }
        if (after != null && after.sent()) {
            // The first condition alone tells the index where to begin.
            asked.also(
                    " and t.seen_at <= ? and (t.seen_at < ? or t.id < ?)", at(after.at()), at(after.at()), after.id());
        } else if (after != null) {
            asked.also(" and t.seen_at < ?", at(after.at()));
        }
        // The flow is one and the same, and named so that H2 knows the index by it.
        asked.also(" order by t.flow, t.seen_at desc, t.id desc limit ?", most);
        return asked.read(connection, rows -> {
            Instant at = rows.getObject(3, OffsetDateTime.class).toInstant();
            return new ReportRow(
                    new ReportPlace(at, true, rows.getString(1), rows.getString(2)), rows.getString(4), null);
        });
    }

    private static List<ReportRow> failed(
            Connection connection, Reported of, ReportQuery which, @Nullable ReportPlace after, int most)
            throws SQLException {
        if (which.reference() != null) {
            return failed(connection, of, which, after, null, most); // an index leads to the few that are of it
        }
        List<ReportRow> found = new ArrayList<>();
        ReportPlace from = after;
        for (int length = most; ; length = Math.min(LONGEST, length * GROWTH)) {
            ReportPlace last = last(connection, of, which, from, length);
            found.addAll(failed(connection, of, which, from, last, most - found.size()));
            if (last == null || found.size() == most) {
                return found;
            }
            from = last;
        }
    }

    /** Where a stretch of so many payloads ends; null where there are fewer. */
    private static @Nullable ReportPlace last(
            Connection connection, Reported of, ReportQuery which, @Nullable ReportPlace after, int length)
            throws SQLException {
        Asked asked =
                new Asked(STRETCH).value(of.flow()).value(at(which.since())).value(at(which.until()));
        if (after != null && !after.sent()) {
            asked.also(
                    " and p.failed_at <= ? and (p.failed_at < ? or p.id <= ?)",
                    at(after.at()),
                    at(after.at()),
                    after.id());
        } else if (after != null) {
            asked.also(" and p.failed_at <= ?", at(after.at()));
        }
        // The flow is one and the same, and named so that H2 knows the index by it.
        asked.also(" order by p.flow, p.failed_at desc, p.id desc offset ? rows fetch next 1 rows only", length);
        List<ReportPlace> found = asked.read(
                connection,
                rows -> new ReportPlace(
                        rows.getObject(1, OffsetDateTime.class).toInstant(), false, rows.getString(2), ""));
        return found.isEmpty() ? null : found.get(0);
    }

    /** @param last the last payload that counts; null for all */
    private static List<ReportRow> failed(
            Connection connection,
            Reported of,
            ReportQuery which,
            @Nullable ReportPlace after,
            @Nullable ReportPlace last,
            int most)
            throws SQLException {
        Asked asked = new Asked(FAILED)
                .value(of.flow())
                .value(at(which.since()))
                .value(at(which.until()))
                .value(of.service().entity())
                .value(ServiceFlow.SENT);
        if (which.reference() != null) {
            asked.also(" and k.item = ?", which.reference());
        }
        if (which.text() != null) {
            String like = like(which.text());
            asked.also(" and (lower(k.item) like ? escape '!' or lower(p.message) like ? escape '!')", like, like);
        }
        if (after != null && !after.sent()) {
            asked.also(
                    " and p.failed_at <= ? and (p.failed_at < ? or p.id < ? or (p.id = ? and k.item < ?))",
                    at(after.at()),
                    at(after.at()),
                    after.id(),
                    after.id(),
                    after.item());
        } else if (after != null) {
            asked.also(" and p.failed_at <= ?", at(after.at()));
        }
        if (last != null) {
            asked.also(
                    " and p.failed_at >= ? and (p.failed_at > ? or p.id >= ?)",
                    at(last.at()),
                    at(last.at()),
                    last.id());
        }
        asked.also(" order by p.failed_at desc, p.id desc, k.item desc limit ?", most);
        return asked.read(connection, rows -> {
            Instant at = rows.getObject(3, OffsetDateTime.class).toInstant();
            String item = rows.getString(2);
            return new ReportRow(
                    new ReportPlace(at, false, rows.getString(1), item == null ? "" : item),
                    rows.getString(4),
                    new ReportRow.Failure(
                            rows.getString(5),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getString(8),
                            rows.getString(9),
                            Math.max(1, rows.getInt(10))));
        });
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A part of a text, as it is: none of its signs means anything else. */
    private static String like(String part) {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }

    /** A statement with its values. */
    private static final class Asked {

        private final StringBuilder sql;
        private final List<Object> values = new ArrayList<>();

        Asked(String sql) {
            this.sql = new StringBuilder(sql);
        }

        Asked value(Object value) {
            values.add(value);
            return this;
        }

        void also(String condition, Object... more) {
            sql.append(condition);
            values.addAll(List.of(more));
        }

        <T> List<T> read(Connection connection, OfRow<T> made) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
                for (int i = 0; i < values.size(); i++) {
                    query.setObject(i + 1, values.get(i));
                }
                List<T> found = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(made.of(rows));
                    }
                }
                return found;
            }
        }
    }

    private interface OfRow<T> {
        T of(ResultSet rows) throws SQLException;
    }
}
