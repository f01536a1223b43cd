package io.patchbay.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HTTP in → map → HTTP out → reply: a callback flow, run history on, beside the hand-written route. Both run at the same time
 * against the same counterpart and are loaded in turn, so that both see the same machine; the ratio is that of the medians.
 */
public final class CallbackBench {

    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 32);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 60));
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 8));
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseG1GC");

    private CallbackBench() {}

    /** Runs it and prints both rates and their ratio. */
    @SuppressWarnings("try") // children run while they stand here; nothing else is asked of two of them
    public static void main(String[] args) throws Exception {
        try (Child counterpart = Child.ofMain(Counterpart.class, List.of("-Xmx256m"), "18090", "250");
                Child handWritten = Child.ofMain(HandWritten.class, JVM, "18091", "18090");
                Product product = Product.start("callback", JVM)) {
            LoadGenerator theirs = load(18091, "/callback");
            LoadGenerator ours = load(product.intakePort(), "/callbacks/bench");
            System.out.println("warm-up, hand-written  " + theirs.run(CONNECTIONS, WARM_UP));
            System.out.println("warm-up, Patchbay      " + ours.run(CONNECTIONS, WARM_UP));
            List<Double> theirRates = new ArrayList<>();
            List<Double> ourRates = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                theirRates.add(print("round " + round + ", hand-written  ", theirs));
                ourRates.add(print("round " + round + ", Patchbay      ", ours));
            }
            double theirMedian = median(theirRates);
            double ourMedian = median(ourRates);
            System.out.printf(
                    "%d connections, medians of %d rounds: hand-written %,.0f/s, Patchbay %,.0f/s, ratio %.2f%n",
                    CONNECTIONS, ROUNDS, theirMedian, ourMedian, ourMedian / theirMedian);
        }
    }

    private static LoadGenerator load(int port, String path) {
        return new LoadGenerator(port, "POST", path, Map.of(), Counterpart.order(7), "accepted");
    }

    private static double print(String what, LoadGenerator load) throws IOException {
        LoadGenerator.Round result = load.run(CONNECTIONS, ROUND);
        System.out.println(what + result);
        return result.perSecond();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
