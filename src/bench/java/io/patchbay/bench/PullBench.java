package io.patchbay.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * 100,000 orders in pages of 250 → filter (75,000 are paid) → map → batches of 100 → send, from and to an instant counterpart,
 * beside the hand-written route: the time of the first (cold) run and of warm ones, and the heap over idle, sampled after
 * collections in a run of its own.
 */
public final class PullBench {

    private static final int ORDERS = Integer.getInteger("bench.orders", 100_000);
    private static final int PAID = ORDERS / 4 * 3;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int COUNTERPART = 18090;
    private static final int HAND_WRITTEN = 18091;
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseG1GC");

    private PullBench() {}

    /** Runs it and prints times, ratio and heap. */
    @SuppressWarnings("try") // the counterpart runs while it stands here
    public static void main(String[] args) throws Exception {
        try (Child counterpart = Child.ofMain(Counterpart.class, List.of("-Xmx512m"), "" + COUNTERPART, "" + ORDERS);
                Child handWritten = Child.ofMain(HandWritten.class, JVM, "" + HAND_WRITTEN, "" + COUNTERPART);
                Product product = Product.start("pull", JVM)) {
            List<Double> theirs = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                theirs.add(seconds(PullBench::handWritten));
                ours.add(seconds(PullBench::product));
                System.out.printf(
                        "round %d%s: hand-written %.2f s, Patchbay %.2f s%n",
                        round, round == 1 ? " (cold)" : "", theirs.get(round - 1), ours.get(round - 1));
            }
            double ratio = median(ours) / median(theirs);
            System.out.printf(
                    "%,d orders, medians: hand-written %.2f s, Patchbay %.2f s, %.2f times as long%n",
                    ORDERS, median(theirs), median(ours), ratio);
            heap("hand-written", handWritten.pid(), PullBench::handWritten);
            heap("Patchbay", product.pid(), PullBench::product);
        }
    }

    private static void heap(String who, long pid, Heap.Work work) throws Exception {
        try (Heap heap = Heap.of(pid)) {
            long idle = heap.live();
            Calls.reset(COUNTERPART);
            long most = heap.mostDuring(work);
            System.out.printf(
                    "%s: idle %.1f MB, most during the pull %.1f MB, %.1f MB over idle%n",
                    who, idle / 1e6, most / 1e6, (most - idle) / 1e6);
        }
    }

    private static double seconds(Heap.Work work) throws Exception {
        Calls.reset(COUNTERPART);
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void handWritten() throws IOException, InterruptedException {
        Calls.send("POST", "http://127.0.0.1:" + HAND_WRITTEN + "/pull");
        Calls.awaitOrders(COUNTERPART, PAID);
    }

    private static void product() throws IOException, InterruptedException {
        int status = Product.api("POST", "/api/v1/flows/bench-pull/start", "").statusCode();
        if (status / 100 != 2) {
            throw new IOException("the flow could not be started: " + status);
        }
        Calls.awaitOrders(COUNTERPART, PAID);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
