package io.patchbay.shape;

/** Settings of a shape that calls an endpoint. */
public interface CallsEndpoint {

    /** The endpoint that it calls. */
    EndpointUse use();

    /** Whether the content that it is given has no part in what it does and what goes on. Called only when it was checked. */
    default boolean ignoresContent(Surroundings around) {
        return false;
    }
}
