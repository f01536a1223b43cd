package io.patchbay.run.jdbc;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.CapturedPayload;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** What it costs to keep captured payloads: processor time of the whole process for each, and bytes on the disk. */
public final class CaptureBench {

    private static final int ROUND = Integer.getInteger("bench.runs", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int ORDERS = Integer.getInteger("bench.orders", 1);

    private CaptureBench() {}

    /** Runs it and prints a line per round: runs of three shapes, in and out of each captured, where what comes out of one goes into the next. */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("patchbay-bench-captures");
        com.sun.management.OperatingSystemMXBean process =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        StoreProperties settings = new StoreProperties(null, null, null, 8, DataSize.ofMegabytes(1));
        try (Store store = Store.open(settings, data, Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
                JdbcRuns runs =
                        new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC())) {
            for (int round = 1; round <= ROUNDS; round++) {
                long begin = System.nanoTime();
                long cpu = process.getProcessCpuTime();
                long before = size(data);
                long raw = 0;
                for (int i = 0; i < ROUND; i++) {
                    raw += capture(runs, i);
                    if (i % 200 == 199) {
                        runs.flush();
                    }
                }
                runs.flush();
                System.out.printf(
                        "round %d: %.1f us wall and %.1f us of all threads for a payload, %,d KB on disk for %,d KB%n",
                        round,
                        (System.nanoTime() - begin) / 1e3 / ROUND / 6,
                        (process.getProcessCpuTime() - cpu) / 1e3 / ROUND / 6,
                        (size(data) - before) / 1024,
                        raw / 1024);
            }
        }
        System.out.printf("closed: %,d KB on disk%n", size(data) / 1024);
    }

    private static long capture(JdbcRuns runs, int number) {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        long raw = 0;
        byte[] bytes = order(number, 0);
        for (int shape = 0; shape < 3; shape++) {
            byte[] out = order(number, shape + 1);
            keep(runs, id, shape, CapturedPayload.Direction.IN, bytes);
            keep(runs, id, shape, CapturedPayload.Direction.OUT, out);
            raw += bytes.length + out.length;
            bytes = out;
        }
        return raw;
    }

    private static void keep(JdbcRuns runs, String id, int shape, CapturedPayload.Direction direction, byte[] bytes) {
        runs.history()
                .captured(new CapturedPayload(
                        id,
                        "shape-" + shape,
                        direction,
                        id,
                        CapturedPayload.About.NOTHING,
                        "application/json",
                        bytes.length,
                        bytes,
                        Instant.now(),
                        Duration.ofDays(3)));
    }

    private static byte[] order(int number, int shape) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ORDERS; i++) {
            text.append("{\"order_number\":")
                    .append(1000 + number)
                    .append(",\"step\":")
                    .append(shape);
            text.append(",\"email\":\"customer").append(number * 7919L % 99_991).append("@example.com\",\"lines\":[");
            for (int line = 0; line < 3; line++) {
                text.append("{\"sku\":\"SKU-")
                        .append((number + line) * 31 % 977)
                        .append("\",\"quantity\":");
                text.append(line + 1)
                        .append(",\"price\":\"")
                        .append(number % 89)
                        .append(".95\"},");
            }
            text.append("{}]}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long size(Path data) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
