package io.patchbay.connector;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How an instance stands, as its calls in this runtime saw it. A call that goes well reads two fields and takes no lock; a change
 * is one line in the log. Safe for use by several threads.
 */
public final class Standing {

    private static final System.Logger LOG = System.getLogger(Standing.class.getName());

    /** A system that comes and goes with each call is not told of more often than this in a minute. */
    private static final int LINES = 6;

    private static final long MINUTE = 60_000;
    /** How exact the time of the last success is: it is not written with each call. */
    private static final long EXACT = 1_000;
    /** A shorter wait for a place under the instance's own limits is how calls are spread, and tells nothing. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final int LONGEST_SENTENCE = 500;

    private static final String OWN_LIMIT = "RATE_LIMITED";

    /** Failures that say nothing of the system: somebody here ended the call. */
    private static final Set<String> OURS = Set.of("CANCELLED", "INTERRUPTED", "CIRCUIT_OPEN", "PAUSED");

    /** Failures of calls that were never made: they say nothing of whether the system answers. */
    private static final Set<String> NO_ANSWER =
            Set.of(OWN_LIMIT, "LIMITED", "NO_SECRET", "SECRET_UNREACHABLE", "NOT_CONNECTED", "NO_TOKEN");

    private final String instance;
    private final Clock clock;
    private final Redactor redactor;
    private final Pausing pausing;
    private final ServerCertificates certificates;
    private volatile Seen seen = new Seen(InstanceStatus.UNKNOWN, null);
    private volatile @Nullable Held held;
    private volatile @Nullable Failure failure;
    private volatile long succeeded;
    /** How many calls in a row got no answer. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private volatile InstanceStatus told = InstanceStatus.UNKNOWN;
    private long minute;
    private int lines;

    private record Seen(InstanceStatus status, @Nullable Instant since) {}

    /** Calls wait; {@code asked} when the system wants it so, and not our own limits alone. */
    private record Held(long from, long until, boolean asked) {}

    /**
     * A call that failed.
     *
     * @param sentence what was the matter, without secrets
     */
    public record Failure(Instant at, String code, String sentence) {}

    /**
     * How it stands at one moment.
     *
     * @param since when that began; null while nothing is known
     * @param lastSuccess the last call that went well, to the second; null when there was none
     * @param lastFailure the last call that failed; null when there was none
     */
    public record View(
            InstanceStatus status,
            @Nullable Instant since,
            @Nullable Instant lastSuccess,
            @Nullable Failure lastFailure) {

        /** Of an instance that was not called yet. */
        public static final View NOTHING = new View(InstanceStatus.UNKNOWN, null, null, null);
    }

    /** Of an instance that nobody pauses; nothing is known yet. */
    public Standing(String instance, Clock clock, Redactor redactor) {
        this(instance, clock, redactor, Pausing.NONE);
    }

    /** Nothing is known yet. */
    public Standing(String instance, Clock clock, Redactor redactor, Pausing pausing) {
        this.pausing = pausing;
        this.instance = instance;
        this.clock = clock;
        this.redactor = redactor;
        this.certificates = new ServerCertificates(clock);
    }

    /** What its servers showed. */
    public ServerCertificates certificates() {
        return certificates;
    }

    /** How it stands now. */
    public View view() {
        long last = succeeded;
        Seen base = seen;
        long now = clock.millis();
        Held pause = held(now);
        return new View(
                pause == null ? base.status() : InstanceStatus.LIMITED,
                pause == null ? base.since() : Instant.ofEpochMilli(pause.from()),
                last == 0 ? null : Instant.ofEpochMilli(last),
                failure);
    }

    /** A call went well. */
    public void answered() {
        long now = clock.millis();
        if (now - succeeded >= EXACT) {
            succeeded = now;
        }
        if (unanswered.get() != 0) {
            unanswered.set(0);
            pausing.answered(instance);
        }
        if (seen.status() != InstanceStatus.OPERATIONAL || told != InstanceStatus.OPERATIONAL) {
            settle(InstanceStatus.OPERATIONAL, now, "");
        }
    }

