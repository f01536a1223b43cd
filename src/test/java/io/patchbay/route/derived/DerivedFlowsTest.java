package io.patchbay.route.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Provenance;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DerivedFlowsTest {

    private static final SourceFile ORDERS =
            new SourceFile("routes/orders.flow.yaml", Path.of("."), SourceKind.FLOW, "flow: orders", "");

    /** Makes of each flow another one, and a cache for it. */
    private record Twice(String ending) implements Derivation {

        @Override
        public Derived derive(Given given) {
            List<FlowDeployer.Source> made = given.flows().stream()
                    .map(flow -> new FlowDeployer.Source(
                            flow.file() + ending, flow.text() + ending, flow.name() + ending, Provenance.OWN))
                    .toList();
            Problem seen = new Problem(
                    Location.of(ending),
                    Problem.Severity.WARNING,
                    "SEEN",
                    given.stores().caches().keySet().toString(),
                    null);
            return new Derived(
                    made, new Stores(Map.of("stock" + ending, CacheRules.DEFAULT), Map.of()), List.of(seen));
        }
    }

    @Test
    void aLaterDerivationSeesWhatAnEarlierOneHasMade() {
        DerivedFlows.Flows flows = new DerivedFlows(List.of(new Twice("-a"), new Twice("-b")))
                .of(List.of(ORDERS), Stores.NONE);

        assertThat(flows.flows())
                .extracting(FlowDeployer.Source::name)
                .containsExactly("orders", "orders-a", "orders-b", "orders-a-b");
        assertThat(flows.stores().caches()).containsOnlyKeys("stock-a", "stock-b");
        assertThat(flows.problems()).extracting(Problem::what).containsExactly("[]", "[stock-a]");
    }

    @Test
    void whatAFileDeclaresStandsForWhatADerivationDeclares() {
        CacheRules own = new CacheRules(
                CacheRules.DEFAULT.scope(), CacheRules.DEFAULT.keep(), CacheRules.DEFAULT.most(), 7);

        DerivedFlows.Flows flows = new DerivedFlows(List.of(new Twice("-a")))
                .of(List.of(ORDERS), new Stores(Map.of("stock-a", own), Map.of()));

        assertThat(flows.stores().caches()).containsExactly(Map.entry("stock-a", own));
    }
}
