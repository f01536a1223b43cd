package io.patchbay.ops.health;

import io.patchbay.trigger.subscription.Subscriptions.State;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Events that systems were asked for, and what is the matter where one could not be. The program is well without them, so this is
 * up. Where the table cannot be read it is unknown: that the store is down is told there.
 */
final class SubscriptionsHealth implements HealthIndicator {

    private static final int MOST_PROBLEMS = 20;

    private final Supplier<List<State>> states;

    SubscriptionsHealth(Supplier<List<State>> states) {
        this.states = states;
    }

    @Override
    public Health health() {
        List<State> all;
        try {
            all = states.get();
        } catch (IllegalStateException e) {
            return Health.unknown().build();
        }
        List<String> problems = all.stream()
                .filter(state -> state.sentence() != null)
                .limit(MOST_PROBLEMS)
                .map(state -> state.instance() + "/" + state.event() + ": " + state.sentence())
                .toList();
        Health.Builder health = Health.up()
                .withDetail("subscribed", all.stream().filter(State::subscribed).count());
        if (!problems.isEmpty()) {
            health.withDetail("problems", problems);
        }
        return health.build();
    }
}
