package io.patchbay.connector.definition;

import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** The call that shows whether an instance works. */
@Doc("The call that shows whether an instance works")
public record CheckConfig(
        @Doc("A read without required inputs") String endpoint,

        @Doc("What its answer must be") @Nullable Expect expect) {

    /** What an answer must be. */
    public record Expect(
            @Doc("Status") @Nullable Integer status,
            @Doc("Path that must exist in it") @Nullable String jsonPath) {}
}
