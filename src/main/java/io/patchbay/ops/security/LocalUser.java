package io.patchbay.ops.security;

import java.time.Instant;

/**
 * A person that Patchbay itself knows.
 *
 * @param name what they log in with
 * @param role what they may do
 * @param code whether they need a one-time code beside their password
 * @param createdAt since when they are known
 * @param changedAt when their role, password or code last changed; sessions that began before it end
 */
public record LocalUser(String name, Role role, boolean code, Instant createdAt, Instant changedAt) {

    /** Who logs in so. */
    Actor actor() {
        return new Actor(Actor.Kind.USER, name, role, java.util.List.of());
    }
}
