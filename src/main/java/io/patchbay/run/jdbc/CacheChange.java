package io.patchbay.run.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.payload.StepException;
import io.patchbay.shape.cache.CacheEntry.Kind;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.CacheWrite.How;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.Transaction;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Changes of one space of a cache in one transaction, which has the space's row locked: so they are counted, and follow each
 * other, whoever makes them.
 */
final class CacheChange {

    /** What a part costs beside its body, so that very many small ones are bounded, too. */
    static final int PART_COST = 100;

    private static final String THIS = " where cache = ? and scope = ? and owner = ?";
    private static final String LOCK = "select entries, bytes from cache_space" + THIS + " for update";
    private static final String ENTRY = "select entry_id, kind, parts, bytes, written_by, expires_at from cache_entry"
            + THIS + " and entry_key = ?";
    private static final String OLD =
            "select entry_key, entry_id, bytes from cache_entry" + THIS + " and expires_at <= ? limit 1000";
    private static final String FILES =
            "select payload_file from cache_part where entry_id = ? and payload_file is not null";
    private static final String NEW = "insert into cache_entry (cache, scope, owner, entry_key, entry_id, kind, parts,"
            + " bytes, written_by, written_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String GROWS = "update cache_entry set kind = ?, parts = ?, bytes = ?, written_by = ?,"
            + " written_at = ?, expires_at = ?" + THIS + " and entry_key = ?";
    private static final String PART =
            "insert into cache_part (entry_id, part, payload, payload_file) values (?, ?, ?, ?)";
    private static final String COUNT = "update cache_space set entries = ?, bytes = ?" + THIS;

    private final Transaction tx;
    private final BodyFiles files;
    private final CacheSpace space;
    private final Instant now;
    private final Instant until;
    private final Caches.@Nullable Maker maker;
    private final List<String> dropped;
    private long entries;
    private long bytes;

    /** @param dropped gets the names of files that are to be deleted after the commit */
    CacheChange(
            Transaction tx,
            BodyFiles files,
            CacheSpace space,
            Instant now,
            Instant until,
            Caches.@Nullable Maker maker,
            List<String> dropped) {
        this.tx = tx;
        this.files = files;
        this.space = space;
        this.now = now;
        this.until = until;
        this.maker = maker;
        this.dropped = dropped;
    }

    /** A write whose payload is ready for a row. */
    record Ready(CacheWrite write, @Nullable Payload payload) {

        long size() {
            Payload stored = payload;
            if (stored == null) {
                return 0;
            }
            return stored.body() instanceof Body.Stored file ? file.size() : encoded(stored).length;
        }
    }

    /** What stands under a key before the change. */
    private record Before(
            String id,
            Kind kind,
            int parts,
            long bytes,
            @Nullable String by) {}

