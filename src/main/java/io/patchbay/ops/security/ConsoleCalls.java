package io.patchbay.ops.security;

import io.patchbay.ops.audit.Actions;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.http.ProblemDocuments;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Lets the console's own pages call the API as who is logged in there. A session counts only together with the header that
 * repeats the token of our pages, from a page of ours, and for a request that brings no proof of its own: a browser sends a
 * cookie by itself, but no page of another site can make it send this. Nothing here makes a session.
 */
final class ConsoleCalls extends OncePerRequestFilter {

    static final String HEADER = "X-XSRF-TOKEN";

    private static final String COOKIE = "XSRF-TOKEN";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final LocalUsers users;
    private final ProblemDocuments documents;
    private final AuditTrail trail;
    private final Clock clock;
    private final RequestAttributeSecurityContextRepository ofRequest = new RequestAttributeSecurityContextRepository();

    ConsoleCalls(LocalUsers users, ProblemDocuments documents, AuditTrail trail, Clock clock) {
        this.users = users;
        this.documents = documents;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String repeated = request.getHeader(HEADER);
        // The header first: whoever does not send it must not even keep a session awake.
        HttpSession session = repeated == null || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                ? null
                : request.getSession(false);
        Authentication who = session == null ? null : of(session);
        if (session == null || who == null) {
            chain.doFilter(request, response);
            return;
        }
        if (!ofOwnPage(request) || !repeats(request, String.valueOf(repeated))) {
            trail.denied(request, Actor.of(who), Actions.of(request), HttpStatus.FORBIDDEN.value());
            documents.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Only the console's own pages may call with its session; programs send a key.");
            return;
        }
        try {
            if (SessionOfUser.hasEnded(users, who, session, clock.instant())) {
                session.invalidate();
            } else {
                letIn(who, request, response);
            }
        } catch (AuthenticationServiceException e) {
            new Unavailable(documents).write(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private static @Nullable Authentication of(HttpSession session) {
        Object kept = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        Authentication who = kept instanceof SecurityContext context ? context.getAuthentication() : null;
        return Actor.of(who) == null ? null : who;
    }

    private void letIn(Authentication who, HttpServletRequest request, HttpServletResponse response) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(who);
        SecurityContextHolder.setContext(context);
        // For answers that come later: they pass the chain again, and this filter does not look twice.
        ofRequest.saveContext(context, request, response);
    }

    /**
     * Browsers say where a page comes from in {@code Sec-Fetch-Site}. Without TLS they do not; then {@code Origin} tells, and
     * with what only reads they do not send that either: the header that is repeated does for those.
     */
    private static boolean ofOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        return request.getHeader(HttpHeaders.ORIGIN) == null
                ? READING.contains(request.getMethod())
                : OwnSite.ofOwnOrigin(request);
    }

    private static boolean repeats(HttpServletRequest request, String repeated) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie != null
                && !cookie.getValue().isEmpty()
                && MessageDigest.isEqual(
                        cookie.getValue().getBytes(StandardCharsets.UTF_8), repeated.getBytes(StandardCharsets.UTF_8));
    }
}
