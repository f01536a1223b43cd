package io.patchbay.shape.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.expression.FakeScope;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowControlShapeTest {

    private final PlacedShape shape = PlacedShape.of(new FlowControlShape(), "{ size: 2 }");
    private final Payload five = PlacedShape.payload(FakeScope.yaml("[ 1, 2, 3, 4, 5 ]"));

    @Test
    void batchesHaveLineagesOfTheirOwn() throws StepException {
        List<Payload> batches = shape.work(five, new FakeAttempt());

        assertThat(batches)
                .extracting(batch -> batch.lineage().text())
                .containsExactly("run-1/it#0", "run-1/it#1", "run-1/it#2");
        assertThat(shape.contract()).isEqualTo(Contract.many());
    }

    @Test
    void cutsTheSamePayloadIntoTheSameBatchesEachTime() throws StepException {
        assertThat(pages(new FakeAttempt())).hasSize(3).isEqualTo(pages(new FakeAttempt()));
        assertThat(((Plan.Yielding) shape.plan()).repeatable()).isTrue();
    }

    @Test
    void yieldsNothingMoreOnceItIsClosed() throws StepException {
        Pull pull = ((Plan.Yielding) shape.plan()).work().open(five, new FakeAttempt());
        pull.next();
        pull.close();
        pull.close();

        assertThat(pull.next()).isInstanceOf(Pull.End.class);
    }

    @Test
    void batchesShareTheirRecordsWithThePayload() throws StepException {
        Payload orders = PlacedShape.payload(FakeScope.yaml("[ { id: 1 }, { id: 2 }, { id: 3 } ]"));

        List<Payload> batches = shape.work(orders, new FakeAttempt());

        assertThat(batches.get(1).records().get(0)).isSameAs(orders.records().get(2));
    }

    private List<Pull.Page> pages(FakeAttempt attempt) throws StepException {
        List<Pull.Page> pages = new ArrayList<>();
        try (Pull pull = ((Plan.Yielding) shape.plan()).work().open(five, attempt)) {
            while (pull.next() instanceof Pull.Page page) {
                pages.add(page);
            }
        }
        return pages;
    }
}
