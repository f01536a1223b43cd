package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.security.LocalUser;
import java.time.Instant;

/** A person that Patchbay itself knows. */
@Doc("A person that Patchbay itself knows")
record UserView(
        String name,
        @Doc("administrator, manager, user or read-only") String role,

        @Doc("Whether a one-time code stands behind the password")
        boolean code,

        Instant createdAt,
        @Doc("When role, password or code last changed") Instant changedAt) {

    static UserView of(LocalUser user) {
        return new UserView(user.name(), user.role().word(), user.code(), user.createdAt(), user.changedAt());
    }
}
