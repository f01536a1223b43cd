package io.patchbay.connector;

import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.InputConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a flow may know of an endpoint of an instance.
 *
 * @param instance the instance
 * @param endpoint the endpoint's id
 * @param connector the connector's id
 * @param hash of the connector's definition
 * @param actsOutside whether it changes something outside
 * @param many whether one call yields any number of payloads: pages, or files by a pattern
 * @param perKey whether records that have a key in common are sent in order
 * @param answers whether each call is an HTTP request whose answer is read as a whole, so that code of a flow may judge it
 * @param inputs what may be passed to it, by name
 * @param growth of its list; null for one that is read from its beginning each time
 * @param mostPerPage records that may be asked for per page; null where a flow has no say in it
 * @param backoff when and how often to try again
 */
public record EndpointFacts(
        String instance,
        String endpoint,
        String connector,
        String hash,
        boolean actsOutside,
        boolean many,
        boolean perKey,
        boolean answers,
        Map<String, InputConfig> inputs,
        Endpoint.@Nullable Growth growth,
        @Nullable Integer mostPerPage,
        Backoff backoff) {}
