package io.patchbay.format;

import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.Json;

/** How JSON is read. */
@Doc("How JSON is read")
public record JsonSettings(
        @Doc(
                "What becomes of an object in which a key stands twice: its record is broken, or the last value is taken and those before it are lost")
        @Default("fail")
        DuplicateKeys duplicateKeys) {

    /** No value is lost. */
    public static final JsonSettings DEFAULT = new JsonSettings(DuplicateKeys.FAIL);

    /** The last value is taken. */
    public static final JsonSettings LAST = new JsonSettings(DuplicateKeys.LAST);

    private static final ObjectReader NONE_TWICE = Json.MAPPER.reader();

    /** What becomes of a key that stands twice in one object. */
    public enum DuplicateKeys {
        /** Its record is broken. */
        FAIL,
        /** The last value is taken. */
        LAST
    }

    /** What makes trees so. */
    public ObjectReader reader() {
        return duplicateKeys == DuplicateKeys.LAST ? Json.LAST : NONE_TWICE;
    }
}
