package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** A user who is gone. */
@Doc("A user who is gone")
record RemovedUserView(String name) {}
