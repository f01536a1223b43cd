package io.patchbay.alert;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Since when flows go without a pause, kept over the program's end and for all replicas. */
final class GoingFlows {

    private final Store store;

    GoingFlows(Store store) {
        this.store = store;
    }

    /**
     * Keeps which flows go. One that went already goes since then; of one that goes again the time begins anew.
     *
     * @return since when they go
     */
    Map<String, Instant> goes(Set<String> flows, Instant now) {
        Map<String, Instant> since = read();
        List<String> fresh =
                flows.stream().filter(flow -> !since.containsKey(flow)).toList();
        List<String> over =
                since.keySet().stream().filter(flow -> !flows.contains(flow)).toList();
        if (!fresh.isEmpty() || !over.isEmpty()) {
            write(fresh, over, now);
            since.keySet().removeAll(over);
            fresh.forEach(flow -> since.put(flow, now));
        }
        return since;
    }

    private Map<String, Instant> read() {
        Map<String, Instant> since = new HashMap<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("select flow, since_at from volume_watch");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                since.put(rows.getString(1), AlertRows.instant(rows, "since_at"));
            }
            return since;
        } catch (SQLException e) {
            throw new IllegalStateException("since when flows go cannot be read", e);
        }
    }

    /** Another replica may have written the same before. */
    private void write(Collection<String> fresh, Collection<String> over, Instant now) {
        store.commits()
                .write(tx -> {
                    for (String flow : over) {
                        tx.add("delete from volume_watch where flow = ?", row -> row.setString(1, flow));
                    }
                    for (String flow : fresh) {
                        tx.add(
                                "insert into volume_watch (flow, since_at) select cast(? as varchar), cast(? as"
                                        + " timestamp(6) with time zone) where not exists (select 1 from volume_watch"
                                        + " where flow = ?)",
                                row -> {
                                    row.setString(1, flow);
                                    row.setObject(2, AlertRows.at(now));
                                    row.setString(3, flow);
                                });
                    }
                })
                .join();
    }
}
