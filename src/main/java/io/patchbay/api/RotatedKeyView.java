package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.secret.KeyRotation.Rotated;
import java.util.List;

/** What came of a rotation of the key. */
@Doc("What came of a rotation of the key")
record RotatedKeyView(
        @Doc("Whether a new key was made") boolean made,
        @Doc("Id of the key that encrypts now") String newest,

        @Doc("Ids of all keys that decrypt, the newest first")
        List<String> known,

        @Doc("How many texts were encrypted again") int renewed,

        @Doc("How many could not be decrypted, and stay as they are")
        int closed) {

    RotatedKeyView {
        known = List.copyOf(known);
    }

    static RotatedKeyView of(Rotated rotated) {
        return new RotatedKeyView(
                rotated.made(), rotated.newest(), rotated.known(), rotated.renewed(), rotated.closed());
    }
}
