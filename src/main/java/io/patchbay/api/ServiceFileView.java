package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.List;

/** A file of a service. */
@Doc("A file of a service, that was written or would be")
record ServiceFileView(
        @Doc("The service's name") String id,
        @Doc("Where it is written") String file,
        @Doc("What it says") String text,

        @Doc("Errors that it has; empty for one that was written")
        List<String> wrong) {}
