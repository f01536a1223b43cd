package io.patchbay.run;

import io.patchbay.queue.Claim;
import io.patchbay.queue.StartQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes starts from the queue while there are free slots, and gives each to the runner. One thread; it sleeps until a start,
 * a free slot or a policy may have made a claim possible.
 */
public final class Dispatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final StartQueue queue;
    private final Runner runner;
    private final Executor workers;
    private final Semaphore slots;
    private final int allSlots;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /**
     * A dispatcher that is not yet started.
     *
     * @param slots most runs at one time
     * @param workers carry the runs
     */
    public Dispatcher(StartQueue queue, Runner runner, Executor workers, int slots) {
        this.queue = queue;
        this.runner = runner;
        this.workers = workers;
        this.slots = new Semaphore(slots);
        this.allSlots = slots;
        this.thread = new Thread(this::work, "patchbay-dispatcher");
        this.thread.setDaemon(true);
        queue.onWork(this::wake);
    }

    /** Begins to claim. */
    public void start() {
        thread.start();
    }

    private void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void work() {
        while (!closing) {
            try {
                int free = slots.drainPermits();
                List<Claim> claims = free == 0 ? List.of() : claims(free);
                slots.release(free - claims.size());
                claims.forEach(this::dispatch);
                if (claims.isEmpty() && signal.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<Claim> claims(int free) {
        try {
            return queue.claim(free);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "starts could not be claimed; trying again", e);
            return List.of();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // how it ended is what the continuation gets
    private void dispatch(Claim claim) {
        workers.execute(() -> {
            var unused = runner.run(claim).whenComplete((acknowledged, broken) -> {
                slots.release();
                if (broken != null || !Boolean.TRUE.equals(acknowledged)) {
                    giveBack(claim);
                }
                wake();
            });
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is logged by the continuation
    private void giveBack(Claim claim) {
        var unused = queue.release(claim).whenComplete((done, broken) -> {
            if (broken != null) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "start " + claim.start().id()
                                + " could not be given back; it is taken up again at the next start of the program",
                        broken);
            }
        });
    }

    /**
     * Stops claiming and waits for runs to end.
     *
     * @return false when runs still went on after the time; their starts are taken up again from their checkpoints
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        closing = true;
        thread.interrupt();
        boolean ended = slots.tryAcquire(allSlots, atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            slots.release(allSlots);
        }
        return ended;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
