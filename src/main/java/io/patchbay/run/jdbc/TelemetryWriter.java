package io.patchbay.run.jdbc;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.RunRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Writes telemetry beside the path: batches, no sync, bounded in number and bytes. What does not fit is dropped and counted; a
 * run never waits for its story.
 */
final class TelemetryWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TelemetryWriter.class.getName());
    private static final int MOST_ITEMS = 20_000;
    private static final long MOST_BYTES = 64L * 1024 * 1024;
    private static final int BATCH = 500;
    private static final String CAPTURED = "insert into captured_payload (run_id, shape, direction, lineage,"
            + " content_type, size, bytes, taken_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_IF_MISSING =
            "insert into run (id, flow, revision, started_by, status, queued_at,"
                    + " started_at, ended_at, reason, parent, resumed, detail) select t.* from (select cast(? as varchar(36)) a,"
                    + " cast(? as varchar(100)) b, cast(? as varchar(20)) c, cast(? as varchar(40)) d, cast(? as varchar(12)) e,"
                    + " cast(? as timestamp with time zone) f, cast(? as timestamp with time zone) g,"
                    + " cast(? as timestamp with time zone) h, cast(? as varchar(4000)) i, cast(? as varchar(36)) j,"
                    + " cast(? as int) k, cast(? as %s) l) t where not exists (select 1 from run r where r.id = t.a)";

    private final DataSource source;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(MOST_ITEMS);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread = new Thread(this::work, "patchbay-telemetry");
    private volatile boolean closing;

    TelemetryWriter(DataSource source) {
        this.source = source;
        thread.setDaemon(true);
        thread.start();
    }

    sealed interface Item {
        long size();
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record RunRow(RunRecord run, byte[] detail) implements Item {
        @Override
        public long size() {
            return detail.length;
        }
    }

    record PayloadRow(CapturedPayload payload) implements Item {
        @Override
        public long size() {
            return payload.bytes().length;
        }
    }

    private record Mark(CountDownLatch latch) implements Item {
        @Override
        public long size() {
            return 0;
        }
    }

    void add(Item item) {
        if (bytes.addAndGet(item.size()) > MOST_BYTES || !items.offer(item)) {
            bytes.addAndGet(-item.size());
            if (dropped.getAndIncrement() % 10_000 == 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the history falls behind; {0} items were left out",
                        dropped.get());
            }
        }
    }

    void flush() {
        CountDownLatch latch = new CountDownLatch(1);
        try {
            items.put(new Mark(latch));
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Item> batch = new ArrayList<>(BATCH);
        while (!closing || !items.isEmpty()) {
            try {
                Item first = items.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                items.drainTo(batch, BATCH - 1);
                write(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                batch.forEach(item -> {
                    bytes.addAndGet(-item.size());
                    if (item instanceof Mark mark) {
                        mark.latch().countDown();
                    }
                });
                batch.clear();
            }
        }
    }

    private void write(List<Item> batch) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            String blob = connection.getMetaData().getDatabaseProductName().equals("H2") ? "blob" : "bytea";
            try (PreparedStatement runs = connection.prepareStatement(INSERT_IF_MISSING.formatted(blob));
                    PreparedStatement payloads = connection.prepareStatement(CAPTURED)) {
                boolean anyRun = false;
                boolean anyPayload = false;
                for (Item item : batch) {
                    if (item instanceof RunRow row) {
                        RunRows.bind(runs, row.run(), row.detail());
                        runs.addBatch();
                        anyRun = true;
                    } else if (item instanceof PayloadRow row) {
                        bind(payloads, row.payload());
                        payloads.addBatch();
                        anyPayload = true;
                    }
                }
                if (anyRun) {
                    runs.executeBatch();
                }
                if (anyPayload) {
                    payloads.executeBatch();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "a part of the history could not be written", e);
        }
    }

    private static void bind(PreparedStatement row, CapturedPayload payload) throws SQLException {
        row.setString(1, payload.runId());
        row.setString(2, payload.shape());
        row.setString(3, payload.direction().name());
        row.setString(4, payload.lineage());
        row.setString(5, payload.contentType());
        row.setLong(6, payload.size());
        row.setBytes(7, payload.bytes());
        row.setObject(8, RunRows.time(payload.at()));
        row.setObject(9, RunRows.time(payload.at().plus(payload.keep())));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