    /** Locks the space. */
    void lock() throws SQLException {
        PreparedStatement query = tx.query(LOCK);
        space(query, 1, space);
        try (ResultSet rows = query.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("the space " + space + " is not there");
            }
            entries = rows.getLong(1);
            bytes = rows.getLong(2);
        }
    }

    /** Whether the change was made before; if not, it counts as made with the transaction. */
    boolean madeBefore(String run, String mark) throws SQLException {
        PreparedStatement query = tx.query("select 1 from cache_mark where run_id = ? and mark = ?");
        query.setString(1, run);
        query.setString(2, mark);
        try (ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                return true;
            }
        }
        tx.add("insert into cache_mark (run_id, mark, made_at) values (?, ?, ?)", row -> {
            row.setString(1, run);
            row.setString(2, mark);
            row.setObject(3, at(now));
        });
        return false;
    }

    void make(Ready ready) throws SQLException, StepException {
        CacheWrite write = ready.write();
        Before before = before(write.key());
        if (write.how() == How.CLEAR) {
            if (before != null) {
                drop(write.key(), before);
            }
        } else if (write.how() == How.ADD) {
            add(write, before);
        } else if (write.how() == How.APPEND && before != null && before.kind() == Kind.PAGES) {
            throw new StepException(
                    Owner.AUTHOR,
                    "CACHE_PAGES",
                    "key '" + write.key() + "' of cache '" + space.cache()
                            + "' holds pages, to which nothing can be appended; take another key");
        } else if (write.how() == How.APPEND && before != null) {
            grow(ready, before, Kind.LIST);
        } else if (write.how() == How.PAGE && before != null && ownPages(before)) {
            grow(ready, before, Kind.PAGES);
        } else {
            Kind kind = write.how() == How.APPEND ? Kind.LIST : write.how() == How.PAGE ? Kind.PAGES : Kind.VALUE;
            put(ready, before, kind);
        }
    }

    private boolean ownPages(Before before) {
        return before.kind() == Kind.PAGES && (maker == null || maker.run().equals(before.by()));
    }

    /** Checks the bounds; what only deletes is never refused for them. */
    void bounded() throws SQLException, StepException {
        long most = space.rules().most().toBytes();
        if (bytes > most || entries > space.rules().entries()) {
            expire();
        }
        if (bytes > most) {
            throw full(bytes + " bytes, more than its " + size(space.rules().most()), "most");
        }
        if (entries > space.rules().entries()) {
            throw full(entries + " entries, more than its " + space.rules().entries(), "entries");
        }
    }

    /** Writes the counts. */
    void counted() throws SQLException {
        tx.add(COUNT, row -> {
            row.setLong(1, entries);
            row.setLong(2, bytes);
            space(row, 3, space);
        });
    }

    private StepException full(String what, String setting) {
        return new StepException(
                Owner.LIMIT,
                "CACHE_FULL",
                "cache '" + space.cache() + "' would have " + what + "; declare '" + setting + "' of it in"
                        + " routes/stores.yaml, store less, or keep it for a shorter time");
    }

    private static String size(DataSize size) {
        return size.toBytes() % (1024 * 1024) == 0 ? size.toMegabytes() + "MB" : size.toBytes() + "B";
    }

    /** Makes room by what is past its time. */
    private void expire() throws SQLException {
        List<String> keys = new ArrayList<>();
        List<Before> old = new ArrayList<>();
        PreparedStatement query = tx.query(OLD);
        space(query, 1, space);
        query.setObject(4, at(now));
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                keys.add(rows.getString(1));
                old.add(new Before(rows.getString(2), Kind.VALUE, 0, rows.getLong(3), null));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            drop(keys.get(i), old.get(i));
        }
    }

    private @Nullable Before before(String key) throws SQLException {
        PreparedStatement query = tx.query(ENTRY);
        space(query, 1, space);
        query.setString(4, key);
        Before found = null;
        boolean old = false;
        try (ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                found = new Before(
                        rows.getString(1), kind(rows.getString(2)), rows.getInt(3), rows.getLong(4), rows.getString(5));
                old = !rows.getObject(6, OffsetDateTime.class).toInstant().isAfter(now);
            }
        }
        if (found != null && old) {
            drop(key, found);
            return null;
        }
        return found;
    }

    /** Takes what stands under a key out; false when nothing does. */
    boolean dropNow(String key) throws SQLException {
        Before before = before(key);
        if (before != null) {
            drop(key, before);
        }
        return before != null;
    }

    private void drop(String key, Before before) throws SQLException {
        dropParts(tx, files, before.id(), dropped);
        tx.add("delete from cache_entry" + THIS + " and entry_key = ?", row -> {
            space(row, 1, space);
            row.setString(4, key);
        });
        entries--;
        bytes -= before.bytes();
    }

    static void dropParts(Transaction tx, BodyFiles files, String id, List<String> dropped) throws SQLException {
        List<String> names = new ArrayList<>();
        PreparedStatement query = tx.query(FILES);
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        for (String name : names) {
            files.drop(tx, name);
        }
        dropped.addAll(names);
        tx.add("delete from cache_part where entry_id = ?", row -> row.setString(1, id));
    }

    private void put(Ready ready, @Nullable Before before, Kind kind) throws SQLException {
        String key = ready.write().key();
        if (before != null) {
            drop(key, before);
        }
        String id = UUID.randomUUID().toString();
        long size = ready.size() + PART_COST + key.length();
        tx.add(NEW, row -> {
            space(row, 1, space);
            row.setString(4, key);
            row.setString(5, id);
            row.setString(6, name(kind));
            row.setInt(7, 1);
            row.setLong(8, size);
            row.setString(9, maker == null ? null : maker.run());
            row.setObject(10, at(now));
            row.setObject(11, at(until));
        });
        part(id, 0, ready);
        entries++;
        bytes += size;
    }

    private void grow(Ready ready, Before before, Kind kind) throws SQLException {
        long size = ready.size() + PART_COST;
        tx.add(GROWS, row -> {
            row.setString(1, name(kind));
            row.setInt(2, before.parts() + 1);
            row.setLong(3, before.bytes() + size);
            row.setString(4, maker == null ? null : maker.run());
            row.setObject(5, at(now));
            row.setObject(6, at(until));
            space(row, 7, space);
            row.setString(10, ready.write().key());
        });
        part(before.id(), before.parts(), ready);
        bytes += size;
    }

    private void add(CacheWrite write, @Nullable Before before) throws SQLException, StepException {
        BigDecimal sum = write.number() == null ? BigDecimal.ZERO : write.number();
        if (before != null) {
            sum = number(write, before).add(sum);
        }
        Payload value = Payload.of(new Lineage(""), Json.NODES.numberNode(sum));
        put(new Ready(write, value), before, Kind.VALUE);
    }

    private BigDecimal number(CacheWrite write, Before before) throws SQLException, StepException {
        PreparedStatement query = tx.query("select payload from cache_part where entry_id = ? and part = 0");
        query.setString(1, before.id());
        JsonNode value = null;
        try (ResultSet rows = query.executeQuery()) {
            if (rows.next() && before.kind() == Kind.VALUE) {
                Payload stored = PayloadCodec.fromBytes(rows.getBytes(1));
                value = stored.body() instanceof Body.Stored ? null : stored.tree();
            }
        } catch (IOException e) {
            throw new SQLException("an entry is damaged", e);
        }
        if (value == null || !value.isNumber()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_A_NUMBER",
                    "key '" + write.key() + "' of cache '" + space.cache()
                            + "' holds no number to which something could be added; take another key, or delete it");
        }
        return value.decimalValue();
    }

    private void part(String id, int part, Ready ready) throws SQLException {
        Payload payload = java.util.Objects.requireNonNull(ready.payload());
        byte[] encoded = encoded(payload);
        Body.Stored file = payload.body() instanceof Body.Stored stored ? stored : null;
        if (file != null) {
            files.own(tx, file);
        }
        tx.add(PART, row -> {
            row.setString(1, id);
            row.setInt(2, part);
            row.setBytes(3, encoded);
            row.setString(4, file == null ? null : files.name(file));
        });
    }

    private static byte[] encoded(Payload payload) {
        return PayloadCodec.toBytes(payload);
    }

    /** Sets three parameters. */
    static void space(PreparedStatement row, int at, CacheSpace space) throws SQLException {
        row.setString(at, space.cache());
        row.setString(at + 1, space.rules().scope().name().toLowerCase(Locale.ROOT));
        row.setString(at + 2, space.owner());
    }

    static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
