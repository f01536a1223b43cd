package io.patchbay.run;

import io.patchbay.queue.Claim;
import io.patchbay.queue.StartQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private final Slots slots;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /**
     * A dispatcher that is not yet started.
     *
     * @param slots most runs at one time
     * @param waiting most runs beside them that wait before another try and gave their slot to others
     * @param workers carry the runs; refuse none
     */
    public Dispatcher(StartQueue queue, Runner runner, Executor workers, int slots, int waiting) {
        this.queue = queue;
        this.runner = runner;
        this.workers = workers;
        this.slots = new Slots(slots, waiting, workers, this::wake);
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
                int free = slots.takeAll();
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

    private void dispatch(Claim claim) {
        Slots.Place place = slots.place();
        try {
            workers.execute(() -> begin(claim, place));
        } catch (RejectedExecutionException e) { // at the end of the program
            giveBack(claim, place);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // how it ended is what the continuation gets
    private void begin(Claim claim, Slots.Place place) {
        var unused = run(claim, place).whenComplete((acknowledged, broken) -> {
            if (broken != null || !Boolean.TRUE.equals(acknowledged)) {
                giveBack(claim, place);
            } else {
                place.end();
            }
        });
    }

    private CompletableFuture<Boolean> run(Claim claim, Slots.Place place) {
        try {
            return runner.run(claim, place);
        } catch (RuntimeException e) { // its flow could not be entered: the store is away, say
            LOG.log(System.Logger.Level.ERROR, "start " + claim.start().id() + " could not begin", e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A slot is free when the start is back in the queue. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure is logged by the continuation
    private void giveBack(Claim claim, Slots.Place place) {
        var unused = queue.release(claim).whenComplete((done, broken) -> {
            place.end();
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
     * Stops claiming and waits for runs to end, those of callers too.
     *
     * @return false when runs still went on after the time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        close();
        long until = System.nanoTime() + atMost.toNanos();
        return runner.drain(atMost) && slots.awaitAll(TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
    }

    /**
     * Leaves the runs that still go on: their calls and waits are cut short, their callers are told, and their starts are given
     * back to the queue, to be taken up again from their checkpoints.
     *
     * @return false when some do not let themselves be ended in this time; they are taken up again like the others
     */
    public boolean suspend(Duration atMost) throws InterruptedException {
        runner.suspend();
        boolean ended = drain(atMost);
        runner.dismiss();
        return ended;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
