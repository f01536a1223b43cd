package io.patchbay.runtime;

import io.patchbay.route.Pauses.By;
import io.patchbay.route.Pauses.Kind;
import io.patchbay.route.Pauses.Paused;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What operators paused: kept apart from files, over restarts, for all replicas. */
final class KeptPauses {

    private final Store store;
    private final Clock clock;
    private volatile Map<Kind, Map<String, Paused>> paused = Map.of();

    /** @throws CompletionException if the store cannot be read */
    KeptPauses(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        look();
    }

    /** Reads what is kept; another replica may have changed it. Answers whether it is otherwise now. */
    synchronized boolean look() {
        Map<Kind, Map<String, Paused>> now = read();
        boolean other = !now.equals(paused);
        paused = now;
        return other;
    }

    private Map<Kind, Map<String, Paused>> read() {
        Map<Kind, Map<String, Paused>> now = new EnumMap<>(Kind.class);
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select kind, name, since_at, reason from pause");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Kind kind = Kind.valueOf(rows.getString(1).toUpperCase(Locale.ROOT));
                Paused one = new Paused(
                        kind,
                        rows.getString(2),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        By.OPERATOR,
                        rows.getString(4));
                now.computeIfAbsent(kind, any -> new TreeMap<>()).put(one.name(), one);
            }
        } catch (SQLException e) {
            throw new CompletionException("what is paused cannot be read", e);
        }
        return now;
    }

    @Nullable
    Paused of(Kind kind, String name) {
        return paused.getOrDefault(kind, Map.of()).get(name);
    }

    Collection<Paused> all() {
        return paused.values().stream()
                .flatMap(named -> named.values().stream())
                .toList();
    }

    /** Returns when the change is synced. */
    void set(Kind kind, String name, boolean pause, @Nullable String reason) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        store.commits()
                .write(transaction -> {
                    transaction.add("delete from pause where kind = ? and name = ?", row -> {
                        row.setString(1, word);
                        row.setString(2, name);
                    });
                    if (pause) {
                        transaction.add("insert into pause (kind, name, since_at, reason) values (?, ?, ?, ?)", row -> {
                            row.setString(1, word);
                            row.setString(2, name);
                            row.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
                            row.setString(4, reason);
                        });
                    }
                })
                .join();
        look();
    }
}
