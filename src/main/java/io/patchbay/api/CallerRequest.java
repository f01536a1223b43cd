package io.patchbay.api;

import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** A caller that is to be made known. */
@Doc("A caller that is to be made known")
record CallerRequest(
        @Doc("Its name: small letters, digits and '-'") @Nullable
        String name,

        @Doc("Most requests a minute, for each replica; 120 when not given") @Nullable
        Integer perMinute,

        @Doc("Largest body, like 2MB; what the address takes when not given") @Nullable
        String maxBody) {}
