package io.patchbay.alert;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.alert.AlertRows.Kept;
import io.patchbay.run.RunHistory.Slice;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Alerts in the store. One that is open is so once for a kind and subject, whichever replica saw it; what is to be said of it is
 * written in the same commit, so that it is said once.
 */
public final class JdbcAlerts implements Alerts {

    private static final String SELECT = "select " + AlertRows.COLUMNS + " from alert ";
    private static final int GROUP = 500;

    private final Store store;
    private final AlertMessages messages;

    /** Alerts whose messages are written so. */
    JdbcAlerts(Store store, AlertMessages messages) {
        this.store = store;
        this.messages = messages;
    }

    /** Something is the matter: opens an alert, or adds to the one that is open. Returns when that is synced. */
    void raise(Occurrence what, Instant now) {
        store.commits()
                .write(tx -> {
                    Kept open = one(tx, "where open_key = ? for update", what.key());
                    Kept before = open == null ? latest(tx, what, now) : open;
                    if (before == null) {
                        open(tx, what, now);
                    } else {
                        add(tx, before, what, now);
                    }
                })
                .join();
    }

    /** One that was over a moment ago comes up again without a word: who was told of its end is told after a while. */
    private static @Nullable Kept latest(Transaction tx, Occurrence what, Instant now) throws SQLException {
        PreparedStatement query =
                tx.query(SELECT + "where kind = ? and subject = ? order by id desc limit 1 for update");
        query.setString(1, what.kind().word());
        query.setString(2, what.subject());
        try (ResultSet row = query.executeQuery()) {
            Kept last = row.next() ? AlertRows.read(row) : null;
            return last != null && (last.unsaid() > 0 || last.sayAt().isAfter(now)) ? last : null;
        }
    }

