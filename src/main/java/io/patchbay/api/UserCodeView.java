package io.patchbay.api;

import io.patchbay.canvas.Doc;

/** The secret of a user's one-time codes. */
@Doc("The secret of a user's one-time codes")
record UserCodeView(
        String name,
        @Doc("Shown this once, in base 32") String secret,

        @Doc("The same for an app, often shown as a QR code")
        String uri) {

    /** Without the secret: it must not get into a log. */
    @Override
    public String toString() {
        return "code of " + name;
    }
}
