package io.patchbay.run.counts;

import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.counts.SumTable.Counted;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import io.patchbay.store.UnsyncedWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts runs as they end, adds up in memory, and writes once a second what came: a row for each flow, hour and shape that something
 * happened to, however many runs it were. Replicas add to the same rows.
 */
public final class JdbcRunCounts implements RunCounts, RunListener, AutoCloseable {

    /** All flows together; no flow has such an id. */
    private static final String ALL = "*";

    private static final System.Logger LOG = System.getLogger(JdbcRunCounts.class.getName());
    private static final List<String> RUNS = List.of(
            "succeeded",
            "partial",
            "failed",
            "stopped",
            "payloads",
            "payloads_failed",
            "records",
            "bytes_in",
            "bytes_out",
            "took_ms");
    private static final List<String> SHAPES = List.of(
            "payloads_in",
            "payloads_out",
            "payloads_failed",
            "records_in",
            "records_out",
            "bytes_in",
            "bytes_out",
            "attempts",
            "took_ms");
    private static final String LONGEST = "longest_ms";
    private static final String BY_FLOW =
            "select flow, " + sums(RUNS) + ", max(longest_ms) from run_hour where at_hour >= ? group by flow";
    private static final String BY_HOUR = "select at_hour, " + String.join(", ", RUNS)
            + ", longest_ms from run_hour where flow = ? and at_hour >= ? and at_hour < ?";
    private static final String RECORDS =
            "select at_hour, records from run_hour where flow = ? and at_hour >= ? and at_hour < ?";
    private static final String BY_TIME =
            "select at_hour, time_class, runs from run_took where flow = ? and at_hour >= ? and at_hour < ?";
    private static final String BY_SHAPE =
            "select shape, " + sums(SHAPES) + " from shape_hour where flow = ? and at_hour >= ? group by shape";
    private static final String COLUMNS = "x.flow, x.id, x.status, x.queued_at, x.started_at, x.ended_at";
    private static final String NEWEST =
            "select " + COLUMNS + " from run x where x.flow = ? order by x.id desc limit 1";
    private static final String NEWEST_OF_ALL = "select x.* from unnest(cast(? as varchar[])) as f(flow)"
            + " cross join lateral (select " + COLUMNS
            + " from run x where x.flow = f.flow order by x.id desc limit 1) x";

    private final Store store;
    private final UnsyncedWriter writer;
    private final Clock clock;
    private final CountsProperties bounds;
    private final SumTable runs;
    private final SumTable times;
    private final SumTable shapes;
    private final ScheduledExecutorService worker;

