package io.patchbay.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeFlows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.boot.actuate.health.Status;

class FlowsHealthTest {

    private final FakeFlows flows = new FakeFlows().with("orders").withBroken("wrong");
    private final FlowsHealth health = new FlowsHealth(flows);

    @Test
    void isUpWhileSomeVersionOfAFlowRuns() {
        Health orders = of("orders");

        assertThat(orders.getStatus()).isEqualTo(Status.UP);
        assertThat(orders.getDetails())
                .containsEntry("state", "active")
                .containsEntry("revision", "0123456789ab")
                .containsEntry("running", 1L)
                .containsEntry("queued", 2L)
                .doesNotContainKey("problems");
    }

    @Test
    void showsWhatIsWrongWithAFileWithoutCallingTheProgramIll() {
        Health wrong = of("wrong");

        assertThat(wrong.getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(wrong.getDetails().get("problems"))
                .isEqualTo(List.of("routes/wrong.flow.yaml:14:9: filter has no key 'kepe' [UNKNOWN_KEY]\n"
                        + "  hint: did you mean 'keep'?"));
    }

    @Test
    void saysThatAFlowIsPaused() {
        flows.enable("orders", false);

        assertThat(of("orders").getDetails()).containsEntry("state", "paused");
    }

    @Test
    void hasEveryFlowThatThereIsNow() {
        flows.with("new-one");

        assertThat(health.stream().map(NamedContributor::getName)).containsExactly("new-one", "orders", "wrong");
        assertThat(health.getContributor("nope")).isNull();
    }

    private Health of(String flow) {
        return ((HealthIndicator) health.getContributor(flow)).health();
    }
}
