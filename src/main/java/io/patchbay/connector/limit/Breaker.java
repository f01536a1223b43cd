package io.patchbay.connector.limit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.patchbay.canvas.Durations;
import io.patchbay.connector.definition.CircuitBreakerConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Duration;

/**
 * Makes no calls to a system that is down. Only failures are counted, so that so many of them within the window open it,
 * whatever else went well; what it refuses waits like any other try until it closes. Safe for use by several threads.
 */
public final class Breaker {

    private static final System.Logger LOG = System.getLogger(Breaker.class.getName());

    /** While one call tries whether the system is back, the others come again after this. */
    private static final Duration TRIAL = Duration.ofSeconds(5);

    private final String instance;
    private final CircuitBreakerConfig config;
    private final CircuitBreaker breaker;
    private volatile long openUntil;

    /** A breaker that is closed. */
    public Breaker(String instance, CircuitBreakerConfig config) {
        this.instance = instance;
        this.config = config;
        this.breaker = CircuitBreaker.of(
                instance,
                io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize((int) config.window().toSeconds())
                        .minimumNumberOfCalls(config.failures())
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(config.openFor())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            State now = event.getStateTransition().getToState();
            if (now == State.OPEN) {
                openUntil = System.nanoTime() + config.openFor().toNanos();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "instance {0} is left alone for {1}: its calls fail",
                        instance,
                        Durations.format(config.openFor()));
            } else if (now == State.CLOSED) {
                LOG.log(System.Logger.Level.INFO, "instance {0} answers again", instance);
            }
        });
    }

    /** Lets a call out; one of the methods below says what became of it. @throws StepException when it is open */
    public void enter() throws StepException {
        if (breaker.tryAcquirePermission()) {
            return;
        }
        Duration left = Duration.ofNanos(openUntil - System.nanoTime());
        Duration least = config.openFor().compareTo(TRIAL) < 0 ? config.openFor() : TRIAL;
        throw new StepException(
                Owner.REMOTE,
                "CIRCUIT_OPEN",
                "instance '" + instance + "' is left alone for a while: " + config.failures() + " of its calls within "
                        + Durations.format(config.window()) + " failed (errorHandler.circuitBreaker)",
                null,
                true,
                left.compareTo(least) < 0 ? least : left);
    }

    /** The system answered. */
    public void answered() {
        if (breaker.getState() == State.HALF_OPEN) {
            breaker.onSuccess(0, breaker.getTimestampUnit());
        }
    }

    /** The system did not answer, or not as it should. */
    public void failed(StepException why) {
        breaker.onError(0, breaker.getTimestampUnit(), why);
    }

    /** The call was given up: it says nothing of the system. */
    public void left() {
        breaker.releasePermission();
    }
}
