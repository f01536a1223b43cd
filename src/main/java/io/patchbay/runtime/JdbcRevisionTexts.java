package io.patchbay.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchbay.payload.Json;
import io.patchbay.route.Parts;
import io.patchbay.route.RevisionTexts;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.store.Doubled;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Texts of flows by revision, their numbers, and which of them are active, in the store's database. */
final class JdbcRevisionTexts implements RevisionTexts {

    private static final int TRIES = 5;
    private static final int LONGEST_PARTS = 1_000_000;
    private static final String KEPT = "select revision, file, first_at, number, by_whom, note from flow_revision";

    private final Store store;
    private final Clock clock;

    JdbcRevisionTexts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void keep(String flow, String revision, Text text) {
        for (int tries = 1; ; tries++) {
            try {
                tryToKeep(flow, revision, text);
                return;
            } catch (CompletionException e) {
                // Another replica took the number, or keeps the same revision at this moment.
                if (tries == TRIES || !Doubled.is(e)) {
                    throw e;
                }
            }
        }
    }

    private void tryToKeep(String flow, String revision, Text text) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        store.commits()
                .write(transaction -> {
                    keep(flow, revision, text, now, transaction);
                    for (ScriptLibrary.Source script : text.scripts()) {
                        keep(flow, revision, script, transaction);
                    }
                })
                .join();
    }

    private static void keep(String flow, String revision, Text text, OffsetDateTime now, Transaction transaction)
            throws SQLException {
        transaction.add(
                "insert into flow_revision (flow, revision, file, text, first_at, parts, number, origin)"
                        + " select ?, ?, ?, ?, ?, ?,"
                        + " (select coalesce(max(number), 0) + 1 from flow_revision where flow = ?),"
                        // The same text once more, with other parts.
                        + " (select origin from flow_revision where flow = ? and text = ? and origin is not null"
                        + " order by number desc fetch first 1 row only)"
                        + " where not exists (select 1 from flow_revision where flow = ? and revision = ?)",
                statement -> {
                    statement.setString(1, flow);
                    statement.setString(2, revision);
                    statement.setString(3, text.file());
                    statement.setString(4, text.text());
                    statement.setObject(5, now);
                    statement.setString(6, asJson(text.parts()));
                    statement.setString(7, flow);
                    statement.setString(8, flow);
                    statement.setString(9, text.text());
                    statement.setString(10, flow);
                    statement.setString(11, revision);
                });
        if (text.origin() != null) {
            transaction.add("update flow_revision set origin = ? where flow = ? and revision = ?", statement -> {
                statement.setString(1, text.origin());
                statement.setString(2, flow);
                statement.setString(3, revision);
            });
        }
    }

    private static void keep(String flow, String revision, ScriptLibrary.Source script, Transaction transaction)
            throws SQLException {
        transaction.add(
                "insert into flow_revision_script (flow, revision, name, path, text) select ?, ?, ?, ?, ? where not exists"
                        + " (select 1 from flow_revision_script where flow = ? and revision = ? and name = ?)",
                statement -> {
                    statement.setString(1, flow);
                    statement.setString(2, revision);
                    statement.setString(3, script.name());
                    statement.setString(4, script.path());
                    statement.setString(5, script.text());
                    statement.setString(6, flow);
                    statement.setString(7, revision);
                    statement.setString(8, script.name());
                });
    }

    private static @Nullable String asJson(@Nullable Parts parts) {
        if (parts == null) {
            return null;
        }
        try {
            String json = Json.MAPPER.writeValueAsString(parts);
            return json.length() > LONGEST_PARTS ? null : json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and digests are JSON", e);
        }
    }

    private static @Nullable Parts parts(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : Json.MAPPER.readValue(json, Parts.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("the parts of a revision cannot be read", e);
        }
    }

    @Override
    public Optional<Text> text(String flow, String revision) {
        String sql = "select file, text, parts, origin from flow_revision where flow = ? and revision = ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, flow);
            statement.setString(2, revision);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Text(
                                rows.getString(1),
                                rows.getString(2),
                                scripts(connection, flow, revision),
                                parts(rows.getString(3)),
                                rows.getString(4)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new CompletionException("revision " + flow + "@" + revision + " cannot be read", e);
        }
    }

    private static List<ScriptLibrary.Source> scripts(Connection connection, String flow, String revision)
            throws SQLException {
        String sql = "select name, path, text from flow_revision_script where flow = ? and revision = ? order by name";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, flow);
            statement.setString(2, revision);
            List<ScriptLibrary.Source> scripts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    scripts.add(new ScriptLibrary.Source(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return scripts;
        }
    }

    @Override
    public List<Kept> kept(String flow, int below, int most) {
        return kept(KEPT + " where flow = ? and number < ? order by number desc", most, statement -> {
            statement.setString(1, flow);
            statement.setInt(2, below);
        });
    }

    @Override
    public Optional<Kept> one(String flow, String revision) {
        return kept(KEPT + " where flow = ? and revision = ?", 1, statement -> {
                    statement.setString(1, flow);
                    statement.setString(2, revision);
                })
                .stream()
                .findFirst();
    }

    @Override
    public Map<Name, Integer> numbers(Collection<Name> revisions) {
        Map<Name, Integer> numbers = new HashMap<>();
        if (revisions.isEmpty()) {
            return numbers;
        }
        try (Connection connection = store.database().dataSource().getConnection()) {
            if (store.database().dialect().shared()) {
                numbersAtOnce(connection, revisions, numbers);
            } else {
                numbersOneByOne(connection, revisions, numbers);
            }
            return numbers;
        } catch (SQLException e) {
            throw new CompletionException("the numbers of versions cannot be read", e);
        }
    }

    private static void numbersAtOnce(Connection connection, Collection<Name> revisions, Map<Name, Integer> numbers)
            throws SQLException {
        List<Name> all = List.copyOf(revisions);
        try (PreparedStatement statement =
                connection.prepareStatement("select flow, revision, kept.number from flow_revision kept"
                        + " join unnest(cast(? as varchar[]), cast(? as varchar[])) as asked (flow, revision)"
                        + " using (flow, revision)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "varchar", all.stream().map(Name::flow).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "varchar", all.stream().map(Name::revision).toArray()));
            add(statement, numbers);
        }
    }

    /** In the same process: each costs as much as a look into an index. */
    private static void numbersOneByOne(Connection connection, Collection<Name> revisions, Map<Name, Integer> numbers)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select flow, revision, number from flow_revision where flow = ? and revision = ?")) {
            for (Name name : revisions) {
                statement.setString(1, name.flow());
                statement.setString(2, name.revision());
                add(statement, numbers);
            }
        }
    }

    private static void add(PreparedStatement statement, Map<Name, Integer> numbers) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.put(new Name(rows.getString(1), rows.getString(2)), rows.getInt(3));
            }
        }
    }

    @Override
    public Optional<Kept> numbered(String flow, int number) {
        return kept(KEPT + " where flow = ? and number = ?", 1, statement -> {
                    statement.setString(1, flow);
                    statement.setInt(2, number);
                })
                .stream()
                .findFirst();
    }

    private List<Kept> kept(String sql, int most, Transaction.Bind which) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            which.to(statement);
            statement.setMaxRows(most);
            List<Kept> kept = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    kept.add(new Kept(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getObject(3, OffsetDateTime.class).toInstant(),
                            rows.getInt(4),
                            rows.getString(5),
                            rows.getString(6)));
                }
            }
            return kept;
        } catch (SQLException e) {
            throw new CompletionException("the versions of a flow cannot be read", e);
        }
    }

    @Override
    public void describe(String flow, String revision, @Nullable String by, @Nullable String note) {
        store.commits()
                .write(transaction -> transaction.add(
                        "update flow_revision set by_whom = coalesce(by_whom, ?), note = coalesce(?, note)"
                                + " where flow = ? and revision = ?",
                        statement -> {
                            statement.setString(1, by);
                            statement.setString(2, note);
                            statement.setString(3, flow);
                            statement.setString(4, revision);
                        }))
                .join();
    }

    @Override
    public List<Active> active() {
        String sql = "select flow, revision, file from flow_active where node = ? order by flow";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, store.folder().node());
            List<Active> active = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    active.add(new Active(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return active;
        } catch (SQLException e) {
            throw new CompletionException("which flows ran cannot be read", e);
        }
    }

    @Override
    public void active(Collection<Active> now) {
        String node = store.folder().node();
        try (Connection connection = store.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement delete = connection.prepareStatement("delete from flow_active where node = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into flow_active (node, flow, revision, file) values (?, ?, ?, ?)")) {
                delete.setString(1, node);
                delete.executeUpdate();
                for (Active one : now) {
                    insert.setString(1, node);
                    insert.setString(2, one.flow());
                    insert.setString(3, one.revision());
                    insert.setString(4, one.file());
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new CompletionException("which flows run cannot be kept", e);
        }
    }
}
