package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** Another role for a user. */
@Doc("Another role for a user")
record RoleRequest(
        @Doc("administrator, manager, user or read-only") String role) {}
