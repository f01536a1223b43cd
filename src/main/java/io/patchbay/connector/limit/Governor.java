package io.patchbay.connector.limit;

import io.patchbay.canvas.Durations;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of one endpoint of one instance out, in turn with all others that are under the same limits, so that no
 * declared limit is passed and no asked-for pause is broken. Waiting costs no thread.
 */
public final class Governor {

    private static final int MOST_WAITING = 10_000;
    /** Before all that wait in line. */
    private static final long FIRST = -1;

    private static final long SOON_MILLIS = 5_000;
    /** Shorter waits are in line. */
    private static final Duration LONG = Duration.ofSeconds(3);

    /** What the call that a thread ends cost, from its answer until its permit is released. */
    private static final ThreadLocal<@Nullable Integer> COST = new ThreadLocal<>();

    private final Turns turns;
    private final Pause pause;
    private final Rules rules;
    private final Places places;
    private final Deque<Waiter> waiting = new ArrayDeque<>();

    /** Who waits for its turn; one of the two is called, on the timer's thread, unless it withdraws. It must not work there. */
    public interface Turn {
        /** The call may go out; the permit must be released when its answer is here. */
        void go(Permit permit);

        /** The wait was too long. */
        void refuse(StepException why);
    }

    /** A place that a call has taken. */
    public final class Permit {
        private final int points;
        private boolean released;

        private Permit(int points) {
            this.points = points;
        }

        /** Gives the place back, on the thread that made the call; further calls do nothing. */
        public void release() {
            if (places.boundless()) {
                return;
            }
            Integer told = COST.get();
            COST.remove();
            synchronized (turns) {
                if (!released) {
                    released = true;
                    places.done(points, told, turns.now());
                    turns.pump();
                }
            }
        }
    }

    private record Waiter(Turn turn, long since, long ticket) {}

    Governor(Turns turns, Pause pause, Places places, Rules rules) {
        this.turns = turns;
        this.pause = pause;
        this.places = places;
        this.rules = rules;
    }

    /** A place if there is one right now and nobody waits before; else null. */
    public @Nullable Permit tryNow() {
        return rules.standing().paused() == null ? free() : null;
    }

    private @Nullable Permit free() {
        if (places.boundless() && !pause.mayHold()) {
            return new Permit(0);
        }
        synchronized (turns) {
            long now = turns.now();
            return turns.waitsFor(this) || untilFree(Set.of(), now) != 0 ? null : place(now);
        }
    }

