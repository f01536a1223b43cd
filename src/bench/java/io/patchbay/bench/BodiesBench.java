package io.patchbay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What bodies of requests cost callbacks that go well: the flow of {@link CallbackBench} three times in one program, with {@code capture:
 * { requests: none | failures | all }} and no other payload captured. The three are loaded in turn, in another order each round.
 */
public final class BodiesBench {

    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 16);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 40));
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    private static final int PORT = Integer.getInteger("bench.port", 18092);
    private static final int COUNTERPART = Integer.getInteger("bench.counterpart", 18090);

    private BodiesBench() {}

    /** Runs it; the program is the packaged one, {@code bench.jar}. */
    @SuppressWarnings("try") // the counterpart runs while it stands here
    public static void main(String[] args) throws Exception {
        List<String> program = List.of(
                Child.java(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-jar",
                Path.of(System.getProperty("bench.jar", "target/patchbay.jar"))
                        .toAbsolutePath()
                        .toString());
        try (Child counterpart =
                        Child.ofMain(Counterpart.class, List.of("-Xmx256m"), String.valueOf(COUNTERPART), "250");
                Product product = Product.start(
                        program,
                        List.of(
                                "connectors/bench/connector.yaml",
                                "connectors/bench/instances/bench.yaml",
                                "routes/bodies-none.flow.yaml",
                                "routes/bodies-failures.flow.yaml",
                                "routes/bodies-all.flow.yaml"),
                        PORT,
                        PORT + 1)) {
            List<Side> sides = new ArrayList<>();
            for (String kept : List.of("none", "failures", "all")) {
                sides.add(new Side(kept, product));
            }
            for (Side side : sides) {
                System.out.println("warm-up, " + side.kept + " " + side.load.run(CONNECTIONS, WARM_UP));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                for (Side side : sides) {
                    side.measure("round " + round);
                }
                Collections.rotate(sides, 1);
            }
            sides.forEach(Side::sum);
        }
    }

    private static final class Side {
        private final String kept;
        private final Product product;
        private final LoadGenerator load;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();

        Side(String kept, Product product) {
            this.kept = kept;
            this.product = product;
            this.load = new LoadGenerator(
                    product.intakePort(),
                    "POST",
                    "/callbacks/bodies-" + kept,
                    Map.of(),
                    Counterpart.order(7),
                    "accepted");
        }

        void measure(String what) throws IOException {
            Duration before = product.processorTime();
            LoadGenerator.Round round = load.run(CONNECTIONS, ROUND);
            rates.add(round.perSecond());
            micros.add(product.processorTime().minus(before).toNanos()
                    / 1e3
                    / round.latencies().count());
            System.out.printf("%s, %s %s, %.0f us%n", what, kept, round, micros.get(micros.size() - 1));
        }

        void sum() {
            List<Double> sorted = micros.stream().sorted().toList();
            System.out.printf(
                    "%s: %,.0f/s, %.0f us of processor time for one (%.0f to %.0f)%n",
                    kept,
                    rates.stream().sorted().toList().get(rates.size() / 2),
                    sorted.get(sorted.size() / 2),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1));
        }
    }
}
