package io.patchbay.route.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Provenance;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedFlowsTest {

    private static final SourceFile ORDERS =
            new SourceFile("routes/orders.flow.yaml", Path.of("."), SourceKind.FLOW, "flow: orders", "");

    /** Makes of each flow another one, and has something to say. */
    private record Twice(String ending) implements Derivation {

        @Override
        public Derived derive(Given given) {
            List<FlowDeployer.Source> made = given.flows().stream()
                    .map(flow -> new FlowDeployer.Source(
                            flow.file() + ending, flow.text() + ending, flow.name() + ending, Provenance.OWN))
                    .toList();
            String files = given.files().size() + " files";
            return new Derived(
                    made, List.of(new Problem(Location.of(ending), Problem.Severity.WARNING, "SEEN", files, null)));
        }
    }

    @Test
    void aLaterDerivationSeesWhatAnEarlierOneHasMade() {
        DerivedFlows.Flows flows = new DerivedFlows(List.of(new Twice("-a"), new Twice("-b"))).of(List.of(ORDERS));

        assertThat(flows.flows())
                .extracting(FlowDeployer.Source::name)
                .containsExactly("orders", "orders-a", "orders-b", "orders-a-b");
        assertThat(flows.problems())
                .extracting(Problem::toString)
                .containsExactly("-a: warning: 1 files [SEEN]", "-b: warning: 1 files [SEEN]");
    }
}
