package io.patchbay.run.jdbc;

import io.patchbay.queue.QueuedStart;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds runs among millions. Each condition has an index that ends with the id, so that a page is read in order and no further; times are
 * bounds of the id, which begins with the time (UUIDv7, RFC 9562, section 5.7).
 */
final class RunSearch {

    private static final String ABOUT = "r.id in (select run_id from tracked where item = ? union all"
            + " select f.run_id from failed_key k join failed_payload f on f.id = k.failed_id where k.item = ?)";
    private static final String REASON = "lower(r.reason) like ? escape '!'";
    /** The same where no index is to be asked. */
    private static final String READ_REASON = "lower(r.reason || '') like ? escape '!'";

    private static final String NEWEST = " order by r.id desc limit ?";
    /** How many of the newest that have a reason are looked at one by one, before windows of time. */
    private static final int NEWEST_TOLD = 2_000;

    private static final String NAMED = "(r.id >= ? and r.id < ?) or r.trigger_kind = ?";
    /** Behind all that an id consists of. */
    static final String BEHIND = "~";

    /** The last instant that an id can tell: it has 48 bits of milliseconds. */
    private static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);

    private static final int LONGEST_ITEM = 255;
    private static final int LONGEST_VALUE = 4_000;

    private final Store store;
    private final ReasonWindows windows;

    RunSearch(Store store) {
        this.store = store;
        this.windows = new ReasonWindows(store);
    }

    /** Runs for which all holds, newest first. */
    List<RunRecord> stored(RunQuery query, int limit) throws SQLException {
        Where where = where(query);
        String text = query.q() == null ? "" : query.q().strip().toLowerCase(Locale.ROOT);
        boolean findable = RunQuery.findable(text);
        if (query.error() != null) {
            return withReason(
                    query,
                    text.isEmpty()
                            ? where
                            : findable
                                    ? where.and(
                                            "(" + NAMED + " or " + REASON + ")", text, text + BEHIND, text, holds(text))
                                    : where.and("(" + NAMED + ")", text, text + BEHIND, text),
                    query.error(),
                    limit);
        }
        if (text.isEmpty()) {
            return read(where.clause() + NEWEST, where.values(), limit);
        }
        // One after the other, each by its own index: all in one would be found by reading every run.
        Map<String, RunRecord> found = new TreeMap<>(Comparator.reverseOrder());
        List<RunRecord> all = new ArrayList<>(findable ? withReason(query, where, text, limit) : List.of());
        Where id = where.and("r.id >= ?", text).and("r.id < ?", text + BEHIND);
        all.addAll(read(id.clause() + NEWEST, id.values(), limit));
        Where trigger = where.and("r.trigger_kind = ?", text);
        all.addAll(read(trigger.clause() + NEWEST, trigger.values(), limit));
        all.forEach(run -> found.put(run.id(), run));
        return found.values().stream().limit(limit).toList();
    }

    /**
     * Runs whose reason holds a text. What many have is among the newest of those that failed; else it is looked for in windows of time. Which
     * of the two it is the database guesses wrongly, so it is told.
     */
    private List<RunRecord> withReason(RunQuery query, Where where, String text, int limit) throws SQLException {
        String holding = holds(text);
        if (!store.database().dialect().shared()) {
            // No index holds reasons, so they are read; the newest first, until there are enough.
            Where holds = where.and(REASON, holding);
            return read(holds.clause() + NEWEST, holds.values(), limit);
        }
        Where told = where.and("r.reason is not null");
        List<String> values = new ArrayList<>(told.values());
        values.add(holding);
        String newest = " from (select " + RunRows.COLUMNS + told.clause() + " order by r.id desc limit " + NEWEST_TOLD
                + ") r where " + REASON;
        List<RunRecord> found = read(newest + NEWEST, values, limit);
        if (found.size() == limit) {
            return found;
        }
        if (query.businessKey() != null) {
            // Few runs are about one thing: they are found by it, and the text is no way to them.
            Where about = where.and(READ_REASON, holding);
            return read(about.clause() + NEWEST, about.values(), limit);
        }
        if (windows.there() && windows.many(holding)) {
            List<String> ids = windows.newest(bounds(query), where.and(REASON, holding), limit);
            return ids.isEmpty()
                    ? List.of()
                    : read(" from run r where r.id in (?" + ", ?".repeat(ids.size() - 1) + ")" + NEWEST, ids, limit);
        }
        // Three times the same: of three letters the database believes that every 25th reason holds them, and reads
        // them all. That three
        // conditions hold at once it believes of so few that it takes the index.
        Where holds = where.and(REASON, holding).and(REASON, holding).and(REASON, holding);
        return read(
                " from (select " + RunRows.COLUMNS + holds.clause() + " offset 0) r" + NEWEST, holds.values(), limit);
    }

    private static Where where(RunQuery query) {
        Where where = bounds(query)
                .and("r.flow = ?", query.flow())
                .and("r.status = ?", query.status() == null ? null : RunRows.name(query.status()))
                .and("r.trigger_kind = ?", query.trigger());
        if (query.businessKey() == null) {
            return where;
        }
        String item = Kept.some(query.businessKey(), LONGEST_ITEM);
        return where.and(ABOUT, item, item);
    }

    /** What is asked of ids. */
    private static Where bounds(RunQuery query) {
        return Where.ALL
                .and("r.id >= ?", query.since() == null ? null : first(query.since()))
                .and("r.id < ?", query.until() == null ? null : first(query.until()))
                .and("r.id < ?", query.after());
    }

    private List<RunRecord> read(String from, List<String> values, int limit) throws SQLException {
        List<RunRecord> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("select " + RunRows.COLUMNS + from)) {
            bind(statement, 0, values);
            statement.setInt(values.size() + 1, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(RunRows.read(rows, null, null));
                }
            }
        }
        return found;
    }

    /** Sets the values behind some that are set. */
    static void bind(PreparedStatement statement, int behind, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(behind + i + 1, Kept.some(values.get(i), LONGEST_VALUE));
        }
    }

    /** Conditions that all hold, with their values. */
    record Where(List<String> conditions, List<String> values) {

        static final Where ALL = new Where(List.of(), List.of());

        /** With one more; the same when nothing is asked. */
        Where and(String condition, @Nullable String value) {
            return value == null ? this : and(condition, new String[] {value});
        }

        Where and(String condition, String... more) {
            List<String> all = new ArrayList<>(conditions);
            all.add(condition);
            List<String> with = new ArrayList<>(values);
            with.addAll(List.of(more));
            return new Where(all, with);
        }

        String clause() {
            return " from run r" + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
        }
    }

    /** Whether a start that has no run yet is one of those that are meant. */
    static boolean meant(RunQuery query, QueuedStart start) {
        String text = query.q() == null ? "" : query.q().strip().toLowerCase(Locale.ROOT);
        return query.error() == null
                && query.businessKey() == null
                && (query.trigger() == null || query.trigger().equals(start.trigger()))
                && (query.since() == null || start.id().compareTo(first(query.since())) >= 0)
                && (query.until() == null || start.id().compareTo(first(query.until())) < 0)
                && (start.id().startsWith(text) || start.trigger().equals(text));
    }

    /** Where the ids of an instant begin. */
    private static String first(Instant at) {
        Instant told = at.isAfter(LAST) ? LAST : at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
        long millis = told.toEpochMilli();
        String hex = String.format(Locale.ROOT, "%012x", millis);
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }

    private static String holds(String text) {
        return "%"
                + text.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
    }
}
