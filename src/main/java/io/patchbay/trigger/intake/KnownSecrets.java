package io.patchbay.trigger.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Values of secrets in memory, because event loops must not read files or ask vaults. Read when triggers are deployed and
 * again now and then, so that a secret can be changed without a restart.
 */
final class KnownSecrets {

    private static final System.Logger LOG = System.getLogger(KnownSecrets.class.getName());

    private final Map<String, Supplier<Optional<String>>> sources = new ConcurrentHashMap<>();
    private final Map<String, Optional<String>> values = new ConcurrentHashMap<>();

    /**
     * Reads these, so that they are known. Waits.
     *
     * @param named where each is found; may wait
     */
    void know(Map<String, Supplier<Optional<String>>> named) {
        sources.putAll(named);
        named.keySet().forEach(this::read);
    }

    /** Forgets all but these. */
    void keepOnly(Set<String> names) {
        sources.keySet().retainAll(names);
        values.keySet().retainAll(names);
    }

    /** Reads all known ones again. Waits. */
    void refresh() {
        sources.keySet().forEach(this::read);
    }

    /** A value from memory; empty when it is not known or does not exist. */
    Optional<String> value(String name) {
        return values.getOrDefault(name, Optional.empty());
    }

    private void read(String name) {
        Supplier<Optional<String>> source = sources.get(name);
        if (source == null) {
            return;
        }
        try {
            Optional<String> value = source.get();
            if (value.isEmpty() && !Optional.empty().equals(values.get(name))) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "secret ''{0}'' does not exist: every request that needs it is refused [SECRET_MISSING]",
                        name);
            }
            values.put(name, value);
        } catch (RuntimeException e) {
            // What was known stays: a vault that is away for a moment must not lock callers out.
            LOG.log(System.Logger.Level.WARNING, "secret ''{0}'' cannot be read: {1}", name, e.getMessage());
        }
    }
}
