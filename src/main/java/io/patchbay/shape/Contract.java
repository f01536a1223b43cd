package io.patchbay.shape;

import java.util.Set;

/**
 * What a placed shape promises; from this alone the compiler lays out pipelines, splitters and barriers.
 *
 * @param yields how many payloads come out for what goes in
 * @param takes what one piece of work is given
 * @param reads run state that the shape reads: a barrier goes before it when a shape before it writes that state
 * @param writes run state that the shape writes
 * @param outside whether it acts on the world outside: its result is a checkpoint, so that a crash does not repeat it
 */
public record Contract(Yields yields, Takes takes, Set<StateRef> reads, Set<StateRef> writes, boolean outside) {

    /** How many payloads come out. */
    public enum Yields {
        /** One, or none when nothing is left of it. */
        AT_MOST_ONE,
        /** Exactly one. */
        ONE,
        /** Any number. */
        MANY
    }

    /** What one piece of work is given. */
    public enum Takes {
        /** One payload. */
        PAYLOAD,
        /** All payloads that reach the shape, at once; also when none does. */
        BUCKET,
        /**
         * Nothing: it works once, when all payloads have reached it, also when none has, and they pass by unchanged. It sees the
         * first of them.
         */
        RUN
    }

    public Contract {
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    /** One payload in, one out, no effects. */
    public static Contract one() {
        return new Contract(Yields.ONE, Takes.PAYLOAD, Set.of(), Set.of(), false);
    }

    /** One payload in, one or none out, no effects. */
    public static Contract atMostOne() {
        return new Contract(Yields.AT_MOST_ONE, Takes.PAYLOAD, Set.of(), Set.of(), false);
    }

    /** One payload in, any number out, no effects. */
    public static Contract many() {
        return new Contract(Yields.MANY, Takes.PAYLOAD, Set.of(), Set.of(), false);
    }

    /** The same, reading this state. */
    public Contract reading(Set<StateRef> state) {
        return new Contract(yields, takes, state, writes, outside);
    }

    /** The same, writing this state. */
    public Contract writing(Set<StateRef> state) {
        return new Contract(yields, takes, reads, state, outside);
    }

    /** The same, acting outside. */
    public Contract actingOutside() {
        return new Contract(yields, takes, reads, writes, true);
    }

    /** The same, given this. */
    public Contract taking(Takes what) {
        return new Contract(yields, what, reads, writes, outside);
    }
}
