package io.patchbay.ops.security;

/** Where a call says which flow it is about, for who is let in for some flows only. */
public enum FlowIn {
    /** Nowhere: such a caller is refused. */
    NOWHERE,
    /** In the path: its variable {@code flow}, else {@code id}. */
    PATH,
    /** In the parameter {@code flow}, which such a caller must give, once. */
    QUERY,
    /** It is the flow of the run that the path names. */
    RUN,
    /** It is the flow of the failed payload that the path names. */
    FAILED_PAYLOAD
}
