package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** What was taken into a cache. */
@Doc("What came of an import into a cache")
record ImportedEntriesView(
        @Doc("Rows of the file") long rows,
        @Doc("Entries that they made or replaced") long entries) {}
