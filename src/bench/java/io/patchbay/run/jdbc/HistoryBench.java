package io.patchbay.run.jdbc;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** What it costs to write the records of ended callbacks into the history: processor time of the whole process per record. */
public final class HistoryBench {

    private static final int ROUND = Integer.getInteger("bench.records", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 6);

    private HistoryBench() {}

    /** Runs it and prints a line per round. */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("patchbay-bench-history");
        com.sun.management.OperatingSystemMXBean process =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        StoreProperties settings = new StoreProperties(null, null, null, 8, DataSize.ofMegabytes(1));
        try (Store store = Store.open(settings, data, Clock.systemUTC())) {
            RunRows rows =
                    new RunRows(store.database().dialect(), store.folder().owner());
            try (Telemetry telemetry = new Telemetry(
                    store,
                    rows,
                    new io.patchbay.run.segment.CapturedSegments(
                            store,
                            1L << 30,
                            io.patchbay.run.segment.CapturedSegments.Outside.NOWHERE,
                            Clock.systemUTC()))) {
                for (int round = 1; round <= ROUNDS; round++) {
                    long begin = System.nanoTime();
                    long cpu = process.getProcessCpuTime();
                    long own = threads.getCurrentThreadCpuTime();
                    for (int i = 0; i < ROUND; i++) {
                        if (!telemetry.endedHere(ended())) {
                            telemetry.write();
                            i--;
                        } else if (i % 700 == 699) {
                            telemetry.write();
                        }
                    }
                    telemetry.write();
                    System.out.printf(
                            "round %d: %.1f us wall, %.1f us of all threads, %.1f us of this one%n",
                            round,
                            (System.nanoTime() - begin) / 1e3 / ROUND,
                            (process.getProcessCpuTime() - cpu) / 1e3 / ROUND,
                            (threads.getCurrentThreadCpuTime() - own) / 1e3 / ROUND);
                }
            }
        }
    }

    private static RunRecord ended() {
        Instant now = Instant.now();
        Duration took = Duration.ofNanos(1_234_567);
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", "application/json");
        RequestLog request = new RequestLog(
                "bench",
                "create",
                "POST",
                "http://127.0.0.1:18090/orders",
                201,
                now,
                took,
                321,
                17,
                headers,
                Map.of("content-length", "17", "content-type", "application/json"),
                null);
        return new RunRecord(
                UuidCreator.getTimeOrderedEpoch().toString(),
                "bench",
                "5f3a9be21c04",
                "callback",
                RunStatus.SUCCEEDED,
                now,
                now,
                now,
                null,
                null,
                0,
                List.of(shape("map", "map"), shape("push", "connection"), shape("reply", "callback")),
                List.of(),
                List.of(new RunRecord.Request("push", 1, request)));
    }

    private static RunRecord.ShapeRecord shape(String id, String type) {
        return new RunRecord.ShapeRecord(id, type, 1, 1, 0, 1, 1, 0, 0, 1, Duration.ofNanos(345_678));
    }
}
