package io.patchbay.route.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flows that are made of service files. */
class ServiceFlowsTest {

    private static final String PATH = "routes/services/orders.service.yaml";
    private static final String TEXT = """
            service: web-orders
            entity: orders
            source: { instance: shop }
            reference: number
            mapping: { order: [ { to: no, from: number } ] }
            destination: { instance: erp }
            """;

    private final ServiceFlows flows = new ServiceFlows();

    private Derivation.Derived derived(String text) {
        SourceFile file =
                new SourceFile(PATH, Path.of("."), SourceKind.SERVICE, text, Integer.toHexString(text.hashCode()));
        return flows.derive(new Derivation.Given(List.of(file), List.of()));
    }

    @Test
    void aServiceIsAFlowOfItsName() {
        Derivation.Derived made = derived(TEXT);

        assertThat(made.problems()).isEmpty();
        assertThat(made.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.file()).isEqualTo(PATH);
            assertThat(flow.name()).isEqualTo("web-orders");
            assertThat(flow.text()).contains("flow: web-orders");
        });
    }

    @Test
    void aProblemOfTheFlowIsToldAtItsPlaceInTheServiceFile() {
        FlowDeployer.Source flow = derived(TEXT).flows().get(0);
        int line = flow.text().substring(0, flow.text().indexOf("instance: erp")).split("\n").length;
        Problem found = new Problem(
                new Location(PATH, line, 19), Problem.Severity.ERROR, "UNKNOWN_INSTANCE", "there is no 'erp'", null);

        assertThat(flow.provenance().told(found).at()).isEqualTo(new Location(PATH, 6, 1));
    }

    @Test
    void aFileThatCannotBeReadIsAFlowThatCannotEither() {
        Derivation.Derived made = derived(TEXT.replace("entity", "entty") + "notes: 1\n");

        FlowDeployer.Source flow = made.flows().get(0);
        Problem any = new Problem(Location.of(PATH), Problem.Severity.ERROR, "WRONG_TYPE", "no mapping", null);
        assertThat(flow.name()).isEqualTo("orders");
        assertThat(flow.provenance().told(any).code()).isEqualTo("UNKNOWN_KEY");
        assertThat(made.problems()).hasSize(1);
    }
}
