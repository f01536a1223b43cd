package io.patchbay.route;

import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;

/** Yields one page; while {@link TestShapes#hangs}, the second one does not come before it is cut off. */
final class HangingPages extends TestShape<TestShape.None> {
    private final TestShapes shapes;

    HangingPages(TestShapes shapes) {
        super("hangingPages", None.class, Contract.many());
        this.shapes = shapes;
    }

    @Override
    public Plan plan(None settings, Placed at, Surroundings around) {
        return new Plan.Yielding(
                (payload, attempt) -> new Pull() {
                    private long page = attempt.resumeOrdinal();

                    @Override
                    public Element next() {
                        if (page == 1 && shapes.hangs) {
                            shapes.untilCut(attempt);
                            return new Failed(new StepException(Owner.REMOTE, "CUT", "no page"));
                        }
                        if (page > 1) {
                            return new End();
                        }
                        Payload one = TestShapes.numbered(payload.lineage().child(attempt.shape(), page), page, 1);
                        return new Page(one, Json.NODES.numberNode(++page));
                    }

                    @Override
                    public void close() {}
                },
                false);
    }
}
