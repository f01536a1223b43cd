package io.patchbay.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one run is followed. Safe for use by several threads. */
public interface RunTrace {

    /** It is not followed. */
    RunTrace NONE = new RunTrace() {
        @Override
        public ShapeTrace shape(String shape, String type) {
            return ShapeTrace.NONE;
        }

        @Override
        public Map<String, String> carried() {
            return Map.of();
        }

        @Override
        public @Nullable String shown() {
            return null;
        }

        @Override
        public void ended(@Nullable RunRecord record) {
            // Nobody wants to know.
        }
    };

    /** A payload, or all of them at once, begins to pass a shape. */
    ShapeTrace shape(String shape, String type);

    /** Metadata of starts that the run makes, by which their runs belong to its trace. */
    Map<String, String> carried();

    /** Where the run is shown, as its record keeps it; null when it is shown nowhere. */
    @Nullable
    String shown();

    /** The run ended; null when it is left for another life. */
    void ended(@Nullable RunRecord record);
}
