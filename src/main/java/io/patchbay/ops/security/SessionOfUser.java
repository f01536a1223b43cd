package io.patchbay.ops.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends the session of a user who is gone, or whose role, password or code changed since the login. */
final class SessionOfUser extends OncePerRequestFilter {

    private static final String SINCE = SessionOfUser.class.getName() + ".since";

    private final LocalUsers users;
    private final Unavailable unavailable;

    SessionOfUser(LocalUsers users, Unavailable unavailable) {
        this.users = users;
        this.unavailable = unavailable;
    }

    /** Notes when somebody logged in. */
    static void begins(HttpServletRequest request, Clock clock) {
        request.getSession(true).setAttribute(SINCE, clock.instant());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            HttpSession session = request.getSession(false);
            if (session != null
                    && hasChanged(users, SecurityContextHolder.getContext().getAuthentication(), session)) {
                session.invalidate();
                SecurityContextHolder.clearContext();
            }
        } catch (AuthenticationServiceException e) {
            unavailable.write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Whether the session belongs to a user who is another one by now. */
    static boolean hasChanged(LocalUsers users, @Nullable Authentication who, HttpSession session) {
        Actor actor = Actor.of(who);
        return actor != null
                && actor.kind() == Actor.Kind.USER
                && session.getAttribute(SINCE) instanceof Instant since
                && users.find(actor.name())
                        .filter(user -> !user.changedAt().isAfter(since))
                        .isEmpty();
    }
}
