package io.patchbay.runtime;

import io.patchbay.route.RevisionTexts;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Texts of flows by revision, and which flows an operator paused, in the store's database. */
final class JdbcRevisionTexts implements RevisionTexts {

    private final Store store;
    private final Clock clock;

    JdbcRevisionTexts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void keep(String flow, String revision, String file, String text) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        store.commits()
                .write(transaction -> transaction.add(
                        "insert into flow_revision (flow, revision, file, text, first_at)"
                                + " select ?, ?, ?, ?, ? where not exists"
                                + " (select 1 from flow_revision where flow = ? and revision = ?)",
                        statement -> {
                            statement.setString(1, flow);
                            statement.setString(2, revision);
                            statement.setString(3, file);
                            statement.setString(4, text);
                            statement.setObject(5, now);
                            statement.setString(6, flow);
                            statement.setString(7, revision);
                        }))
                .join();
    }

    @Override
    public Optional<Text> text(String flow, String revision) {
        String sql = "select file, text from flow_revision where flow = ? and revision = ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, flow);
            statement.setString(2, revision);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Text(rows.getString(1), rows.getString(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new CompletionException("revision " + flow + "@" + revision + " cannot be read", e);
        }
    }

    @Override
    public Optional<Instant> since(String flow) {
        String sql = "select min(first_at) from flow_revision where flow = ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, flow);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant);
            }
        } catch (SQLException e) {
            throw new CompletionException("the revisions of flow " + flow + " cannot be read", e);
        }
    }
}
