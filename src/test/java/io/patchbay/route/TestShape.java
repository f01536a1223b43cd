package io.patchbay.route;

import io.patchbay.shape.Contract;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;

/** A shape of a test, which promises the same however it is set: it says what it does, and no more. */
abstract class TestShape<C> implements ShapeType<C> {

    /** Settings of a shape that has none. */
    record None() {}

    private final String name;
    private final Class<C> settings;
    private final Contract contract;

    TestShape(String name, Class<C> settings, Contract contract) {
        this.name = name;
        this.settings = settings;
        this.contract = contract;
    }

    @Override
    public final ShapeSpec spec() {
        return new ShapeSpec(name, "", "", "", "");
    }

    @Override
    public final Class<C> settings() {
        return settings;
    }

    @Override
    public final Contract contract(C settings, Surroundings around) {
        return contract;
    }
}
