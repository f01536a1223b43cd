package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Sighting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A value of a record that passed a flow. */
@Doc("A value of a record that passed a trackData")
record SightingView(
        @Doc("What kind of thing the value names") String entity,
        @Doc("The value, cut to 255 characters") String value,
        @Doc("The path at which it stood in the record") String field,
        @Doc("Which way the record went") Direction direction,

        @Doc("Whether the record met the shape's condition") boolean success,

        @Doc("Which system it is about") @Nullable String source,
        String flow,
        String shape,
        String run,
        Instant seenAt) {

    static SightingView of(Sighting one) {
        return new SightingView(
                one.entity(),
                one.value(),
                one.field(),
                one.direction(),
                one.success(),
                one.source(),
                one.flow(),
                one.shape(),
                one.run(),
                one.seenAt());
    }
}
