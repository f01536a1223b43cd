package io.patchbay.flow;

import io.patchbay.canvas.Binder;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Step;
import java.util.Map;

/** Binds settings in which shapes may stand. */
public final class ShapeBinder {

    private ShapeBinder() {}

    /** A binder that knows all shapes. */
    public static Binder ofAllShapes() {
        return new Binder(Map.of(Step.class, new StepReader(Shapes.all())));
    }
}
