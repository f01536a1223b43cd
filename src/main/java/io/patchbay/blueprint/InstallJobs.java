package io.patchbay.blueprint;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What was asked for in this process and takes its time: done beside, one at a time, and remembered. */
public final class InstallJobs implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(InstallJobs.class.getName());

    private static final int KEPT = 100;

    private final Clock clock;
    private final ConcurrentSkipListMap<String, Job> jobs = new ConcurrentSkipListMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "blueprints");
        thread.setDaemon(true);
        return thread;
    });

    InstallJobs(Clock clock) {
        this.clock = clock;
    }

    /** How a job stands. */
    public enum State {
        /** It is tried, or files are written. */
        GOING,
        /** It is done. */
        DONE,
        /** Nothing was changed; the message says why. */
        FAILED
    }

    /**
     * An install, upgrade or removal that somebody asked for.
     *
     * @param name of the install
     * @param blueprint with its version
     * @param tests how many tests ran
     * @param message why it failed; empty for others
     */
    public record Job(
            String id,
            Plan.Verb verb,
            String name,
            String blueprint,
            State state,
            int tests,
            String message,
            Instant begunAt,
            @Nullable Instant endedAt) {

        private Job ended(State how, int ran, String why, Instant at) {
            return new Job(id, verb, name, blueprint, how, ran, why, begunAt, at);
        }
    }

    /** Another one goes on; the message says which. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message, null, false, false);
        }
    }

    /** Finds out what is to be done. */
    interface Planning {
        Plan plan() throws IOException, InterruptedException;
    }

    /** Does what was planned. */
    interface Doing {
        /** Does it. @return how many tests ran */
        int carryOut(Plan plan) throws IOException, InterruptedException;
    }

    /**
     * Begins one, when nothing else goes on: it is planned at once, and done beside.
     *
     * @throws BlueprintException when it cannot be done; nothing begins
     * @throws BusyException when another one goes on
     */
    Job begin(Planning planning, Doing doing) throws IOException, InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            throw new BusyException("an install, upgrade or removal goes on; one is done at a time");
        }
        try {
            Plan plan = planning.plan();
            if (!plan.possible()) {
                throw new BlueprintException(String.join("\n", plan.obstacles()));
            }
            String id = UuidCreator.getTimeOrderedEpochPlus1().toString();
            Job job =
                    new Job(id, plan.verb(), plan.name(), plan.blueprint(), State.GOING, 0, "", clock.instant(), null);
            keep(job);
            worker.execute(() -> carryOut(job, plan, doing));
            return job;
        } catch (IOException | InterruptedException | RuntimeException e) {
            busy.set(false);
            throw e;
        }
    }

    private void carryOut(Job job, Plan plan, Doing doing) {
        State how = State.FAILED;
        int tests = 0;
        String why = "it broke off: look at the log";
        try {
            tests = doing.carryOut(plan);
            how = State.DONE;
            why = "";
        } catch (BlueprintException e) {
            why = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            why = "the program ends";
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            why = "a file could not be read, written or changed: " + e;
        } catch (RuntimeException e) {
            why = "it broke off: " + e;
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            LOG.log(System.Logger.Level.ERROR, "A change by blueprints broke off", e); // what it was said to be stands
        } finally {
            // In this order: who sees that it ended may begin another one.
            busy.set(false);
            keep(job.ended(how, tests, why, clock.instant()));
        }
    }

    private void keep(Job job) {
        jobs.put(job.id(), job);
        while (jobs.size() > KEPT) {
            jobs.pollFirstEntry();
        }
    }

    /** One that is remembered. */
    public Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id.toLowerCase(Locale.ROOT)));
    }

    /** Those that are remembered, newest first. */
    public List<Job> all() {
        return List.copyOf(jobs.descendingMap().values());
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            worker.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
