package io.patchbay.connector;

import io.patchbay.payload.schema.PayloadSchema;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of the data that goes through it.
 *
 * @param request of the body that goes out, or of each record of a batch; null for anything
 * @param response of each record that comes back; null for anything
 */
public record EndpointSchemas(
        @Nullable PayloadSchema request, @Nullable PayloadSchema response) {

    /** Nothing. */
    public static final EndpointSchemas NONE = new EndpointSchemas(null, null);
}
