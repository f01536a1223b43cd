package io.patchbay.shape;

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

    /** A cache. */
    public static StateRef cache(String name) {
        return new StateRef(Kind.CACHE, name);
    }

    /** A flow variable. */
    public static StateRef variable(String name) {
        return new StateRef(Kind.VARIABLE, name);
    }
}
