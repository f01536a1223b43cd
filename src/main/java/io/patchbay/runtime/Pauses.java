package io.patchbay.runtime;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Which flows an operator paused: kept apart from their files, over restarts. */
final class Pauses {

    private final Store store;
    private final Clock clock;
    private final Set<String> paused = ConcurrentHashMap.newKeySet();

    /** @throws CompletionException if the store cannot be read */
    Pauses(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("select flow from flow_pause");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                paused.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new CompletionException("paused flows cannot be read", e);
        }
    }

    boolean paused(String flow) {
        return paused.contains(flow);
    }

    /** Returns when the change is synced. */
    void set(String flow, boolean pause) {
        store.commits()
                .write(transaction -> {
                    transaction.add("delete from flow_pause where flow = ?", row -> row.setString(1, flow));
                    if (pause) {
                        transaction.add("insert into flow_pause (flow, since_at) values (?, ?)", row -> {
                            row.setString(1, flow);
                            row.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
                        });
                    }
                })
                .join();
        if (pause) {
            paused.add(flow);
        } else {
            paused.remove(flow);
        }
    }
}
