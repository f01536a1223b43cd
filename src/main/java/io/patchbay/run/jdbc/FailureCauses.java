package io.patchbay.run.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why payloads failed. A failed payload carries the id of its cause, and the cause stands once in a table of its own, so that millions are
 * added up from an index of short rows. A cause is written before the first payload that has it, in a transaction of its own, and once a
 * day from then on: payloads of several replicas that fail alike must not wait for each other.
 */
final class FailureCauses {

    private static final System.Logger LOG = System.getLogger(FailureCauses.class.getName());
    private static final Duration KNOWN = Duration.ofDays(1);
    private static final int MOST_KNOWN = 10_000;
    private static final int GROUP = 500;
    private static final String COLUMNS = "(id, flow, shape, code, reason, seen_at)";
    private static final String UNNAMED = "select id, flow, shape, code, message, failed_at from failed_payload"
            + " where cause is null limit " + GROUP;
    private static final String GONE = "delete from failure_cause where seen_at < ?"
            + " and not exists (select 1 from failed_payload p where p.cause = failure_cause.id)";

    private final Store store;
    private final UnsyncedWriter writer;
    private final String upsert;
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN)
            .build();

    FailureCauses(Store store) {
        this.store = store;
        this.writer = new UnsyncedWriter(store);
        this.upsert = store.database().dialect().shared()
                ? "insert into failure_cause " + COLUMNS
                        + " values (?, ?, ?, ?, ?, ?) on conflict (id) do update set seen_at = excluded.seen_at"
                : "merge into failure_cause " + COLUMNS + " key (id) values (?, ?, ?, ?, ?, ?)";
    }

    /** The id of a failed payload's cause. */
    static String idOf(FailedPayload failed) {
        return idOf(failed.flow(), failed.shape(), code(failed.code()), FailureCause.reason(failed.message()));
    }

    private static String idOf(String flow, String shape, String code, String reason) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", flow, shape, code, reason).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String code(String code) {
        return Kept.some(code, 100);
    }

    /** Sees to it that the cause of a payload is there, before the payload is written. */
    void tell(FailedPayload failed) {
        tell(failed.flow(), failed.shape(), failed.code(), failed.message(), failed.at());
    }

    private String tell(String flow, String shape, String code, String message, Instant at) {
        String reason = Kept.some(FailureCause.reason(message), 300);
        String id = idOf(flow, shape, code(code), reason);
        if (known.getIfPresent(id) != null) {
            return id;
        }
        try {
            writer.write(tx -> tx.add(upsert, row -> {
                row.setString(1, id);
                row.setString(2, flow);
                row.setString(3, shape);
                row.setString(4, code(code));
                row.setString(5, reason);
                row.setObject(6, RunRows.at(at));
            }));
            known.put(id, true);
        } catch (SQLException e) {
            // The payload is what matters: it stays without its cause's text until the next one fails alike.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the cause of a failed payload could not be written: {0}",
                    e.getMessage());
        }
        return id;
    }

    /** Causes with payloads that are meant, those with the newest payload first. */
    Slice<FailureCause> list(FailedQuery which, @Nullable String after, int limit) throws SQLException {
        FailedRows.Where where = FailedRows.where(which);
        String sql =
                "select g.cause, c.flow, c.shape, c.code, c.reason, g.n, g.first_at, g.last_at, g.last_id from (select"
                        + " cause, count(*) as n, min(failed_at) as first_at, max(failed_at) as last_at, max(id) as last_id"
                        + " from failed_payload where " + where.clause() + " group by cause"
                        + (after == null ? "" : " having max(id) < ?")
                        + ") g join failure_cause c on c.id = g.cause order by g.last_id desc limit ?";
        int most = Math.max(1, Math.min(500, limit));
        List<FailureCause> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            int at = where.bind(query);
            if (after != null) {
                query.setString(at++, after);
            }
            query.setInt(at, most + 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(cause(row));
                }
            }
        }
        return found.size() <= most
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, most), found.get(most - 1).example());
    }

    private static FailureCause cause(ResultSet row) throws SQLException {
        return new FailureCause(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9));
    }

    /** Names the causes of payloads that an older version wrote, and deletes those that no payload has any more. */
    void sweep(Instant before) throws SQLException {
        List<String[]> unnamed;
        do {
            unnamed = unnamed();
            for (String[] one : unnamed) {
                String cause = tell(one[1], one[2], one[3], one[4], Instant.parse(one[5]));
                writer.write(tx -> tx.add("update failed_payload set cause = ? where id = ?", row -> {
                    row.setString(1, cause);
                    row.setString(2, one[0]);
                }));
            }
        } while (unnamed.size() == GROUP);
        writer.write(tx -> tx.add(GONE, row -> row.setObject(1, RunRows.at(before.minus(KNOWN.multipliedBy(2))))));
    }

    private List<String[]> unnamed() throws SQLException {
        List<String[]> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(UNNAMED);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new String[] {
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getObject(6, OffsetDateTime.class).toInstant().toString()
                });
            }
        }
        return found;
    }
}
