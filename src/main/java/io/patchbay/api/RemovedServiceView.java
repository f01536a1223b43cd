package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.List;

/** A service that was removed. */
@Doc("A service that was removed")
record RemovedServiceView(
        @Doc("The service's name") String id,

        @Doc("Files that went: its own and those of its tests")
        List<String> files,

        @Doc("What its file said, for who puts it back") String text) {}
