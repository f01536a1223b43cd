package io.patchbay.run.jdbc;

import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import io.patchbay.store.UnsyncedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frees what runs that are over had in caches, and what is past its time. */
final class CacheSweep {

    private static final System.Logger LOG = System.getLogger(CacheSweep.class.getName());
    private static final int GROUP = 200;
    private static final String OVER = "select s.owner from cache_space s join run r on r.id = s.owner"
            + " where s.scope = 'run' and r.ended_at is not null union"
            + " select m.run_id from cache_mark m join run r on r.id = m.run_id where r.ended_at is not null limit "
            + GROUP;
    private static final String OF_RUN =
            "select entry_id from cache_entry where scope = 'run' and owner = ? limit " + GROUP;
    private static final String OLD = "select entry_id from cache_entry where expires_at <= ? limit " + GROUP;
    /** No run goes on for so long. */
    private static final Duration OLDEST = Duration.ofDays(90);

    private final Store store;
    private final UnsyncedWriter writer;

    CacheSweep(Store store, UnsyncedWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** Frees what a run had. */
    void free(String run) {
        try {
            List<String> ids;
            do {
                ids = texts(OF_RUN, query -> query.setString(1, run));
                drop(ids, null);
            } while (ids.size() == GROUP);
            writer.write(tx -> {
                tx.add("delete from cache_space where scope = 'run' and owner = ?", row -> row.setString(1, run));
                tx.add("delete from cache_mark where run_id = ?", row -> row.setString(1, run));
                tx.add(
                        "delete from cache_claim where run_id like ? escape '\\'",
                        row -> row.setString(
                                1,
                                KeyPattern.exactly(run + CacheClaims.CLAIM_MARK).like() + "%"));
            });
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "what run {0} had in caches could not be freed yet", run);
        }
    }

    /** Frees what a crash left of runs that are over, and what is past its time. */
    void sweep(Instant now) {
        try {
            List<String> over;
            do {
                over = texts(OVER, query -> {});
                over.forEach(this::free);
            } while (over.size() == GROUP);
            List<String> old;
            do {
                old = texts(OLD, query -> query.setObject(1, CacheChange.at(now)));
                drop(old, now);
            } while (old.size() == GROUP);
            writer.write(tx -> {
                tx.add(
                        "delete from cache_mark where made_at <= ?",
                        row -> row.setObject(1, CacheChange.at(now.minus(OLDEST))));
                tx.add(
                        "delete from cache_claim where claimed_until <= ?",
                        row -> row.setObject(1, CacheChange.at(now.minus(Duration.ofHours(1)))));
            });
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "the caches could not be swept; trying again later", e);
        }
    }

    /** Each with the row of its space locked, so that the counts stay right. */
    private void drop(List<String> ids, @Nullable Instant old) throws SQLException {
        for (String id : ids) {
            List<String> dropped = new ArrayList<>();
            writer.write(tx -> {
                PreparedStatement query =
                        tx.query("select s.cache from cache_space s where exists (select 1 from cache_entry e where"
                                + " e.cache = s.cache and e.scope = s.scope and e.owner = s.owner and e.entry_id = ?)"
                                + " for update");
                query.setString(1, id);
                try (ResultSet rows = query.executeQuery()) {
                    rows.next();
                }
                if (old != null && !expired(tx, id, old)) {
                    return; // written again since it was found
                }
                CacheChange.dropParts(tx, store.bodies(), id, dropped);
                tx.add(
                        "update cache_space set entries = entries - 1, bytes = bytes - coalesce((select e.bytes from"
                                + " cache_entry e where e.entry_id = ?), 0) where exists (select 1 from cache_entry e"
                                + " where e.entry_id = ? and e.cache = cache_space.cache and e.scope = cache_space.scope"
                                + " and e.owner = cache_space.owner)",
                        row -> {
                            row.setString(1, id);
                            row.setString(2, id);
                        });
                tx.add("delete from cache_entry where entry_id = ?", row -> row.setString(1, id));
            });
            JdbcCaches.discardWhenSynced(store, dropped);
        }
    }

    private static boolean expired(Transaction tx, String id, Instant now) throws SQLException {
        PreparedStatement query = tx.query("select 1 from cache_entry where entry_id = ? and expires_at <= ?");
        query.setString(1, id);
        query.setObject(2, CacheChange.at(now));
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    private List<String> texts(String sql, Transaction.Bind bind) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
