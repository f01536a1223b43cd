package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value that a connection shape may pass to an endpoint. */
@Doc("One value that a connection shape may pass in")
public record InputConfig(
        @Doc("Kind of value") @Default("string") ValueType type,

        @Doc("What it is for") @Nullable String description,

        @Doc("Value when none is passed") @Key("default") @Nullable
        JsonNode fallback,

        @Doc("The values that are allowed") @Key("enum") @Nullable
        List<JsonNode> choices,

        @Doc("Whether it must be passed; by default when there is no default value") @Nullable
        Boolean required,

        @Doc("A value that would do") @Nullable JsonNode example) {

    /** Whether it must be passed. */
    public boolean mandatory() {
        return required == null ? fallback == null : required;
    }
}
