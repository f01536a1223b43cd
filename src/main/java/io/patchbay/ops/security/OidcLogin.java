package io.patchbay.ops.security;

import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.http.HtmlPage;
import io.patchbay.secret.Seal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Logs people in at an OpenID provider: authorization code with PKCE, state and nonce. Sends them there, and takes who comes
 * back. Only a login that succeeded makes a session, as that of a password does.
 */
final class OidcLogin implements ProviderLogin {

    /** Where the provider leads back to. */
    static final String CALLBACK = BEGIN + "/callback";

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);
    /** Each may wait for the provider, and strangers may begin as many as they like. */
    private static final int AT_ONCE = 8;

    private final OidcProperties settings;
    private final OidcClient client;
    private final OidcRoles roles;
    private final Seal seal;
    private final AuditTrail trail;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    OidcLogin(OidcProperties settings, OidcClient client, OidcRoles roles, Seal seal, AuditTrail trail, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.roles = roles;
        this.seal = seal;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public Optional<String> title() {
        return Optional.of(settings.shownTitle());
    }

    @Override
    public void into(HttpSecurity http) throws Exception {
        http.with(new Configurer(), here -> {});
    }

    /** Knows what happens to sessions at a login when the chain is made, and not before. */
    private final class Configurer extends AbstractHttpConfigurer<Configurer, HttpSecurity> {

        @Override
        public void configure(HttpSecurity http) {
            SessionAuthenticationStrategy sessions =
                    Objects.requireNonNull(http.getSharedObject(SessionAuthenticationStrategy.class));
            http.addFilterBefore(new Steps(sessions), UsernamePasswordAuthenticationFilter.class);
        }
    }

    private final class Steps extends OncePerRequestFilter {

        private final SessionAuthenticationStrategy sessions;
        private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

        Steps(SessionAuthenticationStrategy sessions) {
            this.sessions = sessions;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            boolean begins = path.equals(BEGIN);
            if (!request.getMethod().equals("GET") || !(begins || path.equals(CALLBACK))) {
                chain.doFilter(request, response);
                return;
            }
            String to = begins
                    ? Onward.of(request.getParameter(Onward.FIELD))
                    : BegunLogin.of(request, seal, clock).map(BegunLogin::to).orElse(Onward.HOME);
            try {
                if (!places.tryAcquire()) {
                    throw new LoginRefusedException(LoginRefusal.AWAY, "too many logins wait for the provider");
                }
                try {
                    if (begins) {
                        begin(request, response, to);
                    } else {
                        finish(request, response);
                    }
                } finally {
                    places.release();
                }
            } catch (LoginRefusedException e) {
                refuse(request, response, e, to);
            }
        }

        private void begin(HttpServletRequest request, HttpServletResponse response, String to) throws IOException {
            OAuth2AuthorizationRequest asked = client.begin(request);
            BegunLogin begun = BegunLogin.now(
                    asked.getState(),
                    Objects.requireNonNull(asked.<String>getAttribute(OidcParameterNames.NONCE)),
                    Objects.requireNonNull(asked.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
                    to,
                    clock);
            response.addHeader(HttpHeaders.SET_COOKIE, begun.cookie(seal, request.isSecure()));
            response.setStatus(HttpStatus.FOUND.value());
            response.setHeader(HttpHeaders.LOCATION, asked.getAuthorizationRequestUri());
        }

        private void finish(HttpServletRequest request, HttpServletResponse response) throws IOException {
            BegunLogin begun = BegunLogin.of(request, seal, clock)
                    .filter(one -> same(one.state(), only(request, "state")))
                    .orElseThrow(() -> new LoginRefusedException(
                            LoginRefusal.STALE, "an answer belongs to no login that was begun in its browser"));
            response.addHeader(HttpHeaders.SET_COOKIE, BegunLogin.forget(request.isSecure()));
            Actor actor = roles.actor(claims(request, begun));
            Authentication who = actor.authenticated();
            sessions.onAuthentication(who, request, response);
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(who);
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
            SessionOfUser.begins(request, clock);
            trail.done(request, actor, "login", null, HttpStatus.OK.value());
            // By a page of ours: behind a redirection the provider would lead on, and the session's cookie not be sent.
            new HtmlPage("Logged in")
                    .onTo(request.getContextPath() + begun.to())
                    .write(response);
        }

        private Map<String, Object> claims(HttpServletRequest request, BegunLogin begun) {
            String iss = request.getParameter("iss");
            if (iss != null && !iss.equals(settings.issuer())) {
                throw new LoginRefusedException(LoginRefusal.TOKEN, "another issuer answered (RFC 9207)");
            }
            String code = only(request, "code");
            if (code == null) {
                String error = Objects.requireNonNullElse(only(request, "error"), "no code");
                throw new LoginRefusedException(
                        LoginRefusal.DECLINED, "the provider declined: " + error.replaceAll("[^\\w .-]", "?"));
            }
            Map<String, Object> claims = client.finish(
                    begun,
                    OAuth2AuthorizationResponse.success(code)
                            .redirectUri(client.redirect())
                            .state(begun.state())
                            .build());
            AuditTrail.about(request, claims.get("sub") + " at " + settings.issuer());
            return claims;
        }
    }

    private static @Nullable String only(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 || values[0].isEmpty() ? null : values[0];
    }

    private static boolean same(String kept, @Nullable String came) {
        return came != null
                && MessageDigest.isEqual(kept.getBytes(StandardCharsets.UTF_8), came.getBytes(StandardCharsets.UTF_8));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, LoginRefusedException e, String to)
            throws IOException {
        LoginRefusal why = e.why();
        if (why.matters()) {
            LOG.warn("a login at {} let nobody in ({}): {}", settings.issuer(), why.word(), e.getMessage());
        }
        if (why.denies()) {
            AuditTrail.about(
                    request,
                    "at " + settings.issuer() + ": " + why.word() + (e.who().isEmpty() ? "" : ", " + e.who()));
            trail.denied(request, null, "login", why.status().value());
        }
        response.addHeader(HttpHeaders.SET_COOKIE, BegunLogin.forget(request.isSecure()));
        response.sendRedirect(request.getContextPath() + Onward.login("refused=" + why.word(), to));
    }
}
