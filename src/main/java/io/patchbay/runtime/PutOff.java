package io.patchbay.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Payloads that wait and cannot go on at the moment: each is tried again after some time, and told of in the log once. */
final class PutOff {

    private static final System.Logger LOG = System.getLogger(PutOff.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** It cannot go on at the moment, which was told in the log. */
    static final class NotYetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYetException(String id) {
            super(id + " cannot go on at the moment", null, false, false);
        }
    }

    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    /** Whether it may be tried. */
    boolean due(String id, Instant now) {
        Instant off = until.get(id);
        return off == null || !off.isAfter(now);
    }

    /** It cannot go on. */
    void off(String id, Instant now, @Nullable String why) {
        if (until.put(id, now.plus(AGAIN)) == null) {
            LOG.log(System.Logger.Level.WARNING, "{0} waits and cannot go on, tried again now and then: {1}", id, why);
        }
    }

    /** It went on, or somebody else let it. */
    void done(String id) {
        until.remove(id);
    }

    /** Forgets those that nobody tried for some time: they do not wait any more. */
    void forget(Instant now) {
        until.values().removeIf(off -> off.plus(FORGOTTEN).isBefore(now));
    }
}
