package io.patchbay.ops.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody is called here and may do here, by what a provider says of them. */
final class OidcRoles {

    private static final int LONGEST_NAME = 100;

    private final OidcProperties settings;
    private final Map<String, Role> roles;

    OidcRoles(OidcProperties settings) {
        this.settings = settings;
        this.roles = settings.roles().byValue();
    }

    /** Whether there is all that {@link #actor} looks for. */
    boolean complete(Map<String, Object> claims) {
        return claim(claims, settings.nameClaim()) != null && claim(claims, settings.rolesClaim()) != null;
    }

    /** @throws LoginRefusedException when they have no name or no role */
    Actor actor(Map<String, Object> claims) {
        String subject = text(claims.get("sub"));
        String name = Optional.ofNullable(claim(claims, settings.nameClaim()))
                .map(OidcRoles::text)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME)
                .filter(text -> text.chars().noneMatch(Character::isISOControl))
                .orElseThrow(() -> LoginRefusedException.of(
                        subject,
                        LoginRefusal.NAME,
                        "the claim '" + settings.nameClaim() + "' (patchbay.access.oidc.name-claim) of " + subject
                                + " is no text of 1 to " + LONGEST_NAME + " characters; there are "
                                + names(claims)));
        Set<String> values = values(claim(claims, settings.rolesClaim()));
        Role role = values.stream()
                .map(roles::get)
                .filter(Objects::nonNull)
                .min(Role::compareTo) // the first may most
                .or(() -> Role.of(String.valueOf(settings.defaultRole())))
                .orElseThrow(() -> LoginRefusedException.of(
                        name + " (" + subject + ")",
                        LoginRefusal.ROLE,
                        name + " has no role: the claim '" + settings.rolesClaim()
                                + "' (patchbay.access.oidc.roles-claim) "
                                + (values.isEmpty() ? "has no value; there are " + names(claims) : "is " + values)));
        return new Actor(Actor.Kind.OIDC, name, role, List.of());
    }

    /** By its whole name first, as names may have dots, like those that are addresses; then as a path. */
    private static @Nullable Object claim(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object here = claims;
        for (String part : name.split("\\.", -1)) {
            here = here instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return here;
    }

    private static Set<String> values(@Nullable Object claim) {
        Collection<?> all = claim instanceof Collection<?> many ? many : claim == null ? List.of() : List.of(claim);
        return all.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String names(Map<String, Object> claims) {
        return claims.keySet().stream().sorted().limit(50).collect(Collectors.joining(", "));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
