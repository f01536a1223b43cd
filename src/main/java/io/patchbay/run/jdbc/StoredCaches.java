package io.patchbay.run.jdbc;

import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.store.Store;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What an operator sees of caches and does to them. */
final class StoredCaches implements KeptCaches {

    private static final String SPACES =
            "select cache, scope, owner, entries, bytes from cache_space where entries > 0";
    private static final String BEHIND = " and (cache > ? or (cache = ? and (scope > ? or (scope = ? and owner > ?))))";

    private final Store store;
    private final JdbcCaches caches;

    StoredCaches(Store store, JdbcCaches caches) {
        this.store = store;
        this.caches = caches;
    }

    @Override
    public List<Space> spaces(@Nullable String cache, @Nullable Place after, int most) {
        StringBuilder sql = new StringBuilder(SPACES);
        List<String> values = new ArrayList<>();
        if (cache != null) {
            sql.append(" and cache = ?");
            values.add(cache);
        }
        if (after != null) {
            String scope = after.scope().name().toLowerCase(Locale.ROOT);
            sql.append(BEHIND);
            values.addAll(List.of(after.cache(), after.cache(), scope, scope, after.owner()));
        }
        sql.append(" order by cache, scope, owner limit ").append(Math.max(1, most));
        List<Space> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                query.setString(i + 1, values.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Space(
                            rows.getString(1),
                            CacheRules.Scope.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getLong(5)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("the caches cannot be listed", e);
        }
    }

    @Override
    public Optional<CacheEntry> find(CacheSpace space, String key) throws StepException {
        return caches.find(space, key);
    }

    @Override
    public List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most)
            throws StepException {
        return caches.list(space, keys, after, most);
    }

    @Override
    public Optional<Part> part(CacheEntry entry, int part) throws StepException {
        try {
            Payload payload = caches.stored(entry, part).orElse(null);
            return payload == null ? Optional.empty() : Optional.of(new Part(payload, payload.stream()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was replaced in between
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_CACHE", "a body of a cache cannot be read", e, true, null);
        }
    }

    @Override
    public void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep) throws StepException {
        caches.write(space, writes, keep, null);
        synced();
    }

    @Override
    public int delete(CacheSpace space, KeyPattern keys) throws StepException {
        int deleted = caches.delete(space, keys);
        synced();
        return deleted;
    }

    /** Returns when what was committed is on disk. */
    private void synced() {
        try {
            store.progress().write(tx -> {}).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the caches cannot be written", e);
        }
    }
}
