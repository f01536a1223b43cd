package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks, and what they may do. */
@Doc("Who asks, and what they may do")
record SessionView(
        String name,

        @Doc("How they proved it: token (the administrator's), key, user (a password) or oidc (an OpenID provider)")
        Actor.Kind kind,

        @Doc("administrator, manager, user or read-only") String role,

        @Doc("When the session or the key ends at the latest; null for proofs that come with each request") @Nullable
        Instant endsAt,

        @Doc("What the role has; each operation says in x-permission what it needs")
        List<String> permissions,

        @Doc("Ids of the operations that the role may do, by name")
        List<String> operations) {}
