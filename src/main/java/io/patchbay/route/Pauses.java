package io.patchbay.route;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is paused: nothing of it is lost meanwhile, and it goes on where it was when the pause ends. A paused flow
 * begins no run but those that a person starts, a flow that calls a paused instance none; their starts wait. While the intake is paused no trigger is taken on.
 */
public interface Pauses {

    /** What can be paused. */
    enum Kind {
        /** A flow, by its id. */
        FLOW,
        /** An instance, by its name. */
        INSTANCE,
        /** All triggers together; it has no name. */
        INTAKE
    }

    /** Who paused it. */
    enum By {
        /** A person, until a person ends it. */
        OPERATOR,
        /** The runtime, because calls of the instance get no answer; until one does. */
        UNREACHABLE
    }

    /**
     * A pause.
     *
     * @param name of the flow or the instance; empty for the intake
     * @param reason a sentence, or null
     */
    record Paused(
            Kind kind,
            String name,
            Instant since,
            By by,
            @Nullable String reason) {}

    /** All pauses, by kind and name. */
    List<Paused> all();

    /** Pauses; what is paused already gets the new reason. Returns when that is synced. */
    void pause(Kind kind, String name, @Nullable String reason);

    /** Ends a pause, whoever began it; false when there was none. Returns when that is synced. */
    boolean resume(Kind kind, String name);
}
