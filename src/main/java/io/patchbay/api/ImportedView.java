package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** What was taken in. */
@Doc("What came of an import")
record ImportedView(
        @Doc("Rows with a key") long rows,
        @Doc("Keys that were not there before") long added) {}
