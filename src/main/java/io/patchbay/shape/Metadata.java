package io.patchbay.shape;

import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** What metadata of a payload may be. */
public final class Metadata {

    /** All metadata of one payload together, names and values in UTF-8. */
    public static final int MOST_BYTES = 10_240;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private Metadata() {}

    /** Whether a text can be the name of a value that an author sets. */
    public static boolean names(String text) {
        return NAME.matcher(text).matches() && !text.startsWith("error.");
    }

    /** The same payload. @throws StepException when its metadata is larger than it may be */
    public static Payload bounded(Payload payload) throws StepException {
        int bytes = 0;
        for (Map.Entry<String, String> entry : payload.meta().entrySet()) {
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            throw new StepException(
                    Owner.LIMIT,
                    "META_TOO_LARGE",
                    "the payload's metadata would have " + bytes + " bytes, more than " + MOST_BYTES);
        }
        return payload;
    }
}
