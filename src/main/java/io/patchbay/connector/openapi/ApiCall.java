package io.patchbay.connector.openapi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connector asks, as far as it can be held against a description.
 *
 * @param endpoint its id
 * @param method the method
 * @param path behind the base
 * @param base path of the connector's base; null when an instance says it
 * @param query names of the query parameters that may be sent; null when any may
 * @param sendsBody whether it has a body
 */
public record ApiCall(
        String endpoint,
        String method,
        PathParts path,
        @Nullable PathParts base,
        @Nullable Set<String> query,
        boolean sendsBody) {

    public ApiCall {
        query = query == null ? null : Set.copyOf(query);
    }

    /** Whether a query parameter of this name, or a part of it like {@code name[part]}, may be sent. */
    public boolean maySend(String name) {
        return query == null || query.stream().anyMatch(one -> one.equals(name) || one.startsWith(name + "["));
    }
}
