package io.patchbay.runtime;

/**
 * A service of the runtime that shapes may ask for.
 *
 * @param type what they ask for
 * @param service an instance of the type
 */
public record OfferedService(Class<?> type, Object service) {

    /** @throws IllegalArgumentException if the service is not of the type */
    public OfferedService {
        if (!type.isInstance(service)) {
            throw new IllegalArgumentException(service + " is no " + type.getName());
        }
    }
}