    /**
     * As {@link #tryNow}, for someone who looks, whether the instance is paused or not: it only waits, holding the thread, where this runtime has no share yet of a
     * limit that others use too.
     */
    public @Nullable Permit soon() {
        Permit now = free();
        if (now != null || !shareComes()) {
            return now;
        }
        CompletableFuture<Permit> place = new CompletableFuture<>();
        Turn turn = new PlaceTurn(place);
        if (rules.standing().paused() == null) {
            await(turn);
        } else {
            first(turn); // others do not wait now
        }
        try {
            return place.get(SOON_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // said below: there is none
        }
        place.cancel(false);
        withdraw(turn);
        return null;
    }

    private boolean shareComes() {
        synchronized (turns) {
            return places.shareComes(turns.now());
        }
    }

    /** What who must not wait is told when there is no place. */
    public StepException usedUp() {
        String asked = asked();
        return new StepException(
                Owner.LIMIT,
                "LIMITED",
                asked != null
                        ? asked + "; try again then"
                        : "the limit of the instance is used up by other calls at this moment; try again later");
    }

    private @Nullable String asked() {
        synchronized (turns) {
            return pause.told(turns.now(), rules.standing());
        }
    }

    /** Waits for a place in turn, holding the thread. @throws StepException when the wait is too long */
    public Permit take() throws StepException {
        CompletableFuture<Permit> place = new CompletableFuture<>();
        await(new PlaceTurn(place));
        return PlaceTurn.taken(place);
    }

    /**
     * A call that has a place sends a further request: to where a redirect leads, or the same one with a new proof. The place is
     * counted as used and another one taken, before all who wait in line; it holds the thread until there is one.
     *
     * @param onCancel is told what ends the wait when the call is given up
     * @throws StepException when the wait is too long, or is ended; the call still has its place to give back
     */
    public void again(Consumer<Runnable> onCancel) throws StepException {
        if (places.boundless() && !pause.mayHold()) {
            return;
        }
        CompletableFuture<Permit> place = new CompletableFuture<>();
        Turn turn = new PlaceTurn(place);
        int before;
        synchronized (turns) {
            before = places.points();
            long now = turns.now();
            places.done(before, null, now);
            goFirst(new Waiter(turn, now, FIRST));
            turns.joined(this);
        }
        onCancel.accept(() -> {
            if (withdraw(turn)) {
                turn.refuse(new StepException(Owner.LIMIT, "CANCELLED", "the request was given up"));
            }
        });
        int after = before;
        try {
            after = PlaceTurn.taken(place).points;
        } catch (StepException e) {
            recount(null, before);
            throw e;
        }
        recount(after, before);
    }

    private void first(Turn turn) {
        synchronized (turns) {
            goFirst(new Waiter(turn, turns.now(), FIRST));
            turns.joined(this);
        }
    }

    /** Before all who wait, and behind those who do so with a call on its way too. */
    private void goFirst(Waiter waiter) {
        Deque<Waiter> before = new ArrayDeque<>();
        Waiter first = waiting.peekFirst();
        while (first != null && first.ticket() == FIRST) {
            before.push(waiting.removeFirst());
            first = waiting.peekFirst();
        }
        waiting.addFirst(waiter);
        before.forEach(waiting::addFirst);
    }

    /** What the place of a call counts when it is given back is what it counted when it was taken. */
    private void recount(@Nullable Integer taken, int given) {
        if (taken == null || taken != given) {
            synchronized (turns) {
                places.recount(taken, given);
            }
        }
    }

    /** Waits for a place in turn. */
    public void await(Turn turn) {
        StepException refused = paused();
        synchronized (turns) {
            if (refused != null) {
                // It is not waited for in line.
            } else if (rules.fails() && !waiting.isEmpty()) {
                refused = limited("the rate limit of the instance is used up");
            } else if (waiting.size() >= MOST_WAITING) {
                refused = limited("more than " + MOST_WAITING + " calls wait for the rate limit of the instance");
            } else {
                waiting.addLast(new Waiter(turn, turns.now(), turns.ticket()));
                turns.joined(this);
            }
        }
        if (refused != null) {
            rules.standing().failed(refused);
            turn.refuse(refused);
        }
    }

    /** Takes one that waits out of the line; false when it had its turn. */
    @SuppressWarnings("ReferenceEquality") // this one, not one like it
    public boolean withdraw(Turn turn) {
        synchronized (turns) {
            boolean was = waiting.removeIf(waiter -> waiter.turn() == turn);
            if (was && waiting.isEmpty()) {
                turns.left(this);
            }
            if (was) {
                turns.pump();
            }
            return was;
        }
    }

    /**
     * How long one had better stand aside before it waits in line: until a place may be free, or for as long as the first one of
     * the line waits already. Zero when it is to wait in line. Who stands aside has no place in it.
     */
    public Duration aside() {
        if (!rules.queues() || rules.fails() || rules.standing().paused() != null) {
            return Duration.ZERO;
        }
        long aside;
        boolean asked;
        synchronized (turns) {
            long now = turns.now();
            long free = untilFree(Set.of(), now);
            Waiter first = waiting.peekFirst();
            aside = Math.max(free == Limit.UNTIL_DONE ? 0 : free, first == null ? 0 : now - first.since());
            asked = pause.holds(now);
        }
        Duration wait = Duration.ofNanos(Math.min(aside, rules.maxWait().toNanos()));
        if (wait.compareTo(LONG) < 0) {
            return Duration.ZERO;
        }
        rules.standing().held(wait, asked);
        return wait;
    }

    /** What is told who stood aside for longer than a call waits. */
    public StepException waitedLong() {
        StepException refused = limited(noPlace(rules.maxWait()));
        rules.standing().failed(refused);
        return refused;
    }

    /** How long a call waits at most before it fails. */
    public Duration longestWait() {
        return rules.maxWait();
    }

    /** Lets nobody out for this long: the system asked for it. */
    public void pause(Duration howLong) {
        synchronized (turns) {
            pause.until(turns.now() + howLong.toNanos());
            turns.pump();
        }
        rules.standing().held(howLong, true);
    }

    /** What is read out of the answers. */
    public RateReader reader() {
        return rules.reader();
    }

    /** Takes in what the answer of a call says of the limit, on the thread that holds its permit. */
    public void told(RateReport report) {
        synchronized (turns) {
            if (report.cost() != null) {
                COST.set(report.cost());
            }
            places.told(report, rules.reader().period(), turns.now());
            turns.pump();
        }
    }

    private @Nullable StepException paused() {
        String why = rules.standing().paused();
        return why == null ? null : StepException.paused(why);
    }

    private static StepException limited(String what) {
        return new StepException(Owner.LIMIT, "RATE_LIMITED", what, null, true, null);
    }

    private long untilFree(Set<Limit> before, long now) {
        return Math.max(pause.untilFree(1, now), places.untilFree(before, now));
    }

    private Permit place(long now) {
        return new Permit(places.take(now));
    }

    long firstTicket() {
        Waiter first = waiting.peekFirst();
        return first == null ? Long.MAX_VALUE : first.ticket();
    }

    boolean sharesWith(Governor other) {
        return places.sharesWith(other.places);
    }

    /**
     * Lets the first one of the line out, or refuses it.
     *
     * @param before limits that somebody waits for who came earlier; what this one waits for is added
     * @return 0 when the first one left the line; else nanoseconds until it is to be looked at again
     */
    long letOut(Set<Limit> before, long now) {
        Waiter first = waiting.peekFirst();
        if (first == null) {
            turns.left(this);
            return Limit.UNTIL_DONE;
        }
        long waited = now - first.since();
        long wait = untilFree(before, now);
        StepException refused = first.ticket() == FIRST ? null : paused();
        if (refused == null && wait != 0) {
            refused = refused(waited, now);
        }
        if (wait != 0 && wait != Limit.UNTIL_DONE) {
            rules.standing().held(Duration.ofNanos(wait), pause.holds(now));
        }
        if (wait != 0 && refused == null) {
            // Nobody who came later takes what this one waits for.
            places.block(before, now);
            return Math.min(wait, rules.maxWait().toNanos() - waited);
        }
        waiting.removeFirst();
        if (waiting.isEmpty()) {
            turns.left(this);
        }
        if (refused == null) {
            first.turn().go(place(now));
        } else {
            rules.standing().failed(refused);
            first.turn().refuse(refused);
        }
        return waiting.isEmpty() ? Limit.UNTIL_DONE : 0;
    }

    private @Nullable StepException refused(long waited, long now) {
        Duration said = places.tooLong(now);
        if (said != null) {
            return limited("the system says that no call fits for " + Durations.format(said) + ", longer than the "
                    + Durations.format(rules.maxWait()) + " that a call waits");
        }
        boolean over = waited >= rules.maxWait().toNanos();
        return over || (rules.fails() && !pause.holds(now))
                ? limited(noPlace(rules.fails() ? Duration.ZERO : rules.maxWait()))
                : null;
    }

    private String noPlace(Duration waited) {
        String asked = asked();
        return "no place under the rate limit of the instance within " + Durations.format(waited)
                + (asked == null ? "" : ": " + asked);
    }
}
