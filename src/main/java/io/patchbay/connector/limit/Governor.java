package io.patchbay.connector.limit;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.definition.RateLimitConfig;
import io.patchbay.connector.definition.RateLimitConfig.OnLimit;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of one instance out, first come first served, so that no declared limit is passed and no asked-for pause is
 * broken. Waiting costs no thread.
 */
public final class Governor {

    private static final int MOST_WAITING = 10_000;

    private final List<Limit> limits = new ArrayList<>();
    private final boolean fails;
    private final Duration maxWait;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private volatile boolean paused;
    private long pausedUntil;
    private boolean wakes;
    private long wakesAt;

    /** Who waits for its turn; one of the two is called, on the timer's thread, unless it withdraws. It must not work there. */
    public interface Turn {
        /** The call may go out; the permit must be released when its answer is here. */
        void go(Permit permit);

        /** The wait was too long. */
        void refuse(StepException why);
    }

    /** A place that a call has taken. */
    public final class Permit {
        private boolean released;

        /** Gives the place back; further calls do nothing. */
        public void release() {
            if (limits.isEmpty()) {
                return;
            }
            synchronized (Governor.this) {
                if (!released) {
                    released = true;
                    long now = nanos.getAsLong();
                    limits.forEach(limit -> limit.done(now));
                    pump();
                }
            }
        }
    }

    private record Waiter(Turn turn, long since) {}

    /**
     * A governor of these limits.
     *
     * @param configs limits of the connector and of the instance; all hold at once
     * @param timer wakes those that wait
     * @param nanos a clock that only goes forward, in nanoseconds
     */
    public Governor(List<RateLimitConfig> configs, ScheduledExecutorService timer, LongSupplier nanos) {
        this.timer = timer;
        this.nanos = nanos;
        long now = nanos.getAsLong();
        for (RateLimitConfig config : configs) {
            config.policies().forEach(policy -> limits.add(Limit.of(policy, now)));
        }
        this.fails = configs.stream().anyMatch(config -> config.onLimit() == OnLimit.FAIL);
        this.maxWait = configs.stream()
                .map(RateLimitConfig::maxWait)
                .min(Duration::compareTo)
                .orElse(Duration.ofMinutes(5));
    }

    /** A place if there is one right now and nobody waits before; else null. */
    public @Nullable Permit tryNow() {
        if (limits.isEmpty() && !paused) {
            return new Permit();
        }
        synchronized (this) {
            long now = nanos.getAsLong();
            return waiting.isEmpty() && untilFree(now) == 0 ? take(now) : null;
        }
    }

    /** What who must not wait is told when there is no place. */
    public static StepException usedUp() {
        return new StepException(
                Owner.LIMIT,
                "LIMITED",
                "the limit of the instance is used up by other calls at this moment; try again later");
    }

    /** Waits for a place in turn, holding the thread. @throws StepException when the wait is too long */
    public Permit take() throws StepException {
        CompletableFuture<Permit> place = new CompletableFuture<>();
        await(new Turn() {
            @Override
            public void go(Permit permit) {
                if (!place.complete(permit)) {
                    permit.release();
                }
            }

            @Override
            public void refuse(StepException why) {
                place.completeExceptionally(why);
            }
        });
        try {
            return place.get();
        } catch (InterruptedException e) {
            place.cancel(false);
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the rate limit was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StepException refused
                    ? refused
                    : new StepException(Owner.INTERNAL, "INTERNAL", "the rate limit failed", e.getCause());
        }
    }

    /** Waits for a place in turn. */
    public void await(Turn turn) {
        StepException refused = null;
        synchronized (this) {
            if (fails && !waiting.isEmpty()) {
                refused = limited("the rate limit of the instance is used up");
            } else if (waiting.size() >= MOST_WAITING) {
                refused = limited("more than " + MOST_WAITING + " calls wait for the rate limit of the instance");
            } else {
                waiting.addLast(new Waiter(turn, nanos.getAsLong()));
                pump();
            }
        }
        if (refused != null) {
            turn.refuse(refused);
        }
    }

    /** Takes one that waits out of the line; false when it had its turn. */
    @SuppressWarnings("ReferenceEquality") // this one, not one like it
    public synchronized boolean withdraw(Turn turn) {
        return waiting.removeIf(waiter -> waiter.turn() == turn);
    }

    /** How long a call waits at most before it fails. */
    public Duration longestWait() {
        return maxWait;
    }

    /** Lets nobody out for this long: the system asked for it. */
    public synchronized void pause(Duration howLong) {
        long until = nanos.getAsLong() + howLong.toNanos();
        if (!paused || until - pausedUntil > 0) {
            pausedUntil = until;
            paused = true;
        }
        pump();
    }

    private StepException limited(String what) {
        return new StepException(Owner.LIMIT, "RATE_LIMITED", what, null, true, null);
    }

    private long untilFree(long now) {
        if (paused && now - pausedUntil >= 0) {
            paused = false;
        }
        long wait = paused ? pausedUntil - now : 0;
        for (Limit limit : limits) {
            wait = Math.max(wait, limit.untilFree(now));
        }
        return wait;
    }

    private Permit take(long now) {
        limits.forEach(limit -> limit.take(now));
        return new Permit();
    }

    /** Lets out who may go, and sees to it that the next one is looked at in time. */
    private void pump() {
        long now = nanos.getAsLong();
        while (!waiting.isEmpty()) {
            Waiter first = waiting.peekFirst();
            long waited = now - first.since();
            long wait = untilFree(now);
            if (wait == 0) {
                waiting.pollFirst();
                first.turn().go(take(now));
            } else if (waited >= maxWait.toNanos() || (fails && waited >= 0 && !paused)) {
                waiting.pollFirst();
                first.turn()
                        .refuse(limited("no place under the rate limit of the instance within "
                                + Durations.format(fails ? Duration.ZERO : maxWait)));
            } else {
                wake(Math.min(wait, maxWait.toNanos() - waited));
                return;
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is waited for, and the work does not throw
    private void wake(long wait) {
        long at = nanos.getAsLong() + wait;
        if (!wakes || at - wakesAt < 0) {
            wakes = true;
            wakesAt = at;
            timer.schedule(
                    () -> {
                        synchronized (this) {
                            wakes = false;
                            pump();
                        }
                    },
                    wait,
                    TimeUnit.NANOSECONDS);
        }
    }
}
