package io.patchbay.connector.camel;

import io.patchbay.connector.NotInSchema;
import io.patchbay.connector.PartialResult;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Waits;
import io.patchbay.connector.Writing;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.IdempotencyConfig.When;
import io.patchbay.connector.definition.PartialResultConfig.Rest;
import io.patchbay.connector.limit.Governor;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request of a sending: its waits, its tries, looking up what may have arrived, and what its answer says of each record. */
final class PartCall implements Governor.Turn {

    /** How it goes on after a step. Said before another thread may take it up. */
    private enum Next {
        /** At once. */
        NOW,
        /** When what it waits for is there. */
        LATER,
        /** Not at all: it is settled. */
        DONE
    }

    private final Sending sending;
    private final Writing writing;
    private final Trace trace;
    private final Runnable goesOn;
    private final Deque<Item> doubtful = new ArrayDeque<>();
    private final boolean repeats;
    private final @Nullable Looking looking;
    private Part part;
    private boolean fits;
    private boolean looked;
    private boolean begun;
    private int tries;
    private @Nullable StepException failedBefore;
    private Governor.@Nullable Permit granted;
    private @Nullable StepException refused;

    /**
     * A request.
     *
     * @param goesOn called, on a thread that may work, when {@link #go} is to be called again
     */
    PartCall(Sending sending, Part part, Trace trace, Runnable goesOn) {
        this.sending = sending;
        this.writing = sending.operation().endpoint().writing();
        this.part = part;
        this.trace = trace;
        this.goesOn = goesOn;
        this.repeats = sending.mayHaveSent();
        this.fits = writing.batch() == null
                || sending.operation().endpoint().schemas().request() == null;
        Writing.Lookup lookup = writing.lookup();
        this.looking = lookup == null ? null : new Looking(sending, lookup, trace);
        if (lookup != null && (repeats || lookup.when() == When.ALWAYS)) {
            doubtful.addAll(part.items());
        }
    }

    int number() {
        return part.number();
    }

    /** Goes on until it is settled (true) or something must be waited for (false). */
    boolean go() {
        Next next = Next.NOW;
        while (next == Next.NOW) {
            next = step();
        }
        return next == Next.DONE;
    }

    private Next step() {
        Governor.Permit permit = granted;
        granted = null;
        StepException why = refused;
        refused = null;
        if (part.isEmpty()) {
            release(permit);
            return Next.DONE;
        }
        if (sending.cancelled()) {
            release(permit);
            return stopped();
        }
        Attempt.Made before = permit == null ? sending.madeBefore(part) : null;
        if (before != null) {
            return answered(before.answer(), false);
        }
        if (why != null) {
            return failed(why);
        }
        if (!fits) {
            fits = true;
            return withoutMisfits(permit);
        }
        if (sending.pulls()) {
            return turn(null);
        }
        permit = permit == null ? governor().tryNow() : permit;
        return permit == null ? waitInLine() : turn(permit);
    }

    /** Records that the connector says its system does not take fail before anything is sent. */
    private Next withoutMisfits(Governor.@Nullable Permit permit) {
        granted = permit;
        try {
            Map<Integer, String> misfits = sending.operation().misfits(sending.request(part, trace));
            if (!misfits.isEmpty() && sending.alone() && misfits.size() == part.size()) {
                release(permit);
                return failed(NotInSchema.failure(misfits.values().iterator().next()));
            }
            Part all = part;
            misfits.forEach((at, what) -> {
                Item item = all.items().get(at);
                sending.refused(all.only(item::equals), NotInSchema.failure(what));
                part = part.only(other -> !other.equals(item));
            });
            return Next.NOW;
        } catch (StepException e) {
            release(permit);
            return failed(e);
        }
    }

    private static void release(Governor.@Nullable Permit permit) {
        if (permit != null) {
            permit.release();
        }
    }

    private Governor governor() {
        return sending.operation().governor();
    }

