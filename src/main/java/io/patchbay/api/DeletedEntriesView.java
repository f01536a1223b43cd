package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** What was deleted. */
@Doc("How many entries were deleted")
record DeletedEntriesView(long deleted) {}
