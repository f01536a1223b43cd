package io.patchbay.run.jdbc;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import io.patchbay.store.UnsyncedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Caches in the database. A change is a transaction of its own that has the row of its space locked and no other, so two never wait
 * for each other in a ring, whatever replica they are on; its commit does not wait for the disk, because what a run writes
 * there later, its outcome at last, is synced behind it.
 */
public final class JdbcCaches implements Caches {

    static final String THIS = " where cache = ? and scope = ? and owner = ?";
    private static final String COLUMNS = "select entry_key, entry_id, kind, parts, bytes, written_at, expires_at"
            + " from cache_entry" + THIS + " and expires_at > ?";
    private static final String PART = "select payload, payload_file from cache_part where entry_id = ? and part = ?";
    private static final int STRIPES = 64;
    private static final int PORTION = 500;

    private final Store store;
    private final BodyFiles files;
    private final Clock clock;
    private final CacheWriter writer;
    private final String newSpace;
    private final CacheClaims claims;

    /** Threads of this process take their turn here, not on connections of the database. */
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    private final Set<String> runs = ConcurrentHashMap.newKeySet();

    JdbcCaches(Store store, Clock clock) {
        this.store = store;
        this.files = store.bodies();
        this.clock = clock;
        this.writer = new CacheWriter(store);
        boolean shared = store.database().dialect().shared();
        this.newSpace = shared
                ? "insert into cache_space (cache, scope, owner, entries, bytes) values (?, ?, ?, 0, 0)"
                        + " on conflict do nothing"
                : "merge into cache_space using (values (cast(? as varchar), cast(? as varchar), cast(? as varchar)))"
                        + " v (cache, scope, owner) on cache_space.cache = v.cache and cache_space.scope = v.scope and"
                        + " cache_space.owner = v.owner when not matched then insert"
                        + " (cache, scope, owner, entries, bytes) values (v.cache, v.scope, v.owner, 0, 0)";
        this.claims = new CacheClaims(store, clock, writer);
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    @Override
    public void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep, @Nullable Maker maker)
            throws StepException {
        if (maker != null) {
            runs.add(maker.run());
        }
        List<CacheChange.Ready> ready = new ArrayList<>();
        try {
            for (CacheWrite write : writes) {
                Payload payload = write.payload();
                ready.add(new CacheChange.Ready(write, payload == null ? null : settled(payload)));
            }
            Instant now = clock.instant();
            Duration time = keep == null || keep.compareTo(space.rules().keep()) > 0
                    ? space.rules().keep()
                    : keep;
            boolean made = changing(space, (tx, dropped) -> {
                CacheChange change = new CacheChange(tx, files, space, now, now.plus(time), maker, dropped);
                change.lock();
                if (maker != null && change.madeBefore(maker.run(), hash(maker.mark()))) {
                    return false;
                }
                for (CacheChange.Ready one : ready) {
                    change.make(one);
                }
                change.bounded();
                change.counted();
                return true;
            });
            if (!made) {
                discard(ready);
            }
        } catch (IOException e) {
            discard(ready);
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "a body cannot be written to disk", e, true, null);
        } catch (StepException | RuntimeException e) {
            discard(ready);
            throw e;
        }
    }

    /** Work in a transaction that has a space. */
    private interface Change {
        boolean make(Transaction tx, List<String> dropped) throws SQLException, StepException;
    }

    private boolean changing(CacheSpace space, Change change) throws StepException {
        ReentrantLock lock = locks[
                Math.floorMod(space.cache().hashCode() * 31 + space.owner().hashCode(), STRIPES)];
        List<String> dropped = new ArrayList<>();
        boolean[] made = {false};
        StepException[] refused = {null};
        lock.lock();
        try {
            writer.write(tx -> {
                dropped.clear();
                tx.add(newSpace, row -> CacheChange.space(row, 1, space));
                try {
                    made[0] = change.make(tx, dropped);
                } catch (StepException e) {
                    refused[0] = e;
                    throw new SQLException("refused");
                }
            });
        } catch (SQLException e) {
            throw refused[0] != null ? refused[0] : CacheWriter.unanswered(e);
        } finally {
            lock.unlock();
        }
        discardWhenSynced(store, dropped);
        return made[0];
    }

    /**
     * Deletes files when the commit that gave them up is on disk: a crash before that brings the rows back that name them. Files that
     * are left, because the program ends before, have no owner and are swept.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // where the disk refuses, files without an owner are swept later
    static void discardWhenSynced(Store store, List<String> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        List<String> names = List.copyOf(dropped);
        BodyFiles files = store.bodies();
        store.progress().write(tx -> {}).thenRun(() -> names.forEach(name -> files.discard(files.stored(name, "", 0))));
    }

    /** Large bodies become files of the store. */
    private Payload settled(Payload payload) throws IOException {
        Body body = payload.body();
        if (body instanceof Body.Stored stored) {
            Body.Stored own = files.settled(stored) ? files.share(stored) : (Body.Stored) files.keep(stored);
            return payload.withBody(own, payload.recordPath());
        }
        Body kept = files.keep(body);
        return kept instanceof Body.Stored large
                ? payload.withBody(
                        new Body.Stored(large.file(), large.contentType(), large.size(), payload.recordCount()),
                        payload.recordPath())
                : payload;
    }

    private void discard(List<CacheChange.Ready> ready) {
        for (CacheChange.Ready one : ready) {
            Payload payload = one.payload();
            if (payload != null) {
                files.discard(payload.body());
            }
        }
    }

    /** A text of any length in 64 characters. */
    static String hash(String mark) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(mark.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public Optional<CacheEntry> find(CacheSpace space, String key) throws StepException {
        return entries(COLUMNS + " and entry_key = ?", query -> {
                    bind(query, space, clock.instant());
                    query.setString(5, key);
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most)
            throws StepException {
        return list(space, keys, after, most, clock.instant());
    }

    /** Those that are not past their time at a moment. */
    private List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most, Instant moment)
            throws StepException {
        String sql = COLUMNS + (keys.plain() ? " and entry_key = ?" : " and entry_key like ? escape '\\'")
                + " and entry_key > ? and entry_key >= ? order by entry_key limit ?";
        return entries(sql, query -> {
            bind(query, space, moment);
            query.setString(5, keys.plain() ? keys.prefix() : keys.like());
            query.setString(6, after == null ? "" : after);
            query.setString(7, keys.prefix());
            query.setInt(8, most);
        });
    }

    private static void bind(PreparedStatement query, CacheSpace space, Instant moment) throws SQLException {
        CacheChange.space(query, 1, space);
        query.setObject(4, CacheChange.at(moment));
    }

    private List<CacheEntry> entries(String sql, Transaction.Bind bind) throws StepException {
        List<CacheEntry> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new CacheEntry(
                            rows.getString(2),
                            rows.getString(1),
                            CacheChange.kind(rows.getString(3)),
                            rows.getInt(4),
                            rows.getLong(5),
                            rows.getObject(6, OffsetDateTime.class).toInstant(),
                            rows.getObject(7, OffsetDateTime.class).toInstant()));
                }
            }
            return found;
        } catch (SQLException e) {
            throw CacheWriter.unanswered(e);
        }
    }

    @Override
    public Optional<Payload> part(CacheEntry entry, int part, Path folder) throws StepException {
        Payload payload = stored(entry, part).orElse(null);
        if (payload == null || !(payload.body() instanceof Body.Stored stored)) {
            return Optional.ofNullable(payload);
        }
        try {
            Path own = copy(stored, folder);
            return Optional.of(payload.withBody(
                    new Body.Stored(own, stored.contentType(), stored.size(), stored.records()), payload.recordPath()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was replaced in between
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "a body of a cache cannot be copied", e, true, null);
        }
    }

    /** A part of an entry; a large body is the store's own file, which goes with the entry. */
    Optional<Payload> stored(CacheEntry entry, int part) throws StepException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(PART)) {
            query.setString(1, entry.id());
            query.setInt(2, part);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Payload payload = PayloadCodec.fromBytes(rows.getBytes(1));
                String name = rows.getString(2);
                if (name == null || !(payload.body() instanceof Body.Stored stored)) {
                    return Optional.of(payload);
                }
                Path file =
                        files.stored(name, stored.contentType(), stored.size()).file();
                return Optional.of(payload.withBody(
                        new Body.Stored(file, stored.contentType(), stored.size(), stored.records()),
                        payload.recordPath()));
            }
        } catch (SQLException e) {
            throw CacheWriter.unanswered(e);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_CACHE", "an entry of a cache is damaged", e, false, null);
        }
    }

    /** A second name where the file system has such; else a copy. */
    private static Path copy(Body.Stored stored, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path own = folder.resolve("cached-" + java.util.UUID.randomUUID() + ".spill");
        try {
            return Files.createLink(own, stored.file());
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return Files.copy(stored.file(), own);
        }
    }

    @Override
    public int delete(CacheSpace space, KeyPattern keys) throws StepException {
        int deleted = 0;
        while (true) {
            List<CacheEntry> portion = list(space, keys, null, PORTION, Instant.EPOCH);
            if (portion.isEmpty()) {
                return deleted;
            }
            deleted += drop(space, portion);
        }
    }

    private int drop(CacheSpace space, List<CacheEntry> portion) throws StepException {
        int[] count = {0};
        Instant now = clock.instant();
        changing(space, (tx, dropped) -> {
            CacheChange change = new CacheChange(tx, files, space, now, now, null, dropped);
            change.lock();
            count[0] = 0;
            for (CacheEntry entry : portion) {
                if (change.dropNow(entry.key())) {
                    count[0]++;
                }
            }
            change.counted();
            return true;
        });
        return count[0];
    }

    @Override
    public boolean claimed(CacheSpace space, String key, Maker maker) throws StepException {
        return claims.claimed(space, key, maker);
    }

    @Override
    public boolean claim(CacheSpace space, String key, Maker maker, Duration time) throws StepException {
        runs.add(maker.run());
        return claims.claim(space, key, maker, time);
    }

    @Override
    public void release(CacheSpace space, String key, Maker maker) throws StepException {
        claims.release(space, key, maker);
    }

    /** For operators. */
    public KeptCaches kept() {
        return new StoredCaches(store, this);
    }

    /** Whether a run wrote here, so that something of it is to be freed; true once. */
    boolean wrote(String run) {
        return runs.remove(run);
    }

    CacheSweep sweep() {
        return new CacheSweep(store, new UnsyncedWriter(store));
    }
}