    private static @Nullable Kept one(Transaction tx, String where, String value) throws SQLException {
        PreparedStatement query = tx.query(SELECT + where);
        query.setString(1, value);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? AlertRows.read(row) : null;
        }
    }

    private void open(Transaction tx, Occurrence what, Instant now) throws SQLException {
        Alert alert = new Alert(
                UuidCreator.getTimeOrderedEpochPlus1().toString(),
                what.kind(),
                what.subject(),
                now,
                now,
                null,
                Math.max(1, what.times()),
                AlertRows.text(what.sentence()),
                AlertRows.run(what.run()),
                what.to());
        insert(tx, what.key(), alert, Moment.OPENED, now.plus(what.again()), what.every());
        messages.add(tx, alert, Moment.OPENED, 0, now);
    }

    private static void insert(
            Transaction tx, @Nullable String key, Alert alert, Moment told, Instant sayAt, Duration every)
            throws SQLException {
        tx.add(
                "insert into alert (open_key, " + AlertRows.COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row -> {
                    row.setString(1, key);
                    row.setString(2, alert.id());
                    row.setString(3, alert.kind().word());
                    row.setString(4, alert.subject());
                    row.setObject(5, AlertRows.at(alert.openedAt()));
                    row.setObject(6, AlertRows.at(alert.lastAt()));
                    row.setObject(7, alert.overAt() == null ? null : AlertRows.at(alert.overAt()));
                    row.setLong(8, alert.times());
                    row.setLong(9, 0);
                    row.setString(10, alert.sentence());
                    row.setString(11, alert.run());
                    row.setString(12, told.word());
                    row.setObject(13, AlertRows.at(alert.lastAt()));
                    row.setObject(14, AlertRows.at(sayAt));
                    row.setLong(15, every.toMillis());
                    row.setString(16, AlertRows.json(alert.receivers()));
                });
    }

    /** The end of a mute, said once, and only where something was left out. Returns when that is synced. */
    void unmuted(Mutes.Mute mute, String sentence, List<String> to, Instant now) {
        store.commits()
                .write(tx -> {
                    if (!JdbcMutes.takeOut(tx, mute) || mute.held() == 0) {
                        return;
                    }
                    Alert end = new Alert(
                            UuidCreator.getTimeOrderedEpochPlus1().toString(),
                            AlertKind.MUTED,
                            mute.name(),
                            mute.since(),
                            now,
                            now,
                            mute.held(),
                            AlertRows.text(sentence),
                            null,
                            to);
                    insert(tx, null, end, Moment.OVER, now, Duration.ZERO);
                    messages.add(tx, end, Moment.OVER, 0, now);
                })
                .join();
    }

    private void add(Transaction tx, Kept before, Occurrence what, Instant now) throws SQLException {
        Alert was = before.alert();
        Alert alert = new Alert(
                was.id(),
                was.kind(),
                was.subject(),
                was.openedAt(),
                now,
                null,
                was.times() + what.times(),
                AlertRows.text(what.sentence()),
                AlertRows.run(what.run()),
                what.to());
        long unsaid = before.unsaid() + what.times();
        boolean due = !before.sayAt().isAfter(now);
        tx.add(
                "update alert set open_key = ?, last_at = ?, over_at = null, times = ?, unsaid = ?, sentence = ?, run_id = ?,"
                        + " every_ms = ?, receivers = ? where id = ?",
                row -> {
                    row.setString(1, what.key());
                    row.setObject(2, AlertRows.at(now));
                    row.setLong(3, alert.times());
                    row.setLong(4, unsaid);
                    row.setString(5, alert.sentence());
                    row.setString(6, alert.run());
                    row.setLong(7, what.every().toMillis());
                    row.setString(8, AlertRows.json(what.to()));
                    row.setString(9, alert.id());
                });
        if (due) {
            say(tx, alert, Moment.GOES_ON, unsaid, now, now.plus(what.again()));
        }
    }

    private void say(Transaction tx, Alert alert, Moment moment, long unsaid, Instant now, Instant next)
            throws SQLException {
        tx.add("update alert set told = ?, told_at = ?, say_at = ?, unsaid = 0 where id = ?", row -> {
            row.setString(1, moment.word());
            row.setObject(2, AlertRows.at(now));
            row.setObject(3, AlertRows.at(next));
            row.setString(4, alert.id());
        });
        messages.add(tx, alert, moment, unsaid, now);
    }

    /**
     * It is over, if it was open. People are told unless the last that they heard was that it is:
     * then {@link #sayWhatGoesOn} tells what happened in between. Returns when that is synced.
     *
     * @param sentence what is so again; null when nobody is told, because what it was about is gone
     */
    void over(AlertKind kind, String subject, @Nullable String sentence, Instant now) {
        store.commits()
                .write(tx -> {
                    Kept open = one(tx, "where open_key = ? for update", Occurrence.key(kind, subject));
                    if (open == null) {
                        return;
                    }
                    Alert was = open.alert();
                    Alert alert = new Alert(
                            was.id(),
                            kind,
                            subject,
                            was.openedAt(),
                            was.lastAt(),
                            now,
                            was.times(),
                            AlertRows.text(sentence == null ? was.sentence() : sentence),
                            was.run(),
                            was.receivers());
                    tx.add("update alert set open_key = null, over_at = ?, unsaid = ? where id = ?", row -> {
                        row.setObject(1, AlertRows.at(now));
                        row.setLong(2, sentence == null ? 0 : open.unsaid());
                        row.setString(3, was.id());
                    });
                    if (sentence != null && open.told() != Moment.OVER) {
                        say(tx, alert, Moment.OVER, 0, now, now.plusMillis(open.everyMillis()));
                    }
                })
                .join();
    }

    /** Says of those that went on, or came and went, and of which nothing was said for long enough, that they do or did. */
    void sayWhatGoesOn(Instant now) {
        for (Kept due : read(
                "where unsaid > 0 and say_at <= ? order by id limit " + GROUP,
                query -> query.setObject(1, AlertRows.at(now)))) {
            store.commits()
                    .write(tx -> {
                        Kept one =
                                one(tx, "where id = ? for update", due.alert().id());
                        if (one != null && one.unsaid() > 0 && !one.sayAt().isAfter(now)) {
                            Moment moment = one.alert().open() ? Moment.GOES_ON : Moment.OVER;
                            say(tx, one.alert(), moment, one.unsaid(), now, now.plusMillis(one.everyMillis()));
                        }
                    })
                    .join();
        }
    }

    /** Those that are open, by key. */
    Map<String, Alert> open() {
        Map<String, Alert> open = new LinkedHashMap<>();
        for (Kept one : read("where open_key is not null order by id", query -> {})) {
            open.put(Occurrence.key(one.alert().kind(), one.alert().subject()), one.alert());
        }
        return open;
    }

    /** The newest of a kind and subject. */
    Optional<Alert> newest(AlertKind kind, String subject) {
        return read("where kind = ? and subject = ? order by id desc limit 1", query -> {
                    query.setString(1, kind.word());
                    query.setString(2, subject);
                })
                .stream()
                .map(Kept::alert)
                .findFirst();
    }

    /** Of instances, those that are open or were after an instant. */
    List<Alert> outages(Instant after) {
        return read(
                        "where kind in ('sign_in', 'unreachable') and (open_key is not null or over_at >= ?) order by id",
                        query -> query.setObject(1, AlertRows.at(after)))
                .stream()
                .map(Kept::alert)
                .toList();
    }

    @Override
    public Slice<Alert> list(Query which) {
        StringBuilder where = new StringBuilder("where 1 = 1");
        List<String> values = new ArrayList<>();
        with(
                where,
                values,
                " and kind = ?",
                which.kind() == null ? null : which.kind().word());
        with(where, values, " and subject = ?", which.subject());
        with(where, values, " and id < ?", which.after());
        if (which.open() != null) {
            where.append(which.open() ? " and open_key is not null" : " and open_key is null");
        }
        if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            return new Slice<>(List.of(), null); // no column has one, and PostgreSQL does not even compare it
        }
        int most = Math.max(1, Math.min(500, which.limit()));
        List<Alert> found = read(where + " order by id desc limit " + (most + 1), query -> {
                    for (int i = 0; i < values.size(); i++) {
                        query.setString(i + 1, values.get(i));
                    }
                })
                .stream()
                .map(Kept::alert)
                .toList();
        return found.size() <= most
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, most), found.get(most - 1).id());
    }

    private static void with(StringBuilder where, List<String> values, String condition, @Nullable String value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    @Override
    public List<Alert.Message> messages(Collection<String> alerts) {
        return messages.of(alerts);
    }

    /** Forgets those that were over before. */
    void sweep(Instant before) {
        List<Kept> old;
        do {
            old = read(
                    "where open_key is null and over_at < ? order by id limit " + GROUP,
                    query -> query.setObject(1, AlertRows.at(before)));
            List<String> ids = old.stream().map(one -> one.alert().id()).toList();
            store.commits()
                    .write(tx -> {
                        for (String id : ids) {
                            tx.add("delete from alert where id = ?", row -> row.setString(1, id));
                            tx.add("delete from alert_message where alert_id = ?", row -> row.setString(1, id));
                        }
                    })
                    .join();
        } while (old.size() == GROUP);
        messages.sweep(before);
    }

    private List<Kept> read(String where, Transaction.Bind bind) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(SELECT + where)) {
            bind.to(query);
            List<Kept> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(AlertRows.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("alerts cannot be read", e);
        }
    }
}
