package io.patchbay.run.jdbc;

import io.patchbay.payload.StepException;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.Caches.Maker;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Who makes the entry of a key at the moment. */
final class CacheClaims {

    private static final String CLAIMED = "update cache_claim set run_id = ?, claimed_until = ?" + JdbcCaches.THIS
            + " and entry_key = ? and (run_id = ? or claimed_until <= ?)";
    private static final String RELEASE =
            "delete from cache_claim" + JdbcCaches.THIS + " and entry_key = ? and run_id = ?";
    private static final String HELD =
            "select 1 from cache_claim" + JdbcCaches.THIS + " and entry_key = ? and run_id <> ? and claimed_until > ?";
    /** Between a run's id and the rest in the name of who holds a claim. */
    static final String CLAIM_MARK = ":";

    private final Store store;
    private final Clock clock;
    private final CacheWriter writer;
    private final String newClaim;

    CacheClaims(Store store, Clock clock, CacheWriter writer) {
        this.store = store;
        this.clock = clock;
        this.writer = writer;
        this.newClaim = store.database().dialect().shared()
                ? "insert into cache_claim (cache, scope, owner, entry_key, run_id, claimed_until) values (?, ?, ?, ?, ?, ?)"
                        + " on conflict do nothing"
                : "merge into cache_claim using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), cast(? as varchar), cast(? as timestamp(6) with time zone)))"
                        + " v (cache, scope, owner, entry_key, run_id, claimed_until) on cache_claim.cache = v.cache and"
                        + " cache_claim.scope = v.scope and cache_claim.owner = v.owner and"
                        + " cache_claim.entry_key = v.entry_key when not matched then insert"
                        + " (cache, scope, owner, entry_key, run_id, claimed_until)"
                        + " values (v.cache, v.scope, v.owner, v.entry_key, v.run_id, v.claimed_until)";
    }

    /** Whether another has the key now. */
    boolean claimed(CacheSpace space, String key, Maker maker) throws StepException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(HELD)) {
            CacheChange.space(query, 1, space);
            query.setString(4, key);
            query.setString(5, holder(maker));
            query.setObject(6, CacheChange.at(clock.instant()));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw CacheWriter.unanswered(e);
        }
    }

    /** The run, and what it does with the key: a run may work on several payloads at one time. */
    private static String holder(Maker maker) {
        return maker.run() + CLAIM_MARK + JdbcCaches.hash(maker.mark()).substring(0, 32);
    }

    /** Takes the key. @return false when another has it */
    boolean claim(CacheSpace space, String key, Maker maker, Duration time) throws StepException {
        String run = holder(maker);
        Instant now = clock.instant();
        Instant until = now.plus(time);
        int[] changed = {0};
        try {
            writer.write(tx -> {
                tx.add(newClaim, row -> {
                    CacheChange.space(row, 1, space);
                    row.setString(4, key);
                    row.setString(5, run);
                    row.setObject(6, CacheChange.at(until));
                });
                tx.add(
                        CLAIMED,
                        row -> {
                            row.setString(1, run);
                            row.setObject(2, CacheChange.at(until));
                            CacheChange.space(row, 3, space);
                            row.setString(6, key);
                            row.setString(7, run);
                            row.setObject(8, CacheChange.at(now));
                        },
                        count -> changed[0] = count);
            });
        } catch (SQLException e) {
            throw CacheWriter.unanswered(e);
        }
        return changed[0] > 0;
    }

    /** Gives the key up. */
    void release(CacheSpace space, String key, Maker maker) throws StepException {
        String run = holder(maker);
        try {
            writer.write(tx -> tx.add(RELEASE, row -> {
                CacheChange.space(row, 1, space);
                row.setString(4, key);
                row.setString(5, run);
            }));
        } catch (SQLException e) {
            throw CacheWriter.unanswered(e);
        }
    }
}
