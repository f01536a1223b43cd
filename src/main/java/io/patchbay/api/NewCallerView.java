package io.patchbay.api;

import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** A caller that was just made known, with its secret. */
@Doc("A caller that was just made known, with its secret")
record NewCallerView(
        String name,
        String clientId,
        @Doc("Shown this once") String clientSecret,
        @Doc("Most requests a minute, for each replica") int perMinute,

        @Doc("Largest body in bytes; null where only the address bounds it") @Nullable
        Long maxBodyBytes) {

    /** Without the secret: it must not get into a log. */
    @Override
    public String toString() {
        return "caller " + name;
    }
}
