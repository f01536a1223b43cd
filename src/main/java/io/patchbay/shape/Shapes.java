package io.patchbay.shape;

import io.patchbay.shape.branch.BranchShape;
import io.patchbay.shape.callback.CallbackShape;
import io.patchbay.shape.route.RouteShape;
import io.patchbay.shape.trycatch.TryShape;
import java.util.List;

/** The one list of shapes: adding a shape adds one line. */
public final class Shapes {

    private Shapes() {}

    /** All shapes there are. */
    public static List<ShapeType<?>> all() {
        return List.of(
                new BranchShape(), //
                new CallbackShape(),
                new RouteShape(),
                new TryShape());
    }
}
