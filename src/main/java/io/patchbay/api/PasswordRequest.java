package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** Another password for a user. */
@Doc("Another password for a user")
record PasswordRequest(
        @Doc("14 to 128 characters, or as many as patchbay.access.password-length says")
        String password) {

    /** Without the password: it must not get into a log. */
    @Override
    public String toString() {
        return "a password";
    }
}
