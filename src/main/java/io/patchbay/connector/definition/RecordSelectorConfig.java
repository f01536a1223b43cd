package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotYet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the records of an answer stand. */
@Doc("Where the records of an answer stand")
public record RecordSelectorConfig(
        @Doc("Path to the records, like $.orders[*]") String path,

        @NotYet @Nullable Node filter,

        @NotYet @Nullable Node expand,

        @Doc("What a page without records becomes") @Default("skip")
        OnEmpty onEmpty,

        @Doc("Fields that identify a record") @Default("[]") List<String> primaryKey) {

    /** What a page without records becomes. */
    public enum OnEmpty {
        /** Nothing. */
        SKIP,
        /** A payload without records. */
        EMIT_PARENT
    }
}
