package io.patchbay.connector.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatName;
import io.patchbay.payload.StepException;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Records of a file or an answer, one after the other. */
public interface RecordSource extends Closeable {

    /** The next one; null behind the last. */
    @Nullable
    JsonNode next() throws StepException;

    /** The part of the content that the last record stands in, like the name of a member; null where it has no parts. */
    default @Nullable String part() {
        return null;
    }

    /** How many records, with those that could not be read, stand before that part. */
    default long before() {
        return 0;
    }

    /** The format of a record that is wrong, where the next one can be read none the less; null where none can. */
    default @Nullable FormatName format() {
        return null;
    }
}
