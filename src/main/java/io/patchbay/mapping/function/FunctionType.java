package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import org.jspecify.annotations.Nullable;

/** A kind of function: what it is called, how it is written, how it is read. */
public interface FunctionType {

    /** What people read about it. */
    FunctionSpec spec();

    /**
     * Reads the settings.
     *
     * @param settings what stands behind the function's name; an empty mapping when the name stands alone
     * @return the function, or null when the settings were wrong; then at least one error was added
     */
    @Nullable
    MapFunction read(Node settings, Reading reading);

    /** The JSON Schema of the settings. */
    ObjectNode schema(Schemas schemas);

    /** Whether the name may stand alone, as {@code trim}. */
    default boolean standsAlone() {
        return false;
    }
}
