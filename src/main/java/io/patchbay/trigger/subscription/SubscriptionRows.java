package io.patchbay.trigger.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What systems were asked to send, in the database. */
final class SubscriptionRows {

    /** Longer than any call takes; a runtime that died leaves its row to the others then. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final int LONGEST = 1_000;
    private static final String SELECT =
            "select instance, event, wanted_until, told, address, subscription, attempts, next_at, failure"
                    + " from event_subscription";

    private final JdbcTemplate jdbc;
    private final String owner = UUID.randomUUID().toString();

    SubscriptionRows(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    List<Subscription> all() {
        return query(SELECT + " order by instance, event");
    }

    @Nullable
    Subscription find(InstanceEvent key) {
        List<Subscription> found = query(SELECT + " where instance = ? and event = ?", key.instance(), key.event());
        return found.isEmpty() ? null : found.get(0);
    }

    /** Says that the event is wanted until then; never makes that shorter. */
    void want(InstanceEvent key, Instant now, Instant until) {
        String renew =
                "update event_subscription set wanted_until = greatest(wanted_until, ?) where instance = ? and event = ?";
        if (jdbc.update(renew, at(until), key.instance(), key.event()) == 0) {
            try {
                jdbc.update(
                        "insert into event_subscription (instance, event, wanted_until, attempts, next_at) values (?, ?, ?, 0, ?)",
                        key.instance(),
                        key.event(),
                        at(until),
                        at(now));
            } catch (DataAccessException e) {
                // Another runtime was faster, or nothing can be written: then this fails as well.
                jdbc.update(renew, at(until), key.instance(), key.event());
            }
        }
    }

    /** Takes the row for this runtime; false when another one is at it. */
    boolean claim(InstanceEvent key, Instant now) {
        return jdbc.update(
                        "update event_subscription set claimed_by = ?, claimed_until = ? where instance = ? and event = ?"
                                + " and (claimed_until is null or claimed_until < ?)",
                        owner,
                        at(now.plus(CLAIM)),
                        key.instance(),
                        key.event(),
                        at(now))
                == 1;
    }

    /** Writes what a claimed row says now, and keeps it claimed. */
    void write(Subscription of) {
        jdbc.update(
                "update event_subscription set told = ?, address = ?, subscription = ?, attempts = ?, next_at = ?, failure = ?"
                        + " where instance = ? and event = ? and claimed_by = ?",
                of.told(),
                of.address(),
                of.id(),
                of.attempts(),
                at(of.nextAt()),
                cut(of.failure()),
                of.key().instance(),
                of.key().event(),
                owner);
    }

    void release(InstanceEvent key) {
        jdbc.update(
                "update event_subscription set claimed_by = null, claimed_until = null"
                        + " where instance = ? and event = ? and claimed_by = ?",
                key.instance(),
                key.event(),
                owner);
    }

    /** Forgets a claimed row, unless it is wanted again meanwhile. */
    void forget(InstanceEvent key, Instant now) {
        jdbc.update(
                "delete from event_subscription where instance = ? and event = ? and claimed_by = ? and wanted_until < ?",
                key.instance(),
                key.event(),
                owner,
                at(now));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private List<Subscription> query(String sql, Object... values) {
        return jdbc.query(sql, (row, at) -> subscription(row), values);
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        return new Subscription(
                new InstanceEvent(row.getString(1), row.getString(2)),
                time(row, 3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                time(row, 8),
                row.getString(9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
