package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.List;

/** A stored instance that is gone. */
@Doc("A stored instance that is gone")
record DeletedInstanceView(
        String name,

        @Doc("Files of flows that used it, and have a problem now")
        List<String> usedBy) {

    DeletedInstanceView {
        usedBy = List.copyOf(usedBy);
    }
}
