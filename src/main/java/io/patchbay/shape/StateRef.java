package io.patchbay.shape;

import io.patchbay.expression.Ref;
import java.util.Optional;

/**
 * A piece of run state.
 *
 * @param kind what it is
 * @param name which one; {@code *} for all of the kind
 */
public record StateRef(Kind kind, String name) {

    /** Kinds of run state. */
    public enum Kind {
        /** Counts and outcomes of the run so far; every shape writes them. */
        RUN,
        /** A flow variable. */
        VARIABLE,
        /** A cache. */
        CACHE,
        /** A data pool. */
        POOL
    }

    /** The run's counts. */
    public static StateRef run() {
        return new StateRef(Kind.RUN, "*");
    }

    /** The run state that a placeholder's reference reads, if it reads any. Identity and times of the run never change. */
    public static Optional<StateRef> of(Ref ref) {
        if (ref.root().equals("flow")) {
            return Optional.of(variable(ref.name()));
        }
        boolean counts = ref.root().equals("run")
                && (ref.name().equals("shapes") || ref.name().equals("failed"));
        return counts ? Optional.of(run()) : Optional.empty();
    }

    /** A flow variable. */
    public static StateRef variable(String name) {
        return new StateRef(Kind.VARIABLE, name);
    }
}
