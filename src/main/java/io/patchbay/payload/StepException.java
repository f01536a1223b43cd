package io.patchbay.payload;

import io.patchbay.expression.ExpressionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step could not do its work on a payload. The message is a sentence for the user: it holds no secret, no whole payload
 * and no class name.
 */
public final class StepException extends Exception {

    /** Code of a request that may have arrived, and is not sent again by itself. */
    public static final String UNKNOWN_OUTCOME = "UNKNOWN_OUTCOME";

    private static final long serialVersionUID = 1L;

    private final Owner owner;
    private static final String HELD = "HELD";
    private static final String SKIPPED = "SKIPPED";
    private static final String PAUSED = "PAUSED";

    private final String code;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    /** A failure that another attempt would not mend. */
    public StepException(Owner owner, String code, String message) {
        this(owner, code, message, null, false, null);
    }

    /** A failure that another attempt would not mend. */
    public StepException(Owner owner, String code, String message, @Nullable Throwable cause) {
        this(owner, code, message, cause, false, null);
    }

    /**
     * A failure.
     *
     * @param retryable whether another attempt may succeed
     * @param retryAfter how long the outside system asks to wait; it wins over any back-off
     */
    public StepException(
            Owner owner,
            String code,
            String message,
            @Nullable Throwable cause,
            boolean retryable,
            @Nullable Duration retryAfter) {
        super(message, cause, false, cause == null);
        this.owner = owner;
        this.code = code;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** Nothing failed: the run ended before the work was done, and the payload is kept for a replay. */
    public static StepException held(String why) {
        return new StepException(Owner.AUTHOR, HELD, "held: " + why);
    }

    /** Nothing failed and nothing was sent: the instance is paused, so the run is left for later. */
    public static StepException paused(String why) {
        return new StepException(Owner.LIMIT, PAUSED, why);
    }

    /** Whether an instance is paused; see {@link #paused(String)}. */
    public boolean isPaused() {
        return code.equals(PAUSED);
    }

    /** The record is to be left out: what the system says of it is no failure in the eyes of the connector's author. */
    public static StepException skipped(String why) {
        return new StepException(Owner.REMOTE, SKIPPED, why);
    }

    /** Whether a record is to be left out; see {@link #skipped(String)}. */
    public boolean isSkipped() {
        return code.equals(SKIPPED);
    }

    /** Whether nothing failed; see {@link #held(String)}. */
    public boolean isHeld() {
        return code.equals(HELD);
    }

    /**
     * A placeholder, path or condition did not fit the data: the author's to mend, and another attempt would not help, unless what
     * it names could not be asked.
     */
    public static StepException of(ExpressionException cause) {
        return of(cause, String.valueOf(cause.getMessage()));
    }

    /** The same, told otherwise. */
    public static StepException of(ExpressionException cause, String message) {
        return cause.later()
                ? new StepException(Owner.REMOTE, cause.code(), message, null, true, null)
                : new StepException(Owner.AUTHOR, cause.code(), message);
    }

    /** Whose job it is to mend this. */
    public Owner owner() {
        return owner;
    }

    /** Stable name, like {@code HTTP_401} or {@code NOT_JSON}. */
    public String code() {
        return code;
    }

    /** Whether another attempt may succeed. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the outside system asks to wait, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
