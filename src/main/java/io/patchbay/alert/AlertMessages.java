package io.patchbay.alert;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.alert.Alert.Message;
import io.patchbay.alert.Alert.Message.State;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be said, one row for each place; kept until it was taken, and shown. */
final class AlertMessages {

    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_PROBLEM = 1_000;
    private static final int SHOWN = 100;

    private final Store store;
    private final Notifier notifier;
    private final @Nullable String base;

    /** @param base address under which this runtime is reached, for links; or null */
    AlertMessages(Store store, Notifier notifier, @Nullable String base) {
        this.store = store;
        this.notifier = notifier;
        this.base = base;
    }

    /** A message that is to be sent, and where it stands. */
    record Due(String id, int attempts, Instant madeAt, Instant nextAt, Target target, Notice notice) {}

    /** Adds what is to be said in this moment, to those who are not muted. */
    void add(Transaction tx, Alert alert, Moment moment, long unsaid, Instant now) throws SQLException {
        String link = AlertTexts.link(base, alert);
        JdbcMutes.Told told = JdbcMutes.told(tx, alert, now);
        String text = AlertTexts.text(alert, moment, unsaid) + AlertTexts.notTold(told.muted());
        for (Target target : notifier.targets(told.receivers())) {
            tx.add(
                    "insert into alert_message (id, alert_id, target, told, title, body, link, made_at, state, attempts,"
                            + " next_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                    row -> {
                        row.setString(1, UuidCreator.getTimeOrderedEpochPlus1().toString());
                        row.setString(2, alert.id());
                        row.setString(3, target.text());
                        row.setString(4, moment.word());
                        row.setString(5, AlertRows.text(AlertTexts.title(alert, moment), LONGEST_TITLE));
                        row.setString(6, AlertRows.text(text, LONGEST_TEXT));
                        row.setString(7, link);
                        row.setObject(8, AlertRows.at(now));
                        row.setString(9, State.WAITING.word());
                        row.setObject(10, AlertRows.at(now));
                    });
        }
    }

    /** Those whose time to be sent has come, oldest first. */
    List<Due> due(Instant now, int most) {
        String sql = "select m.id, m.attempts, m.made_at, m.next_at, m.target, m.told, m.title, m.body, m.link, a.kind,"
                + " a.subject, a.run_id, a.id as alert_id from alert_message m join alert a on a.id = m.alert_id"
                + " where m.state = 'waiting' and m.next_at <= ? order by m.next_at, m.id limit " + most;
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, AlertRows.at(now));
            List<Due> due = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    due.add(due(rows));
                }
            }
            return due;
        } catch (SQLException e) {
            throw new IllegalStateException("messages of alerts cannot be read", e);
        }
    }

    private static Due due(ResultSet row) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("alert", row.getString("alert_id"));
        facts.put("kind", row.getString("kind"));
        facts.put("subject", row.getString("subject"));
        facts.put("state", row.getString("told"));
        String run = row.getString("run_id");
        if (run != null) {
            facts.put("run", run);
        }
        Instant made = AlertRows.instant(row, "made_at");
        String target = row.getString("target");
        return new Due(
                row.getString("id"),
                row.getInt("attempts"),
                made,
                AlertRows.instant(row, "next_at"),
                Target.parse(target)
                        .orElseThrow(() -> new SQLException("the target of an alert is damaged: " + target)),
                new Notice(
                        row.getString("id"),
                        made,
                        row.getString("title"),
                        row.getString("body"),
                        row.getString("link"),
                        facts));
    }

    /** Takes a message for one attempt; false when another replica was faster. Nobody else tries it before {@code next}. */
    boolean claim(Due message, Instant next) {
        return store.commits()
                .call(
                        tx -> {
                            PreparedStatement claim = tx.query(
                                    "update alert_message set attempts = attempts + 1, next_at = ? where id = ? and"
                                            + " state = 'waiting' and attempts = ?");
                            claim.setObject(1, AlertRows.at(next));
                            claim.setString(2, message.id());
                            claim.setInt(3, message.attempts());
                            return claim.executeUpdate() == 1;
                        },
                        0)
                .join();
    }

    /** Says how the attempt ended for which the message was claimed; one that was claimed anew meanwhile is left alone. */
    void ended(Due message, State state, Instant at, @Nullable String problem) {
        store.commits()
                .write(tx -> tx.add(
                        "update alert_message set state = ?, next_at = ?, problem = ? where id = ? and attempts = ?",
                        row -> {
                            row.setString(1, state.word());
                            row.setObject(2, AlertRows.at(at));
                            row.setString(3, problem == null ? null : AlertRows.text(problem, LONGEST_PROBLEM));
                            row.setString(4, message.id());
                            row.setInt(5, message.attempts() + 1);
                        }))
                .join();
    }

    /** The newest of each alert, in the order in which they were made. */
    List<Message> of(Collection<String> alerts) {
        List<Message> all = new ArrayList<>();
        String sql = "select alert_id, target, state, attempts, next_at, problem from alert_message where alert_id = ?"
                + " order by id desc limit " + SHOWN;
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (String alert : alerts) {
                query.setString(1, alert);
                List<Message> found = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Message(
                                rows.getString(1),
                                Target.parse(rows.getString(2))
                                        .map(Target::toString)
                                        .orElse(""),
                                State.of(rows.getString(3)),
                                rows.getInt(4),
                                AlertRows.instant(rows, "next_at"),
                                rows.getString(6)));
                    }
                }
                Collections.reverse(found);
                all.addAll(found);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException("messages of alerts cannot be read", e);
        }
    }

    /** Forgets what was sent, or given up, long ago, of alerts that are still open. */
    void sweep(Instant before) {
        store.commits()
                .write(tx -> tx.add(
                        "delete from alert_message where state <> 'waiting' and made_at < ?",
                        row -> row.setObject(1, AlertRows.at(before))))
                .join();
    }

    /** How long until a message is tried again. */
    static Duration pause(int attempts) {
        return attempts >= 8 ? Duration.ofMinutes(30) : Duration.ofSeconds(10L << attempts);
    }
}
