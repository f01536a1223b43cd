package io.patchbay.ops.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends the session of a user who is gone, or whose role, password or code changed since the login. */
public final class SessionOfUser extends OncePerRequestFilter {

    private static final String SINCE = SessionOfUser.class.getName() + ".since";

    /** How long a session lasts, however much it is used. */
    static final Duration LONGEST = Duration.ofHours(12);

    private final LocalUsers users;
    private final Unavailable unavailable;
    private final Clock clock;

    SessionOfUser(LocalUsers users, Unavailable unavailable, Clock clock) {
        this.users = users;
        this.unavailable = unavailable;
        this.clock = clock;
    }

    /** Notes when somebody logged in. */
    static void begins(HttpServletRequest request, Clock clock) {
        request.getSession(true).setAttribute(SINCE, clock.instant());
    }

    /** When the session that a request came with ends at the latest; null when it brings a proof of its own. */
    public static @Nullable Instant endsAt(HttpServletRequest request) {
        HttpSession session = request.getHeader(HttpHeaders.AUTHORIZATION) == null ? request.getSession(false) : null;
        return session != null && session.getAttribute(SINCE) instanceof Instant since ? since.plus(LONGEST) : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            HttpSession session = request.getSession(false);
            if (session != null
                    && hasEnded(
                            users, SecurityContextHolder.getContext().getAuthentication(), session, clock.instant())) {
                session.invalidate();
                SecurityContextHolder.clearContext();
            }
        } catch (AuthenticationServiceException e) {
            unavailable.write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    /**
     * Whether nobody may go on with a session: its user is another one by now, or it was begun too long ago. A page of the console keeps
     * its session awake as long as it is seen.
     */
    static boolean hasEnded(LocalUsers users, @Nullable Authentication who, HttpSession session, Instant now) {
        Actor actor = Actor.of(who);
        if (actor == null || !(session.getAttribute(SINCE) instanceof Instant since)) {
            return false;
        }
        return !since.plus(LONGEST).isAfter(now)
                || (actor.kind() == Actor.Kind.USER
                        && users.find(actor.name())
                                .filter(user -> !user.changedAt().isAfter(since))
                                .isEmpty());
    }
}
