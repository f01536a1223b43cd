package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.ErrorHandlerConfig.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an instance says of answers besides its connector. */
@Doc("What answers mean, besides what the connector says")
public record OwnErrorHandlerConfig(
        @Doc("Asked before the connector's rules, of all its endpoints; the first rule that matches decides")
        @Default("[]")
        List<Rule> rules,

        @Doc("In place of the connector's, as a whole") @Nullable
        Backoff backoff,

        @Doc("In place of the connector's, as a whole") @Nullable
        CircuitBreakerConfig circuitBreaker) {

    /** @throws IllegalArgumentException if it says nothing */
    public OwnErrorHandlerConfig {
        if (rules.isEmpty() && backoff == null && circuitBreaker == null) {
            throw new IllegalArgumentException("an errorHandler needs 'rules', 'backoff' or 'circuitBreaker'");
        }
    }
}
