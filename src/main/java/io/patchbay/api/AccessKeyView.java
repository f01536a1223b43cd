package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.AccessKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key of the API, without the key. */
@Doc("A key of the API; the key itself is not kept")
record AccessKeyView(
        String name,
        @Doc("administrator, manager, user or read-only") String role,

        @Doc("Patterns of the flows that it holds for; empty for everything")
        List<String> flows,

        @Doc("Who made it") String madeBy,
        Instant createdAt,
        @Doc("When it ends") Instant expiresAt,

        @Doc("When it was last used, to a minute; null when it never was") @Nullable
        Instant lastUsedAt) {

    AccessKeyView {
        flows = List.copyOf(flows);
    }

    static AccessKeyView of(AccessKey key) {
        return new AccessKeyView(
                key.name(),
                key.role().word(),
                key.flows(),
                key.madeBy(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt());
    }
}
