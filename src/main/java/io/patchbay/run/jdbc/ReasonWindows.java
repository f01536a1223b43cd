package io.patchbay.run.jdbc;

import io.patchbay.run.jdbc.RunSearch.Where;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The newest runs whose reason holds a text, on PostgreSQL: window by window of time, so that what many old runs have is not read whole to find
 * the newest of them. A window is what ids begin with, and stands in the index beside the trigrams; one with too many runs is
 * looked at in its sixteen parts.
 */
final class ReasonWindows {

    /** The first hexadecimal digits of an id are its time in milliseconds; five of them are 75 hours, six 4.7 hours. */
    private static final int OLD = 5;

    private static final int NEW = 6;
    /** Eight are 65 seconds. */
    private static final int FINEST = 8;

    /** How many windows of {@link #OLD} back the smaller ones reach: 62 days. */
    private static final int REACH = 20;
    /** How many runs of a window are read without an order. */
    private static final int MOST = 1_000;

    /** Of fewer all are read by their trigrams, which is sooner done than a look at each window. */
    private static final long FEW = 10_000;

    /** Of the column itself the database knows what many rows have; of an expression in an index of a part of the rows it does not ask. */
    private static final String COUNTED = "explain select 1 from run r where r.reason ilike ? escape '!'";

    private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

    private static final String THERE =
            "select count(*) from pg_indexes where indexname = 'run_reason_at' and schemaname = any (current_schemas(false))";
    private static final String PART = "substr(r.id, 1, %d) = ";

    private final Store store;
    private volatile @Nullable Boolean there;

    ReasonWindows(Store store) {
        this.store = store;
    }

    /** Whether the database has the index; it has none without its extensions, and none that is a file. */
    boolean there() throws SQLException {
        Boolean known = there;
        if (known == null) {
            known = store.database().dialect().shared() && hasIndex();
            there = known;
        }
        return known;
    }

    private boolean hasIndex() throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(THERE)) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    /** Whether the database takes the text for one that many have, by what it saw of reasons when it last counted. */
    boolean many(String holding) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(COUNTED)) {
            RunSearch.bind(statement, 0, List.of(holding));
            try (ResultSet row = statement.executeQuery()) {
                Matcher rows = ROWS.matcher(row.next() ? row.getString(1) : "");
                return rows.find() && Long.parseLong(rows.group(1)) > FEW;
            }
        }
    }

    /**
     * Ids, newest first.
     *
     * @param bounds of ids
     * @param where what else holds, the text among it
     */
    List<String> newest(Where bounds, Where where, int limit) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection()) {
            Where told = bounds.and("r.reason is not null");
            List<String> last = ids(connection, told.clause() + " order by r.id desc limit ?", told.values(), 1);
            List<String> first = ids(connection, told.clause() + " order by r.id limit ?", told.values(), 1);
            if (last.isEmpty() || first.isEmpty()) {
                return List.of();
            }
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                List<String> found = new ArrayList<>();
                Search search = new Search(connection, where.and("r.reason is not null"), limit, found);
                search.bitmapsOnly(true);
                long newest = number(last.get(0), NEW);
                long until = Math.max(number(first.get(0), NEW), ((newest >> 4) - REACH) << 4);
                search.gather(windows(newest, until, NEW));
                search.gather(windows((until >> 4) - 1, number(first.get(0), OLD), OLD));
                return found;
            } finally {
                connection.rollback();
                connection.setAutoCommit(auto);
            }
        }
    }

    private static long number(String id, int digits) {
        return Long.parseLong(id.substring(0, digits), 16);
    }

    private static List<String> windows(long newest, long oldest, int digits) {
        List<String> windows = new ArrayList<>();
        for (long window = newest; window >= oldest; window--) {
            windows.add(String.format(Locale.ROOT, "%0" + digits + "x", window));
        }
        return windows;
    }

    private static List<String> ids(Connection connection, String from, List<String> values, int limit)
            throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select r.id" + from)) {
            RunSearch.bind(statement, 0, values);
            statement.setInt(values.size() + 1, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** One search. */
    private record Search(Connection connection, Where where, int limit, List<String> found) {

        /** Of what stands in a window the database knows nothing, and guesses that a look at runs one by one ends soon. */
        void bitmapsOnly(boolean only) throws SQLException {
            String others = only ? "off" : "on";
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local enable_seqscan = " + others);
                statement.execute("set local enable_indexscan = " + others);
                statement.execute("set local enable_indexonlyscan = " + others);
            }
        }

        /** Adds what windows of one size hold, the newest first, until there is enough. */
        void gather(List<String> windows) throws SQLException {
            int from = 0;
            while (found.size() < limit && from < windows.size()) {
                String window = next(windows.subList(from, windows.size()));
                if (window == null) {
                    return;
                }
                from = windows.indexOf(window) + 1;
                Where inside = where.and(PART.formatted(window.length()) + "?", window);
                // Behind "offset 0" the limit does not tell the database to stop early, so it does not try to.
                List<String> some = ids(
                        connection,
                        " from (select r.id" + inside.clause() + " offset 0) r limit ?",
                        inside.values(),
                        MOST + 1);
                if (some.size() <= MOST) {
                    some.sort(Comparator.reverseOrder());
                    add(some);
                } else if (window.length() == FINEST) {
                    add(dense(window));
                } else {
                    long first = Long.parseLong(window, 16) << 4;
                    gather(windows(first + 15, first, window.length() + 1));
                }
            }
        }

        private void add(List<String> ids) {
            found.addAll(ids.subList(0, Math.min(ids.size(), limit - found.size())));
        }

        /** The newest of a minute in which so many have it that one after the other is looked at. */
        private List<String> dense(String window) throws SQLException {
            bitmapsOnly(false);
            Where inside = where.and("r.id >= ?", window).and("r.id < ?", window + RunSearch.BEHIND);
            List<String> newest =
                    ids(connection, inside.clause() + " order by r.id desc limit ?", inside.values(), limit);
            bitmapsOnly(true);
            return newest;
        }

        /** The first window that holds any; null when none does. */
        private @Nullable String next(List<String> windows) throws SQLException {
            Where inside = where.and(PART.formatted(windows.get(0).length()) + "w.part", new String[0]);
            String sql =
                    "select w.part from (select u.part from unnest(?) with ordinality u(part, place) order by u.place"
                            + " offset 0) w where exists (select 1" + inside.clause() + " offset 0) limit 1";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", windows.toArray()));
                RunSearch.bind(statement, 1, inside.values());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getString(1) : null;
                }
            }
        }
    }
}
