package io.patchbay.canvas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that is written in a form of its own, and says what that form is.
 *
 * @param <T> the value
 */
public interface ValueReader<T> {

    /**
     * Reads the value.
     *
     * @return the value, or null when it was wrong; then at least one error was added to the reading's problems
     */
    @Nullable
    T read(Node node, Reading reading);

    /** The JSON Schema (2020-12) of the form. */
    ObjectNode schema(Schemas schemas);
}
