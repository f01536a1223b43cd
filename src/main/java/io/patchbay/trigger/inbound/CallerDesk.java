package io.patchbay.trigger.inbound;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the intake asks about callers. Whose a token is, is known for five seconds without asking the database again; how often
 * a caller called is counted in memory, so its limit holds for each replica.
 */
public final class CallerDesk implements Callers {

    private static final Duration KNOWN = Duration.ofSeconds(5);
    private static final int MOST_KNOWN = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final JdbcCallers callers;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    /** A desk over the callers in the database. */
    public CallerDesk(JdbcCallers callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    private record Known(Caller caller, Instant until) {}

    /** What a caller has left, and under which limit. */
    private record Counted(int perMinute, Bucket bucket) {}

    /**
     * A token for a caller.
     *
     * @param token what it shows from now on
     * @param life how long
     */
    public record Token(String token, Duration life) {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /** A new token for who knows a caller's secret. Waits, for a tenth of a second at least. */
    public Optional<Token> issue(String clientId, String secret) {
        return callers.issue(clientId, secret).map(issued -> new Token(issued.token(), issued.life()));
    }

    /** Whose token it is, as far as that is known without waiting; null when it has to be asked. */
    public @Nullable Caller known(String token) {
        Known entry = known.get(JdbcCallers.hashOf(token));
        return entry == null || !clock.instant().isBefore(entry.until()) ? null : entry.caller();
    }

    /** Whose token it is. Waits for the database. */
    public Optional<Caller> ask(String token) {
        String hash = JdbcCallers.hashOf(token);
        Optional<Caller> caller = callers.ofToken(hash);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        caller.ifPresentOrElse(
                found -> known.put(hash, new Known(found, clock.instant().plus(KNOWN))), () -> known.remove(hash));
        return caller;
    }

    /** Counts a request. @return null when the caller may go on, else when it may try again */
    public @Nullable Duration refusedFor(Caller caller) {
        int perMinute = caller.limits().perMinute();
        ConsumptionProbe taken = counted.compute(
                        caller.name(),
                        (name, was) -> was != null && was.perMinute() == perMinute
                                ? was
                                : new Counted(perMinute, bucket(perMinute)))
                .bucket()
                .tryConsumeAndReturnRemaining(1);
        return taken.isConsumed() ? null : Duration.ofNanos(taken.getNanosToWaitForRefill());
    }

    @Override
    public List<Caller> list() {
        return callers.list();
    }

    @Override
    public Optional<Caller> find(String name) {
        return callers.find(name);
    }

    @Override
    public Created create(String name, Caller.Limits limits) {
        return callers.create(name, limits);
    }

    @Override
    public Optional<Caller> limit(String name, Caller.Limits limits) {
        Optional<Caller> limited = callers.limit(name, limits);
        known.clear();
        return limited;
    }

    @Override
    public Optional<Caller> revoke(String name) {
        Optional<Caller> revoked = callers.revoke(name);
        known.clear();
        counted.remove(name);
        return revoked;
    }

    /** The requests of one minute, which come back evenly. */
    private static Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .withNanosecondPrecision()
                .build();
    }
}
