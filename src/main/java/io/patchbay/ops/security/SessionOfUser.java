package io.patchbay.ops.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.springframework.security.authentication.AuthenticationServiceException;
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
            if (hasChanged(request)) {
                request.getSession().invalidate();
                SecurityContextHolder.clearContext();
            }
        } catch (AuthenticationServiceException e) {
            unavailable.write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean hasChanged(HttpServletRequest request) {
        Actor actor = Actor.of(SecurityContextHolder.getContext().getAuthentication());
        HttpSession session = request.getSession(false);
        return actor != null
                && actor.kind() == Actor.Kind.USER
                && session != null
                && session.getAttribute(SINCE) instanceof Instant since
                && users.find(actor.name())
                        .filter(user -> !user.changedAt().isAfter(since))
                        .isEmpty();
    }
}
