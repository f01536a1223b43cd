package io.patchbay.queue;

import io.patchbay.payload.Body;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;

/**
 * A program of its own for {@link QueueCrashIT}: accepts and ends starts as fast as it can, and writes down what it knows, until
 * it is killed. Lines of its ledger: {@code A id} accepted, {@code E id} about to end, {@code D id} ended.
 */
final class AcceptingProcess {

    private static final int CALLERS = 8;

    private final Store store;
    private final TableQueue queue;
    private final OutputStream ledger;

    private AcceptingProcess(Path data, OutputStream ledger) throws Exception {
        this.ledger = ledger;
        this.store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        this.queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
        queue.policies(Map.of("a", Starts.PARALLEL, "b", Starts.PARALLEL));
    }

    public static void main(String[] args) throws Exception {
        try (FileOutputStream ledger = new FileOutputStream(args[1], true)) {
            AcceptingProcess process = new AcceptingProcess(Path.of(args[0]), ledger);
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                new Thread(() -> process.accept(new Random(caller))).start();
            }
            process.end();
        }
    }

    private void accept(Random random) {
        try {
            while (true) {
                byte[] body = new byte[random.nextInt(20) == 0 ? 70_000 : 500];
                Start start = Starts.of(random.nextBoolean() ? "a" : "b", "webhook", new Body.Bytes(body, "x/y"));
                if (queue.queued(start.flow()) > 2_000) {
                    Thread.yield();
                } else if (Starts.accept(queue, start)) {
                    note("A", start.id());
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void end() throws Exception {
        int ended = 0;
        while (true) {
            for (Claim claim : queue.claim(16)) {
                String id = claim.start().id();
                note("E", id);
                Starts.end(store, queue, claim).join();
                note("D", id);
                if (++ended == 20) {
                    System.out.println("READY");
                }
            }
        }
    }

    /** One write for one line, which a kill does not tear or lose. */
    private void note(String what, String id) throws IOException {
        synchronized (ledger) {
            ledger.write((what + " " + id + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
