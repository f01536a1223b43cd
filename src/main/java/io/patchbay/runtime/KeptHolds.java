package io.patchbay.runtime;

import io.patchbay.route.Held;
import io.patchbay.route.Holds;
import io.patchbay.store.Doubled;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Which versions are held, in the store's database: over restarts, for all replicas. */
final class KeptHolds implements Holds {

    private final Store store;
    private volatile Map<String, Held> held;

    /** @throws CompletionException if the store cannot be read */
    KeptHolds(Store store) {
        this.store = store;
        this.held = read();
    }

    /** Reads what is kept; another replica may have changed it. Answers whether it is otherwise now. */
    synchronized boolean look() {
        Map<String, Held> now = read();
        boolean other = !now.equals(held);
        held = now;
        return other;
    }

    private Map<String, Held> read() {
        Map<String, Held> all = new TreeMap<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select flow, revision, why, since_at, by_whom, note from flow_held");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Held one = new Held(
                        rows.getString(1),
                        rows.getString(2),
                        Held.Why.valueOf(rows.getString(3).toUpperCase(Locale.ROOT)),
                        rows.getObject(4, OffsetDateTime.class).toInstant(),
                        rows.getString(5),
                        rows.getString(6));
                all.put(one.flow(), one);
            }
        } catch (SQLException e) {
            throw new CompletionException("which versions are held cannot be read", e);
        }
        return all;
    }

    @Override
    public @Nullable Held of(String flow) {
        return held.get(flow);
    }

    @Override
    public Map<String, Held> all() {
        return Map.copyOf(held);
    }

    @Override
    public Held pin(Held wanted) {
        try {
            store.commits().write(transaction -> insert(wanted, transaction)).join();
        } catch (CompletionException e) {
            if (!Doubled.is(e)) {
                throw e;
            }
        }
        look();
        Held now = of(wanted.flow());
        return now == null ? wanted : now; // released by another replica at this moment
    }

    @Override
    public void hold(Held wanted) {
        store.commits()
                .write(transaction -> {
                    delete(wanted.flow(), transaction);
                    insert(wanted, transaction);
                })
                .join();
        look();
    }

    @Override
    public void change(Collection<Held> held, Collection<String> released) {
        store.commits()
                .write(transaction -> {
                    for (String flow : released) {
                        delete(flow, transaction);
                    }
                    for (Held one : held) {
                        delete(one.flow(), transaction);
                        insert(one, transaction);
                    }
                })
                .join();
        look();
    }

    @Override
    public void release(String flow) {
        store.commits().write(transaction -> delete(flow, transaction)).join();
        look();
    }

    private static void delete(String flow, Transaction transaction) throws SQLException {
        transaction.add("delete from flow_held where flow = ?", row -> row.setString(1, flow));
    }

    private static void insert(Held held, Transaction transaction) throws SQLException {
        transaction.add(
                "insert into flow_held (flow, revision, why, since_at, by_whom, note) values (?, ?, ?, ?, ?, ?)",
                row -> {
                    row.setString(1, held.flow());
                    row.setString(2, held.revision());
                    row.setString(3, held.why().name().toLowerCase(Locale.ROOT));
                    row.setObject(4, held.since().atOffset(ZoneOffset.UTC));
                    row.setString(5, held.by());
                    row.setString(6, held.note());
                });
    }
}
