package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** A user who is to be made known. */
@Doc("A user who is to be made known")
record UserRequest(
        @Doc("What they log in with: small letters, digits and . @ _ - between them")
        String name,

        @Doc("administrator, manager, user or read-only") String role,

        @Doc("14 to 128 characters, or as many as patchbay.access.password-length says")
        String password) {

    /** Without the password: it must not get into a log. */
    @Override
    public String toString() {
        return "user " + name;
    }
}
