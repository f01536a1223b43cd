package io.patchbay.connector.http;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.definition.CircuitBreakerConfig;
import io.patchbay.connector.limit.Breaker;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The breakers of one instance. */
final class Breakers {

    private final Instance instance;
    private final Map<String, Breaker> made = new ConcurrentHashMap<>();

    Breakers(Instance instance) {
        this.instance = instance;
    }

    /** The breaker of an endpoint, if its rules want one. Those share one that say nothing of their own. */
    @Nullable
    Breaker of(Endpoint endpoint) {
        CircuitBreakerConfig config = endpoint.errors().breaker();
        var own = instance.errors();
        boolean shared = endpoint.config().errorHandler() == null || (own != null && own.breaker() != null);
        String key = shared ? "" : endpoint.id();
        return config == null ? null : made.computeIfAbsent(key, any -> new Breaker(instance.name(), config));
    }

    /** Tells a breaker, if there is one, what became of a call. */
    static void tell(@Nullable Breaker breaker, @Nullable StepException failure, boolean givenUp) {
        if (breaker == null) {
            return;
        }
        if (givenUp) {
            breaker.left();
        } else if (failure != null && failure.retryable() && failure.owner() == Owner.REMOTE) {
            breaker.failed(failure);
        } else {
            breaker.answered();
        }
    }
}
