package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** How many records one request may carry; payloads with more are cut. */
@Doc("How many records one request may carry; payloads with more are cut")
public record BatchConfig(
        @Doc("Most records; 1 sends each record as one object") @Range(min = 1, max = 1_000_000)
        int maxRecords,

        @Doc("Most bytes of the records together, without what is around them") @Nullable
        DataSize maxBytes,

        @Doc("Form of the body") @Default("array") Mode mode,

        @Doc(
                "Where the list of records stands in the body, or in the variables of a graphql body, like input.quantities;"
                        + " of multipart the name of the parts, record by default")
        @Nullable
        String at) {

    /** Forms of a batch. */
    public enum Mode {
        /** A JSON list. */
        ARRAY,
        /** One JSON value per line. */
        NDJSON,
        /** Rows (RFC 4180), of which the first names the columns: the body, or the payload in it. */
        CSV,
        /** Parts of a form (RFC 7578): a JSON value in each. */
        MULTIPART
    }
}