    /** Opens them, writes every second and sweeps every hour. */
    @SuppressWarnings("FutureReturnValueIgnored") // both report their own failures
    public JdbcRunCounts(Store store, CountsProperties bounds, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.bounds = bounds;
        this.writer = new UnsyncedWriter(store);
        var dialect = store.database().dialect();
        this.runs = new SumTable(dialect, "run_hour", "", RUNS, LONGEST);
        this.times = new SumTable(dialect, "run_took", "time_class", List.of("runs"), "");
        this.shapes = new SumTable(dialect, "shape_hour", "shape", SHAPES, "");
        this.worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patchbay-counts");
            thread.setDaemon(true);
            return thread;
        });
        worker.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
        worker.scheduleWithFixedDelay(() -> sweep(clock.instant()), 5, 60, TimeUnit.MINUTES);
    }

    @Override
    public void ended(RunRecord run) {
        int hour = hour(run.endedAt() == null ? clock.instant() : run.endedAt());
        Sums sums = Sums.of(run);
        String time = String.valueOf(Times.classOf(sums.tookMs()));
        for (String flow : List.of(run.flow(), ALL)) {
            runs.add(new Counted(flow, hour, ""), sums.values());
            times.add(new Counted(flow, hour, time), 1);
        }
        for (RunRecord.ShapeRecord shape : run.shapes()) {
            if (shape.attempts() + shape.payloadsIn() + shape.payloadsFailed() > 0) {
                shapes.add(
                        new Counted(run.flow(), hour, shape.shape()),
                        ShapeSums.of(shape).values());
            }
        }
    }

    /** Writes at once what waits. */
    public synchronized void write() {
        Map<Counted, long[]> newRuns = runs.take();
        Map<Counted, long[]> newTimes = times.take();
        Map<Counted, long[]> newShapes = shapes.take();
        // What belongs to a run is added bit by bit: the rest of it may come alone.
        if (newRuns.isEmpty() && newTimes.isEmpty() && newShapes.isEmpty()) {
            return;
        }
        try {
            writer.write(tx -> write(tx, newRuns, newTimes, newShapes));
        } catch (SQLException | RuntimeException e) {
            // If it was the answer to the commit that got lost, this second is counted twice.
            newRuns.forEach(runs::add);
            newTimes.forEach(times::add);
            newShapes.forEach(shapes::add);
            LOG.log(System.Logger.Level.WARNING, "runs could not be counted, tried again: {0}", e.getMessage());
        }
        long left = runs.left() + times.left() + shapes.left();
        if (left > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0} times something was not counted: too much waits", left);
        }
    }

    private void write(
            Transaction tx, Map<Counted, long[]> newRuns, Map<Counted, long[]> newTimes, Map<Counted, long[]> newShapes)
            throws SQLException {
        runs.write(tx, newRuns);
        times.write(tx, newTimes);
        shapes.write(tx, newShapes);
    }

    /** Deletes counts that are past their time. */
    public void sweep(Instant now) {
        try {
            writer.write(tx -> {
                for (String table : List.of("run_hour", "run_took")) {
                    tx.add(
                            "delete from " + table + " where at_hour < ?",
                            row -> row.setInt(1, hour(now.minus(bounds.keep()))));
                }
                tx.add(
                        "delete from shape_hour where at_hour < ?",
                        row -> row.setInt(1, hour(now.minus(bounds.keepShapes()))));
            });
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "counts of runs could not be swept; trying again later", e);
        }
    }

    @Override
    public Map<String, Sums> byFlow(Instant since) {
        Map<String, Sums> found = new HashMap<>();
        read(BY_FLOW, query -> query.setInt(1, hour(since)), row -> found.put(row.getString(1), sums(row)));
        found.remove(ALL);
        return found;
    }

    @Override
    public Map<String, Newest> newest(Collection<String> flows) {
        Map<String, Newest> found = new HashMap<>();
        Row each = row -> found.put(row.getString(1), newest(row));
        if (flows.isEmpty()) {
            return found;
        }
        if (store.database().dialect().shared()) {
            read(
                    NEWEST_OF_ALL,
                    query -> query.setArray(
                            1, query.getConnection().createArrayOf("varchar", flows.toArray(String[]::new))),
                    each);
        } else {
            // In the same process: each costs as much as a look into an index.
            flows.forEach(flow -> read(NEWEST, query -> query.setString(1, flow), each));
        }
        return found;
    }

    @Override
    public List<Step> steps(@Nullable String flow, Instant from, Instant to, Duration step) {
        Map<Instant, Step> steps = new LinkedHashMap<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
            steps.put(at, new Step(at, Sums.NOTHING, Times.NOTHING));
        }
        Transaction.Bind asked = query -> {
            query.setString(1, flow == null ? ALL : flow);
            query.setInt(2, hour(from));
            query.setInt(3, hour(to));
        };
        read(BY_HOUR, asked, row -> {
            Sums sums = sums(row);
            steps.computeIfPresent(
                    stepOf(row.getInt(1), from, step),
                    (at, old) -> new Step(at, old.sums().plus(sums), old.times()));
        });
        read(BY_TIME, asked, row -> {
            SortedMap<Integer, Long> one = new TreeMap<>(Map.of(Integer.valueOf(row.getString(2)), row.getLong(3)));
            steps.computeIfPresent(
                    stepOf(row.getInt(1), from, step),
                    (at, old) -> new Step(at, old.sums(), old.times().plus(new Times(one))));
        });
        return new ArrayList<>(steps.values());
    }

    @Override
    public Map<String, ShapeSums> shapes(String flow, Instant since) {
        Map<String, ShapeSums> found = new HashMap<>();
        read(
                BY_SHAPE,
                query -> {
                    query.setString(1, flow);
                    query.setInt(2, hour(since));
                },
                row -> found.put(row.getString(1), shapeSums(row)));
        return found;
    }

    @Override
    public SortedMap<Instant, Long> records(String flow, Instant from, Instant to) {
        SortedMap<Instant, Long> found = new TreeMap<>();
        read(
                RECORDS,
                query -> {
                    query.setString(1, flow);
                    query.setInt(2, hour(from));
                    query.setInt(3, hour(to));
                },
                row -> found.put(Instant.ofEpochSecond(row.getInt(1) * HOUR.toSeconds()), row.getLong(2)));
        return found;
    }

    private static Instant stepOf(int hour, Instant from, Duration step) {
        long seconds = hour * HOUR.toSeconds() - from.getEpochSecond();
        return from.plusSeconds(Math.floorDiv(seconds, step.toSeconds()) * step.toSeconds());
    }

    private static int hour(Instant at) {
        long hour = Math.floorDiv(at.getEpochSecond(), HOUR.toSeconds());
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, hour)); // no run is beyond them
    }

    private static String sums(List<String> columns) {
        return "sum(" + String.join("), sum(", columns) + ")";
    }

    /** From the second column on. */
    private static Sums sums(ResultSet row) throws SQLException {
        return new Sums(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12));
    }

    private static ShapeSums shapeSums(ResultSet row) throws SQLException {
        return new ShapeSums(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10));
    }

    private static Newest newest(ResultSet row) throws SQLException {
        return new Newest(
                row.getString(2),
                RunStatus.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                instant(row, 5),
                instant(row, 6));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private void read(String sql, Transaction.Bind bind, Row each) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("counts of runs cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Writes what waits. */
    @Override
    public void close() {
        worker.shutdown();
        write();
    }
}