    private Next waitInLine() {
        // How the wait ends is said before it begins: behind it another thread may already be at the call.
        trace.onCancel(this::leaveLine);
        governor().await(this);
        if (sending.cancelled()) {
            leaveLine();
        }
        return Next.LATER;
    }

    private void leaveLine() {
        if (governor().withdraw(this)) {
            sending.connections().work(goesOn);
        }
    }

    @Override
    public void go(Governor.Permit permit) {
        granted = permit;
        sending.connections().work(goesOn);
    }

    @Override
    public void refuse(StepException why) {
        refused = why;
        sending.connections().work(goesOn);
    }

    /** Looks one record up, or makes one try of the request. */
    private Next turn(Governor.@Nullable Permit permit) {
        if (!looked) {
            looked = true;
            begun = sending.begunBefore(part); // whole: what is found there leaves it
        }
        try {
            Item item = doubtful.peek();
            return item == null || looking == null ? sent() : lookedUp(looking, item);
        } catch (StepException e) {
            return failed(e);
        } finally {
            release(permit);
        }
    }

    private Next sent() throws StepException {
        refuseOldKey();
        tries++;
        boolean once = writing.once() || (looking != null && looking.unknowable(part) != null);
        return answered(sending.ask(part, once, trace), true);
    }

    /** A key that the system has forgotten protects from nothing. */
    private void refuseOldKey() throws StepException {
        Duration ttl = writing.keyTtl();
        boolean again = tries > 0 ? uncertain() : repeats;
        if (ttl == null || writing.lookup() != null || !again) {
            return;
        }
        var now = sending.connections().services().clock().instant();
        if (Duration.between(sending.queued(), now).compareTo(ttl) > 0) {
            throw new StepException(
                    Owner.LIMIT,
                    "KEY_EXPIRED",
                    "it may have arrived before, and the system has forgotten its idempotency key by now"
                            + " (idempotency.ttl): look there, and replay it if it is missing");
        }
    }

    private boolean uncertain() {
        return failedBefore != null && Outcome.uncertain(failedBefore);
    }

    private Next lookedUp(Looking looks, Item item) throws StepException {
        ExpressionException nothing = looks.unknowable(part, item);
        if (nothing != null) {
            return unknowable(item, nothing);
        }
        Part one = part.only(item::equals);
        Payload found = looks.find(part, item);
        doubtful.remove();
        if (found != null) {
            sending.log(LogLevel.INFO, "not sent: the system has it already");
            sending.taken(one, found);
            part = part.only(other -> !other.equals(item));
        }
        return Next.NOW;
    }

    /**
     * A record that has nothing it could be looked up by. Where the program ended while it was sent, it may have arrived; a try of this life
     * whose outcome was not known has ended as such; and a replay is what a person says who looked.
     */
    private Next unknowable(Item item, ExpressionException nothing) throws StepException {
        if (!repeats && !uncertain()) {
            throw StepException.of(nothing); // to be looked up before it is sent
        }
        doubtful.remove();
        if (begun) {
            StepException why = Outcome.unknown(nothing, null);
            if (part.size() == 1 && sending.alone()) {
                throw why;
            }
            sending.refused(part.only(item::equals), why);
            part = part.only(other -> !other.equals(item));
        }
        return Next.NOW;
    }

    /** What may have arrived and could not be looked up fails as that. */
    private StepException unlessKnown(StepException why) {
        Looking looks = looking;
        if (looks == null || !Outcome.uncertain(why)) {
            return why;
        }
        try {
            Part all = part;
            for (Item item : all.items()) {
                ExpressionException nothing = looks.unknowable(all, item);
                if (nothing != null && (sending.alone() || all.size() == 1)) {
                    return Outcome.unknown(nothing, why);
                }
                if (nothing != null) {
                    sending.refused(all.only(item::equals), Outcome.unknown(nothing, why));
                    part = part.only(other -> !other.equals(item));
                }
            }
            return why;
        } catch (StepException e) {
            return e;
        }
    }

