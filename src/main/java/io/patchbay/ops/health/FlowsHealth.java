package io.patchbay.ops.health;

import io.patchbay.problem.Problem;
import io.patchbay.route.Flows;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;

/**
 * Every flow by its id. A flow is up while some version of it runs, even if its file has errors now: the program is not ill
 * because an author erred. One whose file was never right is unknown, which weighs less than up.
 */
final class FlowsHealth implements CompositeHealthContributor {

    /** Problems told per flow; all of them are at {@code /api/v1/problems}. */
    private static final int MOST_PROBLEMS = 10;

    private final Flows flows;

    FlowsHealth(Flows flows) {
        this.flows = flows;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return flows.flow(name).map(FlowsHealth::indicator).orElse(null);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return flows.list().stream()
                .map(view -> NamedContributor.<HealthContributor>of(view.id(), indicator(view)))
                .iterator();
    }

    private static HealthIndicator indicator(Flows.View view) {
        return () -> health(view);
    }

    private static Health health(Flows.View view) {
        String revision = view.revision();
        Health.Builder health =
                revision == null ? Health.unknown() : Health.up().withDetail("revision", revision);
        health.withDetail("file", view.file())
                .withDetail("state", view.enabled() ? view.status().name().toLowerCase(Locale.ROOT) : "paused")
                .withDetail("running", view.running())
                .withDetail("queued", view.queued());
        if (!view.problems().isEmpty()) {
            health.withDetail("problems", texts(view.problems()));
        }
        return health.build();
    }

    static List<String> texts(List<Problem> problems) {
        return problems.stream().limit(MOST_PROBLEMS).map(Problem::toString).toList();
    }
}
