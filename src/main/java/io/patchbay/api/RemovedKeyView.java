package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** A key that was ended. */
@Doc("A key that was ended")
record RemovedKeyView(String name) {}
