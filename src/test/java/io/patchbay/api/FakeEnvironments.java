package io.patchbay.api;

import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentSet;
import io.patchbay.environment.FlowNames;
import io.patchbay.environment.PackageFile;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.Environments;
import io.patchbay.route.Versions;
import io.patchbay.route.version.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Two environments of the fake flows; nothing can be brought into the second one. */
public final class FakeEnvironments implements Environments {

    private static final EnvironmentSet SET = EnvironmentSet.read(
            List.of(
                    new EnvironmentSet.Text(
                            "routes/environments/live.yaml", "environment: live\nflows: [ orders-to-erp ]\n"),
                    new EnvironmentSet.Text("routes/environments/uk.yaml", """
                            environment: uk
                            priority: high
                            replace: { instances: { shop: shop-uk }, variables: { currency: GBP, key: hidden-word-1 } }
                            flows: [ { flow: orders-to-erp, variables: { sum: 1, key: [ hidden-word-1 ] } } ]
                            """)),
            List.of(new EnvironmentSet.Text("routes/packages/all.yaml", "package: all\nflows: [ orders-to-erp ]\n")));

    public final List<String> asked = new ArrayList<>();

    @Override
    public List<View> list() {
        return SET.environments().values().stream().map(FakeEnvironments::view).toList();
    }

    @Override
    public List<Environment> files() {
        return List.copyOf(SET.environments().values());
    }

    private static View view(Environment environment) {
        return new View(
                environment,
                environment.ids().stream()
                        .map(base -> new FlowView(base, environment.flow(base), null))
                        .toList());
    }

    @Override
    public Optional<View> environment(String id) {
        return Optional.ofNullable(SET.environments().get(id)).map(FakeEnvironments::view);
    }

    @Override
    public List<PackageFile> packages() {
        return List.copyOf(SET.packages().values());
    }

    @Override
    public Plan plan(Wanted wanted) {
        known(wanted.environment());
        Step step = new Step(
                "orders-to-erp",
                "orders-to-erp@" + wanted.environment(),
                Action.DEPLOY,
                wanted.from() == null ? null : 3,
                null,
                List.of(new Problem(
                        Location.of("routes/a.flow.yaml"), Problem.Severity.WARNING, "CODE", "a warning", "a hint")),
                Map.of(FlowNames.Kind.INSTANCE, Set.of("erp")));
        List<Missing> missing = wanted.environment().equals("live")
                ? List.of(new Missing("SHOP_KEY", "shop", "key", List.of("orders-to-erp@live")))
                : List.of();
        return new Plan("1" + wanted.hashCode() + asked.size(), wanted, List.of(step), missing);
    }

    private static void known(String environment) {
        if (!SET.environments().containsKey(environment)) {
            throw new Versions.Refused(true, "There is no environment '" + environment + "'.");
        }
    }

    @Override
    public Plan deploy(Wanted wanted, Consumer<Plan> seen, @Nullable String by, @Nullable String note) {
        Plan plan = plan(wanted);
        seen.accept(plan);
        if (!plan.possible()) {
            throw new Versions.Refused(false, "Nothing was changed: secret 'SHOP_KEY' is not there.");
        }
        asked.add(wanted + " by " + by + ": " + note);
        return plan;
    }

    @Override
    public Comparison diff(String from, String to) {
        known(from);
        Change change = new Change(
                Change.Kind.CHANGED,
                Change.What.SETTING,
                "push",
                "endpoint",
                Json.NODES.textNode("a"),
                Json.NODES.textNode("b"));
        return new Comparison(
                from,
                to,
                List.of(
                        new Replaced("instances", "shop", null, "shop-uk"),
                        new Replaced("variables", "key", null, "[\"hidden-word-1\"]")),
                List.of(new FlowDiff(
                        "orders-to-erp",
                        true,
                        true,
                        1,
                        2,
                        new Versions.Diff(from, to, List.of(change), "-a\n+b\n", true),
                        false)));
    }
}
