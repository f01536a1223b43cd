package io.patchbay.shape;

/** Settings of a shape that calls an endpoint. */
public interface CallsEndpoint {

    /** The endpoint that it calls. */
    EndpointUse use();
}
