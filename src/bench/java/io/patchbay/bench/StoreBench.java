package io.patchbay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What recording costs callbacks: the flow of {@link CallbackBench} with all payloads captured, in the program as it is and in one that
 * records nothing. Both run at the same time and are loaded in turn, once at a steady rate and once as fast as they answer.
 */
public final class StoreBench {

    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 32);
    private static final int RATE = Integer.getInteger("bench.rate", 2_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 60));
    private static final Duration STEADY = Duration.ofSeconds(Integer.getInteger("bench.steady", 60));
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 8));
    private static final String FLOW = System.getProperty("bench.flow", "captured");

    private StoreBench() {}

    /** Runs it; the class path of the program is {@code bench.classes}. */
    @SuppressWarnings("try") // the counterpart runs while it stands here
    public static void main(String[] args) throws Exception {
        try (Child counterpart = Child.ofMain(Counterpart.class, List.of("-Xmx256m"), "18090", "250");
                Product with = start("io.patchbay.App", 18092);
                Product some = start("io.patchbay.bench.WithoutHistory", 18096, "-Dbench.recorded=" + RATE);
                Product without = start("io.patchbay.bench.WithoutHistory", 18094)) {
            Side on = new Side("all recorded", with);
            Side part = new Side(RATE + "/s recorded", some);
            Side off = new Side("none recorded", without);
            List<Side> sides = new ArrayList<>(List.of(off, part, on));
            for (Side side : sides) {
                side.print("warm-up", side.load.run(CONNECTIONS, WARM_UP));
            }
            for (Side side : sides) {
                side.steady();
            }
            for (int round = 1; round <= ROUNDS; round++) {
                for (Side side : sides) {
                    side.fast("round " + round);
                }
                Collections.rotate(sides, 1);
            }
            for (Side side : List.of(off, part, on)) {
                side.sum();
            }
            System.out.printf(
                    "of medians, beside none recorded: %d/s recorded %.2f, all recorded %.2f of the rate%n",
                    RATE, part.median() / off.median(), on.median() / off.median());
        }
    }

    private static Product start(String main, int port, String... jvm) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(Child.java(), "-Xmx512m", "-XX:+UseG1GC"));
        program.addAll(List.of(jvm));
        program.addAll(
                List.of("-cp", System.getProperty("bench.classes", System.getProperty("java.class.path")), main));
        return Product.start(
                program,
                List.of(
                        "connectors/bench/connector.yaml",
                        "connectors/bench/instances/bench.yaml",
                        "routes/" + FLOW + ".flow.yaml"),
                port,
                port + 1);
    }

    private static final class Side {
        private final String name;
        private final Product product;
        private final LoadGenerator load;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();

        Side(String name, Product product) {
            this.name = name;
            this.product = product;
            this.load = new LoadGenerator(
                    product.intakePort(), "POST", "/callbacks/bench", Map.of(), Counterpart.order(7), "accepted");
        }

        void print(String what, LoadGenerator.Round round) {
            System.out.println(what + ", " + name + " " + round);
        }

        void steady() throws IOException {
            long before = size();
            Duration cpu = product.processorTime();
            LoadGenerator.Round round = load.run(CONNECTIONS, STEADY, RATE);
            print("steady", round);
            long runs = round.latencies().count();
            System.out.printf(
                    "        %,d runs, %.0f us of processor time for one, data folder %,d KB larger: %.0f bytes for one%n",
                    runs, micros(cpu, runs), (size() - before) / 1024, (double) (size() - before) / runs);
        }

        void fast(String what) throws IOException {
            Duration cpu = product.processorTime();
            LoadGenerator.Round round = load.run(CONNECTIONS, ROUND);
            print(what, round);
            rates.add(round.perSecond());
            micros.add(micros(cpu, round.latencies().count()));
        }

        private double micros(Duration before, long runs) {
            return product.processorTime().minus(before).toNanos() / 1e3 / runs;
        }

        private long size() throws IOException {
            try (Stream<Path> files = Files.walk(product.home().resolve("data"))) {
                return files.mapToLong(file -> file.toFile().length()).sum();
            }
        }

        double median() {
            return rates.stream().sorted().toList().get(rates.size() / 2);
        }

        void sum() {
            System.out.printf(
                    "%s: %,.0f/s (%,.0f to %,.0f), %.0f us of processor time for one (%.0f to %.0f)%n",
                    name,
                    median(),
                    rates.stream().mapToDouble(each -> each).min().orElseThrow(),
                    rates.stream().mapToDouble(each -> each).max().orElseThrow(),
                    micros.stream().sorted().toList().get(micros.size() / 2),
                    micros.stream().mapToDouble(each -> each).min().orElseThrow(),
                    micros.stream().mapToDouble(each -> each).max().orElseThrow());
        }
    }
}
