package io.patchbay.ops.security;

import java.io.Serializable;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who is on the management listener.
 *
 * @param kind how they proved it
 * @param name what the audit log calls them
 * @param role what they may do
 * @param flows patterns of the flows that they are let in for, like {@code orders-*}; empty for everything
 */
public record Actor(Kind kind, String name, Role role, List<String> flows) implements Principal, Serializable {

    private static final long serialVersionUID = 1L;

    /** Ways to prove who one is. */
    public enum Kind {
        /** The administrator's token. */
        TOKEN,
        /** A key of the API. */
        KEY,
        /** A password. */
        USER,
        /** A login at an OpenID provider. */
        OIDC;

        /** Its name as documents write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps a copy of the patterns. */
    public Actor {
        flows = List.copyOf(flows);
    }

    /** The actor of an authentication; null when nobody is logged in. */
    public static @Nullable Actor of(@Nullable Authentication who) {
        return who != null && who.isAuthenticated() && who.getPrincipal() instanceof Actor actor ? actor : null;
    }

    /** Whether they are let in for some flows only. */
    public boolean bounded() {
        return !flows.isEmpty();
    }

    /** Whether they are let in for a flow. */
    public boolean mayUse(String flow) {
        return flows.isEmpty() || flows.stream().anyMatch(pattern -> FlowPattern.fits(pattern, flow));
    }

    @Override
    public String getName() {
        return name;
    }

    /**
     * What Spring carries with a request of this actor. Who is let in for some flows only has no role there: pages and metrics
     * tell of all.
     */
    Authentication authenticated() {
        return UsernamePasswordAuthenticationToken.authenticated(
                this, null, bounded() ? List.of() : List.of(new SimpleGrantedAuthority("ROLE_" + role.word())));
    }
}
