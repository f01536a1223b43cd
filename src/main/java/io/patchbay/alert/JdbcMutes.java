package io.patchbay.alert;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.notification.Notifier;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is muted, in the store: all replicas keep to it, and it holds over restarts. */
final class JdbcMutes implements Mutes {

    private static final String SELECT =
            "select kind, name, since_at, until_at, reason, made_by, held from alert_mute where ";
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_NAME = 200;

    private final Store store;
    private final Notifier notifier;
    private final Clock clock;

    JdbcMutes(Store store, Notifier notifier, Clock clock) {
        this.store = store;
        this.notifier = notifier;
        this.clock = clock;
    }

    @Override
    public List<Mute> current() {
        return read("until_at > ?", clock.instant());
    }

    /** Those whose end nobody was told of yet. */
    List<Mute> ended(Instant now) {
        return read("until_at <= ?", now);
    }

    @Override
    public Set<String> groups() {
        return notifier.groups();
    }

    @Override
    public void mute(Of of, String name, Instant until, String reason, String by) {
        Instant now = clock.instant();
        store.commits()
                .write(tx -> {
                    if (found(tx, of, name) == null) {
                        insert(tx, new Mute(of, name, now, until, reason, by, 0));
                    } else {
                        tx.add(
                                "update alert_mute set until_at = ?, reason = ?, made_by = ? where kind = ? and name = ?",
                                row -> {
                                    row.setObject(1, AlertRows.at(until));
                                    row.setString(2, AlertRows.text(reason, LONGEST_REASON));
                                    row.setString(3, AlertRows.text(by, LONGEST_NAME));
                                    row.setString(4, of.word());
                                    row.setString(5, name);
                                });
                    }
                })
                .join();
    }

    private static void insert(Transaction tx, Mute mute) throws SQLException {
        tx.add(
                "insert into alert_mute (id, kind, name, since_at, until_at, reason, made_by, held)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 0)",
                row -> {
                    row.setString(1, UuidCreator.getTimeOrderedEpochPlus1().toString());
                    row.setString(2, mute.of().word());
                    row.setString(3, AlertRows.text(mute.name(), LONGEST_NAME));
                    row.setObject(4, AlertRows.at(mute.since()));
                    row.setObject(5, AlertRows.at(mute.until()));
                    row.setString(6, AlertRows.text(mute.reason(), LONGEST_REASON));
                    row.setString(7, AlertRows.text(mute.by(), LONGEST_NAME));
                });
    }

    private static @Nullable String found(Transaction tx, Of of, String name) throws SQLException {
        PreparedStatement query = tx.query("select id from alert_mute where kind = ? and name = ? for update");
        query.setString(1, of.word());
        query.setString(2, name);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public boolean end(Of of, String name) {
        if (name.indexOf('\0') >= 0) {
            return false; // no name has one, and not every database takes it
        }
        Instant now = clock.instant();
        return store.commits()
                .call(
                        tx -> {
                            PreparedStatement end = tx.query(
                                    "update alert_mute set until_at = ? where kind = ? and name = ? and until_at > ?");
                            end.setObject(1, AlertRows.at(now));
                            end.setString(2, of.word());
                            end.setString(3, name);
                            end.setObject(4, AlertRows.at(now));
                            return end.executeUpdate() == 1;
                        },
                        0)
                .join();
    }

    /** Takes one out that has ended; false when another replica did, or somebody muted it anew. */
    static boolean takeOut(Transaction tx, Mute mute) throws SQLException {
        PreparedStatement delete = tx.query("delete from alert_mute where kind = ? and name = ? and until_at = ?");
        delete.setString(1, mute.of().word());
        delete.setString(2, mute.name());
        delete.setObject(3, AlertRows.at(mute.until()));
        return delete.executeUpdate() == 1;
    }

    /**
     * Who is told of an alert in this moment.
     *
     * @param receivers groups and addresses
     * @param muted because of which others are not told
     */
    record Told(List<String> receivers, List<Mute> muted) {
        Told {
            receivers = List.copyOf(receivers);
            muted = List.copyOf(muted);
        }
    }

    /** Who is told of an alert in this moment; what is left out is counted. */
    static Told told(Transaction tx, Alert alert, Instant now) throws SQLException {
        PreparedStatement query = tx.query(SELECT + "until_at > ?");
        query.setObject(1, AlertRows.at(now));
        List<String> told = new ArrayList<>(alert.receivers());
        List<Mute> muted = new ArrayList<>();
        for (Mute mute : read(query)) {
            if (mute.concerns(alert)) {
                muted.add(mute);
                told.removeIf(receiver -> mute.of() == Of.FLOW || receiver.equals(mute.name()));
                tx.add("update alert_mute set held = held + 1 where kind = ? and name = ?", row -> {
                    row.setString(1, mute.of().word());
                    row.setString(2, mute.name());
                });
            }
        }
        return new Told(told, muted);
    }

    private List<Mute> read(String where, Instant now) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(SELECT + where + " order by until_at, kind, name")) {
            query.setObject(1, AlertRows.at(now));
            return read(query);
        } catch (SQLException e) {
            throw new IllegalStateException("what is muted cannot be read", e);
        }
    }

    private static List<Mute> read(PreparedStatement query) throws SQLException {
        List<Mute> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new Mute(
                        Of.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        AlertRows.instant(row, "since_at"),
                        AlertRows.instant(row, "until_at"),
                        row.getString("reason"),
                        row.getString("made_by"),
                        row.getLong("held")));
            }
        }
        return found;
    }
}
