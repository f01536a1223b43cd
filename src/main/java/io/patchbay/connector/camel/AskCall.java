package io.patchbay.connector.camel;

import io.patchbay.connector.Operation;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Waits;
import io.patchbay.connector.camel.Questions.Ask;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request of a joining: its place in the line of the instance, and its tries under the endpoint's own rules. A list waits, and
 * tries each of its pages again, by itself.
 */
final class AskCall implements Governor.Turn {

    private final Joining joining;
    private final Ask ask;
    private final Trace trace;
    private final Runnable goesOn;
    private final Operation operation;
    private int tries;
    private Governor.@Nullable Permit granted;
    private @Nullable StepException refused;

    /**
     * A request.
     *
     * @param goesOn called, on a thread that may work, when {@link #go} is to be called again
     */
    AskCall(Joining joining, Ask ask, Trace trace, Runnable goesOn) {
        this.joining = joining;
        this.ask = ask;
        this.trace = trace;
        this.goesOn = goesOn;
        this.operation = joining.operation();
    }

    /** Goes on until it is settled (true) or something must be waited for (false). */
    boolean go() {
        Governor.Permit permit = granted;
        granted = null;
        StepException why = refused;
        refused = null;
        if (trace.cancelled()) {
            release(permit);
            joining.failed(ask, ConnectorProducer.held());
            return true;
        }
        if (why != null) {
            tries++;
            return failed(why);
        }
        if (operation.endpoint().many()) {
            return asked(null);
        }
        permit = permit == null ? operation.governor().tryNow() : permit;
        return permit == null ? waitInLine() : asked(permit);
    }

    private boolean asked(Governor.@Nullable Permit permit) {
        tries++;
        try {
            joining.ask(ask, trace);
            return true;
        } catch (StepException e) {
            release(permit);
            return failed(e);
        } finally {
            release(permit);
        }
    }

    private static void release(Governor.@Nullable Permit permit) {
        if (permit != null) {
            permit.release();
        }
    }

    private boolean waitInLine() {
        // How the wait ends is said before it begins: behind it another thread may already be at the call.
        trace.onCancel(this::leaveLine);
        operation.governor().await(this);
        if (trace.cancelled()) {
            leaveLine();
        }
        return false;
    }

    private void leaveLine() {
        if (operation.governor().withdraw(this)) {
            joining.connections().work(goesOn);
        }
    }

    @Override
    public void go(Governor.Permit permit) {
        granted = permit;
        joining.connections().work(goesOn);
    }

    @Override
    public void refuse(StepException why) {
        refused = why;
        joining.connections().work(goesOn);
    }

    /** After a failed try. */
    private boolean failed(StepException why) {
        Backoff backoff = operation.endpoint().errors().backoff();
        if (operation.endpoint().many() || !why.retryable() || tries >= backoff.maxAttempts() || trace.cancelled()) {
            joining.failed(ask, why);
            return true;
        }
        Duration wait = Waits.before(
                tries + 1,
                backoff,
                why.retryAfter(),
                () -> ThreadLocalRandom.current().nextDouble());
        joining.triedAgain(ask, why);
        AtomicBoolean over = new AtomicBoolean();
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                goesOn.run();
            }
        };
        trace.onCancel(() -> joining.connections().work(once));
        var unused = joining.connections().after(wait, once);
        return false;
    }
}