    /** Gives each record of a part that was made in an earlier life what the answer said of it. */
    void answeredBefore(@Nullable Payload answer) {
        answered(answer, false);
    }

    /** Gives each record what the answer says of it. */
    private Next answered(@Nullable Payload answer, boolean fresh) {
        try {
            PartialResult partial = writing.partial();
            PartialResult.Judged judged = partial == null || answer == null
                    ? new PartialResult.Judged(Map.of(), null)
                    : partial.judge(part.records(), answer.tree());
            String unclear = judged.unclear();
            if (unclear != null) {
                return failed(failures().unclear(unclear));
            }
            if (judged.failed().size() == 1 && part.size() == 1 && sending.alone()) {
                return failed(failures().refused(judged.failed().get(0)));
            }
            Part all = part;
            refuse(judged.failed());
            if (partial != null
                    && partial.config().rest() == Rest.AGAIN
                    && !judged.failed().isEmpty()) {
                tries = 0;
                return Next.NOW;
            }
            taken(answer);
            if (fresh) {
                sending.mark(all, answer, !judged.failed().isEmpty());
            }
            return Next.DONE;
        } catch (StepException e) {
            return failed(e);
        }
    }

    private void refuse(Map<Integer, String> failed) {
        Part all = part;
        failed.forEach((at, why) -> {
            Item item = all.items().get(at);
            sending.refused(all.only(item::equals), failures().refused(why));
            part = part.only(other -> !other.equals(item));
        });
    }

    private void taken(@Nullable Payload answer) throws StepException {
        if (!part.isEmpty()) {
            sending.taken(part, answer);
        }
    }

    private RecordFailures failures() {
        return new RecordFailures(sending.connections().services().secrets().redactor());
    }

    /** After a failed try. */
    private Next failed(StepException happened) {
        StepException why = unlessKnown(Outcome.of(writing, happened));
        if (part.isEmpty()) {
            return Next.DONE;
        }
        Backoff backoff = sending.operation().endpoint().errors().backoff();
        if (!sending.alone()
                && !sending.pulls()
                && why.retryable()
                && Math.max(1, tries) < backoff.maxAttempts()
                && !sending.cancelled()) {
            again(why, backoff);
            return Next.LATER;
        }
        sending.failed(part, why);
        return Next.DONE;
    }

    private void again(StepException why, Backoff backoff) {
        tries = Math.max(1, tries);
        Duration wait = Waits.before(
                tries + 1,
                backoff,
                why.retryAfter(),
                () -> ThreadLocalRandom.current().nextDouble());
        sending.log(
                LogLevel.WARN,
                why.getMessage() + " [" + why.code() + "]; request " + (part.number() + 1) + " of " + sending.parts()
                        + " is tried again");
        failedBefore = why;
        if (writing.lookup() != null && uncertain() && doubtful.isEmpty()) {
            doubtful.addAll(part.items());
        }
        Runnable once = once(goesOn);
        trace.onCancel(() -> sending.connections().work(once));
        var unused = sending.connections().after(wait, once);
    }

    /** Work that two may set off: the first one does it, and then nothing of it is kept. */
    private static Runnable once(Runnable work) {
        AtomicReference<@Nullable Runnable> left = new AtomicReference<>(work);
        return () -> {
            Runnable mine = left.getAndSet(null);
            if (mine != null) {
                mine.run();
            }
        };
    }

    /** The run was stopped before it was sent: its records are kept, so that none is lost. */
    private Next stopped() {
        StepException tried = failedBefore;
        StepException why = tried == null
                ? ConnectorProducer.held()
                : StepException.held("the run was stopped before another try; the one before ended with: "
                        + tried.getMessage() + " [" + tried.code() + "]");
        sending.failed(part, why);
        return Next.DONE;
    }
}
