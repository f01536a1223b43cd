package io.patchbay.ops.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who may do what: the one table. What a role does not name it may not. */
public enum Role {
    ADMINISTRATOR(EnumSet.allOf(Permission.class)),
    MANAGER(EnumSet.of(
            Permission.VIEW,
            Permission.READ,
            Permission.RUN,
            Permission.OPERATE,
            Permission.CONNECT,
            Permission.INSTALL,
            Permission.SELF,
            Permission.PEOPLE)),
    USER(EnumSet.of(
            Permission.VIEW, Permission.READ, Permission.RUN, Permission.OPERATE, Permission.CONNECT, Permission.SELF)),
    READ_ONLY(EnumSet.of(Permission.VIEW, Permission.READ, Permission.SELF));

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy that nobody can change
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    /** Whether the role has a permission. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Its name as people and documents write it, like {@code read-only}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role of a name. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
