package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** What was forgotten. */
@Doc("How many keys were forgotten")
record ForgottenView(long forgotten) {}
