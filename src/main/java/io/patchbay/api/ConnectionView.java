package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceConnect.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a person let an instance into its system. */
@Doc("Whether a person let an instance into its system")
record ConnectionView(
        String instance,

        @Doc("Whether a person is needed (oauth2AuthorizationCode); else the settings do")
        boolean needed,

        boolean connected,

        @Doc("The page on which a person connects it, in a browser") @Nullable
        String page,

        @Doc("What the client is registered with at the system as redirect address")
        String redirect,

        @Doc("Since when") @Nullable Instant connectedAt,

        @Doc("When the access token ends; it is renewed before where `renews` says so") @Nullable
        Instant accessEndsAt,

        @Doc("Whether a new token is had without a person") boolean renews,

        @Doc("What the token is good for, where the system says so") @Nullable
        String scope,

        @Doc("Scopes that were asked for and not given") @Nullable
        String missingScopes,

        @Doc("What the system was not told when the tokens were deleted, as a sentence") @Nullable
        String rest) {

    static ConnectionView of(Standing one, String redirect, @Nullable String rest) {
        return new ConnectionView(
                one.instance(),
                one.needed(),
                one.connectedAt() != null,
                one.page(),
                redirect,
                one.connectedAt(),
                one.accessEndsAt(),
                one.renews(),
                one.scope(),
                one.missing(),
                rest);
    }
}
