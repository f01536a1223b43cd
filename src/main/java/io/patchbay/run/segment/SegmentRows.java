package io.patchbay.run.segment;

import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the database knows of segments. */
final class SegmentRows {

    private static final String BLOCK = "insert into captured_block (run_id, segment, at_byte, length, share, until_at)"
            + " values (?, ?, ?, ?, ?, ?)";
    private static final String OF_RUN = "select b.segment, b.at_byte, b.length, s.place from captured_block b"
            + " join captured_segment s on s.name = b.segment where b.run_id = ? order by b.segment, b.at_byte";
    private static final String OF_SEGMENT = "select run_id, at_byte, length from captured_block"
            + " where segment = ? and until_at > ? order by at_byte";
    private static final String ALL = "select name, node, place, until_at, bytes from captured_segment order by name";
    private static final String LIVE =
            "select coalesce(sum(share), 0) from captured_block where segment = ? and until_at > ?";
    private static final String FORGET = "delete from captured_block where run_id = ?";
    private static final String DELETE_BLOCKS =
            "delete from captured_block where segment = ? and at_byte >= ? and at_byte < ?";
    private static final String DELETE = "delete from captured_segment where name = ?";
    private static final String COLUMNS = "name, node, place, until_at, bytes";

    private final Store store;
    private final String keep;

    SegmentRows(Store store) {
        this.store = store;
        this.keep = store.database().dialect().shared()
                ? "insert into captured_segment as s (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?) on conflict (name) do update"
                        + " set until_at = greatest(s.until_at, excluded.until_at),"
                        + " bytes = greatest(s.bytes, excluded.bytes)"
                : "merge into captured_segment s using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as timestamp(6) with time zone), cast(? as bigint))) v (" + COLUMNS + ")"
                        + " on s.name = v.name when matched then update set until_at = greatest(s.until_at, v.until_at),"
                        + " bytes = greatest(s.bytes, v.bytes) when not matched then insert (" + COLUMNS + ")"
                        + " values (v." + COLUMNS.replace(", ", ", v.") + ")";
    }

    /**
     * A segment.
     *
     * @param node who wrote it
     * @param place where its blocks lie
     * @param until when nothing of it is kept any more
     */
    record Segment(String name, String node, String place, Instant until, long bytes) {}

    /** Where a block lies. */
    record At(String segment, long at, int length, String place) {}

    /** A run that has something in a block. */
    record Part(String runId, long at, int length) {}

    /**
     * The segment has so much, and is kept so long, at least: who writes last need not know the most. Where it lies is said when it is
     * new; then {@link #moved} says so.
     */
    void keep(Transaction tx, Segment segment) throws SQLException {
        tx.add(keep, row -> {
            row.setString(1, segment.name());
            row.setString(2, segment.node());
            row.setString(3, segment.place());
            row.setObject(4, segment.until().atOffset(ZoneOffset.UTC));
            row.setLong(5, segment.bytes());
        });
    }

    /** The run has something in the block. */
    void block(Transaction tx, Part part, String segment, int share, Instant until) throws SQLException {
        tx.add(BLOCK, row -> {
            row.setString(1, part.runId());
            row.setString(2, segment);
            row.setLong(3, part.at());
            row.setInt(4, part.length());
            row.setInt(5, share);
            row.setObject(6, until.atOffset(ZoneOffset.UTC));
        });
    }

    /** The run is forgotten. */
    void forget(Transaction tx, String runId) throws SQLException {
        tx.add(FORGET, row -> row.setString(1, runId));
    }

    /** Nothing refers to these bytes of the segment any more. */
    void forget(Transaction tx, String segment, long from, long to) throws SQLException {
        tx.add(DELETE_BLOCKS, row -> {
            row.setString(1, segment);
            row.setLong(2, from);
            row.setLong(3, to);
        });
    }

    /**
     * Its blocks lie elsewhere now.
     *
     * @param changed told how many rows that changed: none when the segment went meanwhile
     */
    void moved(Transaction tx, String segment, String place, Transaction.Rows changed) throws SQLException {
        tx.add(
                "update captured_segment set place = ? where name = ?",
                row -> {
                    row.setString(1, place);
                    row.setString(2, segment);
                },
                changed);
    }

    /**
     * Nobody else writes to the segment, or deletes it, before the transaction's end.
     *
     * @return until when something of it is kept; null when it is gone
     */
    @Nullable
    Instant lock(Transaction tx, String segment) throws SQLException {
        PreparedStatement query = tx.query("select until_at from captured_segment where name = ? for update");
        query.setString(1, segment);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next()
                    ? rows.getObject(1, java.time.OffsetDateTime.class).toInstant()
                    : null;
        }
    }

    /** The segment is gone. */
    void delete(Transaction tx, String segment) throws SQLException {
        tx.add(DELETE, row -> row.setString(1, segment));
    }

    List<At> ofRun(String runId) throws SQLException {
        return read(
                OF_RUN,
                query -> query.setString(1, runId),
                row -> new At(row.getString(1), row.getLong(2), row.getInt(3), row.getString(4)));
    }

    @Nullable
    String place(String segment) throws SQLException {
        return read(
                        "select place from captured_segment where name = ?",
                        query -> query.setString(1, segment),
                        row -> row.getString(1))
                .stream()
                .findFirst()
                .orElse(null);
    }

    List<Part> ofSegment(String segment, Instant now) throws SQLException {
        return read(
                OF_SEGMENT,
                query -> {
                    query.setString(1, segment);
                    query.setObject(2, now.atOffset(ZoneOffset.UTC));
                },
                row -> new Part(row.getString(1), row.getLong(2), row.getInt(3)));
    }

    /** All segments, the oldest first. */
    List<Segment> all() throws SQLException {
        return read(
                ALL,
                query -> {},
                row -> new Segment(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, java.time.OffsetDateTime.class).toInstant(),
                        row.getLong(5)));
    }

    /** How many bytes of the segment belong to runs that are still kept. */
    long live(String segment, Instant now) throws SQLException {
        return read(
                        LIVE,
                        query -> {
                            query.setString(1, segment);
                            query.setObject(2, now.atOffset(ZoneOffset.UTC));
                        },
                        row -> row.getLong(1))
                .get(0);
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Transaction.Bind bind, Row<T> each) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(each.of(rows));
                }
            }
        }
        return found;
    }
}
