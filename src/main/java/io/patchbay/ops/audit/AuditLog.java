package io.patchbay.ops.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code audit_entry}. There are two statements that write: one adds an entry, one deletes those that are over their
 * time. None changes an entry.
 */
public final class AuditLog {

    private static final int LONGEST = 1_000;
    /** Bounds of the times that are asked for: what either database takes. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String COLUMNS =
            "id, happened_at, actor, kind, role, address, action, subject, outcome, status";

    private final Store store;
    private final Clock clock;
    private final Duration keep;

    /** @param keep how long entries are kept */
    public AuditLog(Store store, Clock clock, Duration keep) {
        this.store = store;
        this.clock = clock;
        this.keep = keep;
    }

    /**
     * What somebody did, before it is an entry.
     *
     * @param actor as in {@link AuditEntry}, and so on
     */
    public record Deed(
            String actor,
            String kind,
            @Nullable String role,
            String address,
            String action,
            String subject,
            AuditEntry.Outcome outcome,
            @Nullable Integer status) {}

    /** Adds an entry; done when it is on disk. */
    public CompletableFuture<Void> add(Deed deed) {
        Instant now = clock.instant();
        String id = UuidCreator.getTimeOrderedEpoch(now).toString();
        return store.commits()
                .write(transaction -> transaction.add(
                        "insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row -> {
                            row.setString(1, id);
                            row.setObject(2, now.atOffset(ZoneOffset.UTC));
                            row.setString(3, bounded(deed.actor(), 200));
                            row.setString(4, deed.kind());
                            row.setString(5, deed.role());
                            row.setString(6, bounded(deed.address(), 100));
                            row.setString(7, bounded(deed.action(), 200));
                            row.setString(8, bounded(deed.subject(), LONGEST));
                            row.setString(9, deed.outcome().word());
                            if (deed.status() == null) {
                                row.setNull(10, Types.INTEGER);
                            } else {
                                row.setInt(10, deed.status());
                            }
                        }));
    }

    /** Cut, and without what a database or a terminal would take for more than text. */
    private static String bounded(String text, int most) {
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\u2028\u2029]", "\uFFFD");
        return plain.length() <= most ? plain : plain.substring(0, most - 1) + "…";
    }

    /**
     * Entries, newest first.
     *
     * @param after the id of the last one that the caller has
     */
    public List<AuditEntry> list(AuditQuery which, @Nullable String after, int limit) {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from audit_entry where 1 = 1");
        List<Object> values = new ArrayList<>();
        and(sql, values, " and id < ?", after);
        and(sql, values, " and actor = ?", which.actor());
        and(sql, values, " and action = ?", which.action());
        and(sql, values, " and substring(subject, 1, char_length(cast(? as varchar))) = ?", which.subject());
        if (which.subject() != null) {
            values.add(which.subject());
        }
        and(
                sql,
                values,
                " and outcome = ?",
                which.outcome() == null ? null : which.outcome().word());
        and(sql, values, " and happened_at >= ?", at(which.since()));
        and(sql, values, " and happened_at < ?", at(which.until()));
        sql.append(" order by id desc fetch first ").append(limit).append(" rows only");
        return query(sql.toString(), values);
    }

    private static void and(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    /** Deletes what is over its time, a part at a time. */
    public void sweep() {
        OffsetDateTime over = clock.instant().minus(keep).atOffset(ZoneOffset.UTC);
        while (!query(
                        "select " + COLUMNS
                                + " from audit_entry where happened_at < ? order by id fetch first 1 rows only",
                        List.of(over))
                .isEmpty()) {
            store.commits()
                    .write(transaction -> transaction.add(
                            "delete from audit_entry where id in (select id from audit_entry where happened_at < ? order by id"
                                    + " fetch first 10000 rows only)",
                            row -> row.setObject(1, over)))
                    .join();
        }
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        Instant known = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
        return known.atOffset(ZoneOffset.UTC);
    }

    private List<AuditEntry> query(String sql, List<Object> values) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                // PostgreSQL takes no NUL, and no entry has one.
                select.setObject(
                        i + 1, values.get(i) instanceof String text ? text.replace('\0', '\uFFFD') : values.get(i));
            }
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException("the audit log cannot be read", e);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        int status = row.getInt(10);
        boolean known = !row.wasNull();
        return new AuditEntry(
                row.getString(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                AuditEntry.Outcome.valueOf(row.getString(9).toUpperCase(Locale.ROOT)),
                known ? status : null);
    }
}
