package io.patchbay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the process to the first healthy answer, with one flow: the plain jar, and an unpacked copy (made as the
 * Dockerfile makes it: {@code extract}, then {@code bin/train}) with its class cache.
 */
public final class StartBench {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    private StartBench() {}

    /** @param args folders of unpacked copies to measure beside the jar; {@code target/image} if none is given */
    public static void main(String[] args) throws Exception {
        System.out.println("Java " + Runtime.version());
        List<String> plain = List.of(
                Child.java(), "-Xmx512m", "-jar", Path.of("target/patchbay.jar").toAbsolutePath() + "");
        measure("plain jar", plain);
        for (String copy : args.length == 0 ? new String[] {"target/image"} : args) {
            Path folder = Path.of(copy).toAbsolutePath();
            measure(copy + ", no cache", List.of(Child.java(), "-Xmx512m", "-jar", folder + "/patchbay.jar"));
            measure(
                    copy + ", class cache",
                    List.of(
                            Child.java(),
                            "-Xmx512m",
                            "@" + folder + "/java.options",
                            "-jar",
                            folder + "/patchbay.jar"));
        }
    }

    private static void measure(String what, List<String> command) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (Product product = Product.start(command, "callback")) {
                times.add(product.toReady().toMillis() / 1e3);
            }
        }
        System.out.printf(
                "%s: ready after %.2f s (median of %d, %.2f to %.2f)%n",
                what,
                times.stream().sorted().toList().get(ROUNDS / 2),
                ROUNDS,
                times.stream().min(Double::compare).orElseThrow(),
                times.stream().max(Double::compare).orElseThrow());
    }
}
