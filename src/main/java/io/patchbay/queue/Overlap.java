package io.patchbay.queue;

/** What a start does while a run of the same flow is going. */
public enum Overlap {
    /** One waits; a newer one takes its place. */
    LATEST,
    /** All wait, in order; one runs at a time. */
    QUEUE,
    /** A schedule's start is left out. */
    SKIP,
    /** It runs at the same time. */
    PARALLEL
}