    /** Why no flow calls it now; null when it is not paused. */
    public @Nullable String paused() {
        return pausing.why(instance);
    }

    /** A call failed. */
    public void failed(StepException why) {
        failed(why, null);
    }

    /** A call failed, and the connector says whose matter it is. */
    public void failed(StepException why, @Nullable FailureType type) {
        InstanceStatus says = InstanceStatus.of(why, type);
        boolean callersFault = says == null && why.owner() == Owner.AUTHOR && type == null;
        if (callersFault || why.isHeld() || why.isSkipped() || OURS.contains(why.code())) {
            return;
        }
        long now = clock.millis();
        count(says, why);
        if (says == InstanceStatus.OPERATIONAL) {
            settle(says, now, "");
            return;
        }
        String sentence = sentence(why);
        failure = new Failure(Instant.ofEpochMilli(now), why.code(), sentence);
        if (says == InstanceStatus.LIMITED && held(now) != null) {
            // What refused the login before may refuse it still: too many calls say nothing of that.
            if (!why.code().equals(OWN_LIMIT) && seen.status() != InstanceStatus.FAILED_AUTHENTICATION) {
                settle(InstanceStatus.OPERATIONAL, now, ""); // it answers, and is limited as long as the pause lasts
            }
        } else if (says != null) {
            settle(says, now, ": " + sentence + " [" + why.code() + "]");
        }
    }

    /** A system that answers anything at all is not down. */
    private void count(@Nullable InstanceStatus says, StepException why) {
        if (says == InstanceStatus.UNREACHABLE) {
            pausing.unreachable(instance, unanswered.incrementAndGet(), sentence(why));
        } else if (says != null && !NO_ANSWER.contains(why.code()) && unanswered.getAndSet(0) != 0) {
            pausing.answered(instance);
        }
    }

    /**
     * Calls wait.
     *
     * @param left for how long
     * @param asked whether the system wants it so, and not our own limits alone
     */
    public void held(Duration left, boolean asked) {
        if (!asked && left.compareTo(SHORT) < 0) {
            return;
        }
        long now = clock.millis();
        long until = now + left.toMillis();
        Held before = held(now);
        // What is left is worked out anew each time: a few milliseconds are no change.
        if (before != null && before.until() >= until - 50 && (before.asked() || !asked)) {
            return;
        }
        synchronized (this) {
            Held last = held(now); // another one may have come in between
            held = last == null
                    ? new Held(now, until, asked)
                    : new Held(last.from(), Math.max(last.until(), until), last.asked() || asked);
            tell(now, " for " + Durations.format(Duration.ofSeconds(Math.max(1, left.toSeconds()))));
        }
    }

    /** The time of day after this long, to the second. */
    public Instant in(Duration wait) {
        return clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    }

    private @Nullable Held held(long now) {
        Held pause = held;
        return pause != null && now < pause.until() ? pause : null;
    }

    private synchronized void settle(InstanceStatus status, long now, String why) {
        if (seen.status() != status) {
            seen = new Seen(status, Instant.ofEpochMilli(now));
        }
        tell(now, why);
    }

    /** Says what has changed, once; beyond the bound a later call says it. */
    private void tell(long now, String why) {
        Held pause = held(now);
        InstanceStatus status = pause != null && pause.asked() ? InstanceStatus.LIMITED : seen.status();
        if (status == told) {
            return;
        }
        if (now - minute >= MINUTE) {
            minute = now;
            lines = 0;
        }
        if (lines < LINES) {
            lines++;
            told = status;
            boolean well = status == InstanceStatus.OPERATIONAL;
            LOG.log(
                    well ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    "instance {0} is {1}{2}",
                    instance,
                    status.word(),
                    well ? "" : why);
        }
    }

    /** Without secrets before it is cut: a piece of one would not be known. */
    private String sentence(StepException why) {
        String line = redactor.redact(String.valueOf(why.getMessage()))
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "…" : line;
    }
}
