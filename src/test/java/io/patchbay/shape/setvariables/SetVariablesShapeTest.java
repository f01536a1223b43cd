package io.patchbay.shape.setvariables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.FakeScope;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetVariablesShapeTest {

    private final Surroundings around =
            PlacedShape.surroundings(Map.of("a", FakeScope.yaml("1"), "b", FakeScope.yaml("2")), Map.of(), Map.of());

    @Test
    void theContractNamesWhatIsReadAndWritten() {
        Contract contract = place("{ flow: { a: \"${flow.b} of ${run.failed}\" }, meta: { m: \"${record.id}\" } }")
                .contract();

        assertThat(contract.writes()).containsExactly(StateRef.variable("a"));
        assertThat(contract.reads()).containsExactlyInAnyOrder(StateRef.variable("b"), StateRef.run());
        assertThat(contract.outside()).isFalse();
    }

    @Test
    void allValuesAreReadBeforeTheFirstIsSet() throws StepException {
        FakeAttempt attempt = new FakeAttempt(around.variables(), Map.of(), null, 0);

        place("{ flow: { a: \"${flow.b}\", b: \"${flow.a}\" } }")
                .work(PlacedShape.payload(FakeScope.yaml("{}")), attempt);

        assertThat(attempt.variables()).containsEntry("a", FakeScope.yaml("2")).containsEntry("b", FakeScope.yaml("1"));
    }

    @Test
    void metadataIsBoundedAndNothingIsSetBeyondTheBound() {
        FakeAttempt attempt = new FakeAttempt(around.variables(), Map.of(), null, 0);
        Payload payload = PlacedShape.payload(FakeScope.yaml("{ long: " + "x".repeat(10_300) + " }"));

        assertThatThrownBy(() -> place("{ flow: { a: 9 }, meta: { m: \"${record.long}\" } }")
                        .work(payload, attempt))
                .isInstanceOfSatisfying(
                        StepException.class,
                        failure -> assertThat(failure.owner()).isEqualTo(Owner.LIMIT))
                .hasMessageContaining("10240")
                .hasMessageNotContaining("xxx");
        assertThat(attempt.variables()).containsEntry("a", FakeScope.yaml("1"));
    }

    private PlacedShape place(String yaml) {
        return PlacedShape.of(new SetVariablesShape(), yaml, around);
    }
}
