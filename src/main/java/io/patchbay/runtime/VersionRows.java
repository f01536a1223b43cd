package io.patchbay.runtime;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What else the store knows of versions: when they ran, and which of them nobody needs any more. */
final class VersionRows {

    /** Tables whose rows name a revision of a flow. */
    private static final List<String> NAMING =
            List.of("run", "failed_payload", "start", "waiting_payload", "flow_active", "flow_held");

    /** The newest first, behind them those that were made for single runs. */
    private static final String ORDER =
            " over (partition by flow order by case when file like '%#once' then 1 else 0 end, number desc)";

    /** Versions with their place, the newest being 1, and the bytes of it and of all that are before it. */
    private static final String TOGETHER = "select flow, revision,"
            + " row_number()" + ORDER + " as place,"
            + " sum(octet_length(text) + coalesce(octet_length(origin), 0) + coalesce((select sum(octet_length(script.text)) from flow_revision_script script"
            + " where script.flow = whole.flow and script.revision = whole.revision), 0))"
            + ORDER + " as together from flow_revision whole";

    /** A node that was not seen for so long does not come back. */
    private static final Duration GONE = Duration.ofDays(30);

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

    /**
     * Deletes versions that nothing names any more, and forgets what ran on nodes that are gone for long: they name versions, too.
     *
     * @param keep so many of the newest of each flow stay
     * @param most bytes of their texts and scripts; the newest stays
     */
    void sweep(int keep, long most, Instant now) {
        StringBuilder sql = new StringBuilder("delete from flow_revision where (flow, revision) in ("
                + "select flow, revision from (" + TOGETHER + ") old where place > ? or (place > 1 and together > ?))");
        NAMING.forEach(
                table -> sql.append(" and not exists (select 1 from ")
                        .append(table)
                        .append(
                                " naming where naming.flow = flow_revision.flow and naming.revision = flow_revision.revision)"));
        String node = store.folder().node();
        store.commits()
                .write(transaction -> {
                    transaction.add(
                            "update flow_active set seen_at = ? where node = ? or seen_at is null", statement -> {
                                statement.setObject(1, now.atOffset(ZoneOffset.UTC));
                                statement.setString(2, node);
                            });
                    transaction.add(
                            "delete from flow_active where seen_at < ?",
                            statement -> statement.setObject(1, now.minus(GONE).atOffset(ZoneOffset.UTC)));
                    transaction.add(sql.toString(), statement -> {
                        statement.setInt(1, keep);
                        statement.setLong(2, most);
                    });
                    transaction.add(
                            "delete from flow_revision_script where not exists (select 1 from flow_revision whole"
                                    + " where whole.flow = flow_revision_script.flow"
                                    + " and whole.revision = flow_revision_script.revision)",
                            statement -> {});
                })
                .join();
    }
}
