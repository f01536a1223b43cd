package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One file of orders → filter that drops one in five → map of 15 fields → one file, for CSV, NDJSON, a JSON array and XML, beside a
 * loop by hand that makes the same file. Both at {@code -Xmx128m} with the serial collector, the whole program with its database and run history. Prints seconds,
 * megabytes a second, the ratio, and the most heap that lived after a collection.
 */
public final class FileBench {

    private static final long MEGABYTES = Long.getLong("bench.megabytes", 1000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
    private static final String KINDS = System.getProperty("bench.kinds", "CSV,NDJSON,JSON,XML");
    private static final List<String> HEAP = List.of("-Xmx128m", "-XX:+UseSerialGC");

    private FileBench() {}

    /** What one way of doing it came to. */
    private record Took(double seconds, double processor, long heap, long used) {
        String text(long bytes) {
            return String.format(
                    Locale.ROOT,
                    "%.2f s, %.1f s of processor time, %.1f MB/s, heap at most %.0f MB used, %.0f MB after a collection",
                    seconds,
                    processor,
                    bytes / 1e6 / seconds,
                    used / 1e6,
                    heap / 1e6);
        }
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        try (Product product = Product.start(program(), files())) {
            Path data = Files.createDirectories(product.home().resolve("data/files"));
            for (String kind : KINDS.split(",", -1)) {
                measure(OrderFiles.Kind.valueOf(kind), product, data);
            }
        }
    }

    private static List<String> program() {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(HEAP);
        String more = System.getProperty("bench.jvm", "");
        if (!more.isEmpty()) {
            command.addAll(Arrays.asList(more.split(" ", -1)));
        }
        String classes = System.getProperty("bench.classes");
        if (classes == null) {
            command.addAll(List.of(
                    "-jar", Path.of("target/patchbay.jar").toAbsolutePath().toString()));
        } else {
            command.addAll(List.of("-cp", classes, "io.patchbay.App"));
        }
        return command;
    }

    private static List<String> files() {
        List<String> files = new ArrayList<>(
                List.of("connectors/bench-files/connector.yaml", "connectors/bench-files/instances/bench-files.yaml"));
        for (OrderFiles.Kind kind : OrderFiles.Kind.values()) {
            files.add("routes/file-" + kind.ending() + ".flow.yaml");
        }
        return files;
    }

    private static void measure(OrderFiles.Kind kind, Product product, Path data) throws Exception {
        Path from = data.resolve("orders." + kind.ending());
        Path theirs = data.resolve("by-hand." + kind.ending());
        Path ours = data.resolve("made." + kind.ending());
        long orders = OrderFiles.write(kind, MEGABYTES * 1_000_000, from);
        long bytes = Files.size(from);
        System.out.printf(Locale.ROOT, "%s: %,d orders, %,d bytes%n", kind, orders, bytes);
        Took bestByHand = null;
        Took best = null;
        for (int round = 1; round <= ROUNDS; round++) {
            settle();
            Took byHand = byHand(kind, from, theirs);
            System.out.println("  by hand:  " + byHand.text(bytes));
            settle();
            Took made = product(kind, product);
            System.out.println("  Patchbay: " + made.text(bytes));
            bestByHand = bestByHand == null || byHand.seconds < bestByHand.seconds ? byHand : bestByHand;
            best = best == null || made.seconds < best.seconds ? made : best;
            boolean same = digest(theirs).equals(digest(ours));
            System.out.printf(
                    Locale.ROOT,
                    "  ratio %.2f, of processor time %.2f, %s%n",
                    byHand.seconds / made.seconds,
                    byHand.processor / made.processor,
                    same ? "the same file" : "THE FILES DIFFER: " + Files.size(theirs) + " and " + Files.size(ours));
            if (same || round < ROUNDS) {
                Files.delete(theirs);
                Files.delete(ours);
            }
        }
        System.out.printf(Locale.ROOT, "  best ratio %.2f%n", bestByHand.seconds / best.seconds);
        Files.delete(from);
    }

    /** Nothing that was written before is still on its way to the disk: neither pays for the other. */
    private static void settle() throws Exception {
        new ProcessBuilder("sync").start().waitFor();
    }

    private static Took byHand(OrderFiles.Kind kind, Path from, Path to) throws Exception {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(HEAP);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                FileByHand.class.getName(),
                kind.name(),
                from.toString(),
                to.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        double seconds = -1;
        try (HeapWatch heap = HeapWatch.of(process.pid());
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("TOOK ")) {
                    seconds = Double.parseDouble(line.substring(5));
                } else {
                    System.err.println("  | " + line);
                }
            }
            process.waitFor();
            return new Took(seconds, heap.processorSeconds(), heap.mostAfterCollection(), heap.mostUsed());
        }
    }

    private static Took product(OrderFiles.Kind kind, Product product) throws Exception {
        String flow = "bench-file-" + kind.ending();
        try (HeapWatch heap = HeapWatch.of(product.pid())) {
            long begin = System.nanoTime();
            HttpResponse<String> started = Product.api("POST", "/api/v1/flows/" + flow + "/start", "");
            String run = Json.MAPPER.readTree(started.body()).path("run").asText();
            if (started.statusCode() / 100 != 2 || run.isEmpty()) {
                throw new IOException("the flow could not be started: " + started.statusCode() + " " + started.body());
            }
            JsonNode ended = await(run);
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (!ended.path("status").asText().equals("succeeded")) {
                throw new IOException("the run ended otherwise: " + ended);
            }
            return new Took(seconds, heap.processorSeconds(), heap.mostAfterCollection(), heap.mostUsed());
        }
    }

    private static JsonNode await(String run) throws Exception {
        while (true) {
            HttpResponse<String> answer = Product.api("GET", "/api/v1/runs/" + run, "");
            JsonNode seen = Json.MAPPER.readTree(answer.body());
            if (answer.statusCode() == 200 && seen.hasNonNull("endedAt")) {
                return seen;
            }
            Thread.sleep(250);
        }
    }

    private static String digest(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[1 << 20];
            while (in.read(buffer) >= 0) {
                // all of it
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
