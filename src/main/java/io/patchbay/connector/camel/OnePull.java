package io.patchbay.connector.camel;

import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;

/** What is there already, as the only payload of a pull. */
final class OnePull implements Pull {

    private final Payload payload;
    private final String shape;
    private boolean given;

    OnePull(Payload payload, String shape) {
        this.payload = payload;
        this.shape = shape;
    }

    @Override
    public Element next() {
        if (given) {
            return new End();
        }
        given = true;
        return new Page(payload.withLineage(payload.lineage().child(shape, 0)), null);
    }

    @Override
    public void close() {
        given = true;
    }
}
