package io.patchbay.connector.limit;

import io.patchbay.connector.limit.Shares.Change;
import io.patchbay.connector.limit.Shares.Lent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Who has which share of a limit, in the database. All times are the database's. */
final class ShareRows {

    /** Beyond its end a dead runtime's share stays counted: its last calls may still be on their way. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(10);

    private static final String LOCK = "select pg_advisory_xact_lock(5042)"; // this table's, of us alone
    private static final String FORGET = "delete from rate_share where free_at < clock_timestamp()";
    private static final String ALL =
            "select owner, share, need, until_at > clock_timestamp() as lives" + " from rate_share where budget = ?";
    private static final String WRITE = "insert into rate_share (budget, owner, share, need, until_at, free_at) values"
            + " (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', clock_timestamp() + ? * interval '1 millisecond')"
            + " on conflict (budget, owner) do update set share = excluded.share, need = excluded.need,"
            + " until_at = excluded.until_at, free_at = excluded.free_at";
    private static final String GONE = "delete from rate_share where budget = ? and owner = ?";
    private static final String NOW = "select extract(epoch from clock_timestamp())";

    private final DataSource database;
    private final String owner = UUID.randomUUID().toString();

    ShareRows(DataSource database) {
        this.database = database;
    }

    /** Decides how much of what is due can be had. */
    interface Publishing {
        Change due(Lent lent, int target, int others, long began);
    }

    /** Renews all shares in one transaction, one runtime after the other. */
    List<Change> settle(List<Lent> used, Publishing publishing) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '2s'");
                statement.execute(LOCK);
                statement.execute(FORGET);
                for (Lent one : used) {
                    changes.add(settle(connection, one, publishing));
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(auto);
            }
        }
        return changes;
    }

    /** Leaves of all shares what was in use, until that no longer matters. */
    void giveBack(List<Change> ended) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement all = connection.prepareStatement("delete from rate_share where owner = ?")) {
            all.setString(1, owner);
            all.executeUpdate();
            for (Change change : ended) {
                if (change.granted() > 0) {
                    write(connection, change.lent(), change.granted(), Duration.ZERO, 0);
                }
            }
        }
    }

    private Change settle(Connection connection, Lent one, Publishing publishing) throws SQLException {
        boolean wanted;
        long began;
        synchronized (one.turns()) {
            began = one.turns().now();
            wanted = one.share().isWanted(began);
        }
        TreeMap<String, Integer> needs = new TreeMap<>();
        int others = 0;
        double now = now(connection);
        try (PreparedStatement all = connection.prepareStatement(ALL)) {
            all.setString(1, one.budget());
            try (ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    if (!rows.getString("owner").equals(owner)) {
                        others += rows.getInt("share");
                        if (rows.getBoolean("lives") && rows.getInt("need") > 0) {
                            needs.put(rows.getString("owner"), rows.getInt("need"));
                        }
                    }
                }
            }
        }
        int target = 0;
        if (wanted) {
            needs.put(owner, one.share().need());
            target = target(one, needs, now);
        }
        Change change = publishing.due(one, target, others, began);
        write(connection, one, change.granted(), wanted);
        return change;
    }

    private static double now(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(NOW);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getDouble(1);
        }
    }

    /** Equal parts; where the dearest call does not fit into one, each has all of it in turn. */
    private int target(Lent one, SortedMap<String, Integer> needs, double now) {
        int count = needs.size();
        int rank = needs.headMap(owner).size();
        int limit = one.policy().limit();
        int dearest = needs.values().stream().mapToInt(need -> need).max().orElse(1);
        if (limit / count < dearest) {
            double seconds = one.turn().toMillis() / 1000.0;
            return (long) (now / seconds) % count == rank ? limit : 0;
        }
        return limit / count + (rank < limit % count ? 1 : 0);
    }

    private void write(Connection connection, Lent one, int granted, boolean wanted) throws SQLException {
        if (!wanted && granted == 0) {
            try (PreparedStatement gone = connection.prepareStatement(GONE)) {
                gone.setString(1, one.budget());
                gone.setString(2, owner);
                gone.executeUpdate();
            }
            return;
        }
        write(connection, one, granted, Shares.LEASE, wanted ? one.share().need() : 0);
    }

    private void write(Connection connection, Lent one, int granted, Duration lease, int need) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            write.setString(1, one.budget());
            write.setString(2, owner);
            write.setInt(3, granted);
            write.setInt(4, need);
            write.setLong(5, lease.toMillis());
            write.setLong(6, lease.plus(one.period()).plus(LAST_CALLS).toMillis());
            write.executeUpdate();
        }
    }
}
