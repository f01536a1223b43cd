package io.patchbay.ops.security;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of the API, as operators see it: never the key itself.
 *
 * @param name what operators call it; it stands in the audit log
 * @param role what who has it may do
 * @param flows patterns of the flows that it holds for; empty for everything
 * @param madeBy who made it
 * @param createdAt since when it is known
 * @param expiresAt when it ends
 * @param lastUsedAt when it was last used, to a minute; null when it never was
 */
public record AccessKey(
        String name,
        Role role,
        List<String> flows,
        String madeBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** Keeps a copy of the patterns. */
    public AccessKey {
        flows = List.copyOf(flows);
    }

    /** Who comes with it. */
    Actor actor() {
        return new Actor(Actor.Kind.KEY, name, role, flows);
    }
}
