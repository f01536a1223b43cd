package io.patchbay.runtime;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What else the store knows of versions: when they ran, and which of them nobody needs any more. */
final class VersionRows {

    /** Tables whose rows name a revision of a flow. */
    private static final List<String> NAMING =
            List.of("run", "failed_payload", "start", "waiting_payload", "flow_active", "flow_held");

    private final Store store;

    VersionRows(Store store) {
        this.store = store;
    }

    /** When a run under a revision came into being last, of those that are still known. */
    Optional<Instant> lastRun(String flow, String revision) {
        String sql = "select queued_at from run where flow = ? and revision = ? order by id desc";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, flow);
            statement.setString(2, revision);
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new CompletionException("when a version ran last cannot be read", e);
        }
    }

    /** Deletes versions that nothing names any more, but for so many of the newest of each flow. */
    void sweep(int keep) {
        StringBuilder sql =
                new StringBuilder("delete from flow_revision where (select count(*) from flow_revision newer"
                        + " where newer.flow = flow_revision.flow and newer.number > flow_revision.number) >= ?");
        NAMING.forEach(
                table -> sql.append(" and not exists (select 1 from ")
                        .append(table)
                        .append(
                                " naming where naming.flow = flow_revision.flow and naming.revision = flow_revision.revision)"));
        store.commits()
                .write(transaction -> {
                    transaction.add(sql.toString(), statement -> statement.setInt(1, keep));
                    transaction.add(
                            "delete from flow_revision_script where not exists (select 1 from flow_revision whole"
                                    + " where whole.flow = flow_revision_script.flow"
                                    + " and whole.revision = flow_revision_script.revision)",
                            statement -> {});
                })
                .join();
    }
}
