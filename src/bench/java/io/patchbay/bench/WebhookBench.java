package io.patchbay.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Durable accepts: webhooks answered 2xx after their start is synced to disk, while the accepted starts are run (map, then
 * HTTP out) beside. At the end every accepted one must have come out.
 */
public final class WebhookBench {

    private static final int CONNECTIONS = Integer.getInteger("bench.connections", 128);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    private static final int COUNTERPART = 18090;

    private WebhookBench() {}

    /** Runs it and prints the rate of accepts, that of finished runs, and what is missing. */
    @SuppressWarnings("try") // the counterpart runs while it stands here
    public static void main(String[] args) throws Exception {
        try (Child counterpart = Child.ofMain(Counterpart.class, List.of("-Xmx256m"), "" + COUNTERPART, "250");
                Product product = Product.start("webhook", List.of("-Xmx512m", "-XX:+UseG1GC"))) {
            LoadGenerator load =
                    new LoadGenerator(product.intakePort(), "POST", "/hooks/bench", Map.of(), Counterpart.order(7), "");
            LoadGenerator.Round warm = load.run(CONNECTIONS, Duration.ofSeconds(5));
            System.out.println("warm-up            " + warm);
            Calls.awaitOrders(COUNTERPART, warm.latencies().count());
            Calls.reset(COUNTERPART);
            long begin = System.nanoTime();
            LoadGenerator.Round round = load.run(CONNECTIONS, TIME);
            System.out.println("accepted, synced   " + round);
            long done = Calls.ordersTaken(COUNTERPART);
            System.out.printf(
                    "while accepting    %,d of %,d accepted runs had sent%n",
                    done, round.latencies().count());
            Calls.awaitOrders(COUNTERPART, round.latencies().count());
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "all sent after     %.1f s: %,.0f/s from accept to sent; none missing%n",
                    seconds, round.latencies().count() / seconds);
        }
    }
}
