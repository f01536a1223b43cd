package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** A start was accepted. */
@Doc("A start that was accepted: it is on disk")
record Started(@Doc("Id of the run that it becomes") String run) {}
