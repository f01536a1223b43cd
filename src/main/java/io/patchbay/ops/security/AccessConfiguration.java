package io.patchbay.ops.security;

import io.patchbay.home.Home;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.ops.audit.Actions;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.http.ProblemDocuments;
import io.patchbay.run.RunHistory;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The rules of the management listener. Two chains: the API knows bearer tokens and passwords, and the console's session from the
 * console's own pages only; the console and the rest know a session with a form, and basic or bearer for scripts. They say who somebody is; what of ours they may call {@link
 * HandlerGuard} decides, and of other paths {@link ConsolePaths}. What neither names is refused.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, RateProperties.class})
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    /** Under this a token that a person chose can be guessed by trying; made ones have 43 characters. */
    private static final int FEWEST_CHARACTERS = 16;

    @Bean
    AdminToken adminToken(PatchbayProperties settings, Home home) {
        String given = settings.adminToken();
        if (given == null || given.isBlank()) {
            return new AdminTokenFile(home.data().resolve("admin-token.hash"), new SecureRandom(), System.out).open();
        }
        if (given.length() > AdminToken.MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "PATCHBAY_ADMIN_TOKEN has more than " + AdminToken.MOST_CHARACTERS + " characters");
        }
        if (given.length() < FEWEST_CHARACTERS) {
            LOG.warn("PATCHBAY_ADMIN_TOKEN has fewer than {} characters: it can be guessed", FEWEST_CHARACTERS);
        }
        return AdminToken.of(AdminTokenFile.encoder(), given);
    }

    @Bean
    AuthenticationManager everyone(
            AdminToken token, AccessKeys keys, LocalUsers users, AccessProperties settings, Clock clock) {
        AdminProvider administrator = new AdminProvider(token);
        Lockouts lockouts = new Lockouts(clock, settings.wrongPasswords(), settings.lockOut());
        return new ProviderManager(
                new KeyProvider(keys), administrator, new UserProvider(users, administrator, lockouts));
    }

    @Bean
    TriedNames triedNames(LocalUsers users) {
        return new TriedNames(users);
    }

    @Bean
    RequestRejectedHandler refusedPaths(ProblemDocuments documents) {
        return (request, response, why) ->
                documents.write(request, response, HttpStatus.BAD_REQUEST, "The path or a header is not acceptable.");
    }

    @Bean
    WebMvcConfigurer handlerGuard(RunHistory history) {
        HandlerGuard guard = new HandlerGuard(history);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(guard).order(Ordered.HIGHEST_PRECEDENCE);
            }
        };
    }

    @Bean
    Rates rates(RateProperties settings, Clock clock) {
        return new Rates(settings, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            Rates rates,
            AuthenticationManager everyone,
            ProblemDocuments documents,
            AuditTrail trail,
            TriedNames names,
            LocalUsers users,
            Clock clock)
            throws Exception {
        RateFilter rate = new RateFilter(rates, documents);
        AuthenticationEntryPoint stranger = rate.before(challenge(documents, trail, names));
        return http.securityMatcher("/api/**")
                .authenticationManager(everyone)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        // What for, the guard of the handlers says.
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(bearer(everyone, stranger), BasicAuthenticationFilter.class)
                .addFilterAfter(rate, BasicAuthenticationFilter.class)
                .addFilterBefore(new OwnSite(documents), BasicAuthenticationFilter.class)
                .addFilterBefore(new ConsoleCalls(users, documents, trail, clock), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(stranger)
                        .securityContextRepository(new RequestAttributeSecurityContextRepository()))
                // A session counts only with what ConsoleCalls asks for; OwnSite lets no password pass that a page of
                // another
                // site made a browser send.
                .csrf(CsrfConfigurer::disable)
                // The console's session is read here, neither made nor given another name in the midst of its calls.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(fixation -> fixation.none()))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(stranger).accessDeniedHandler(refusal(documents, trail)))
                .headers(AccessConfiguration::headers)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(
            HttpSecurity http,
            Rates rates,
            AuthenticationManager everyone,
            ProblemDocuments documents,
            AuditTrail trail,
            TriedNames names,
            LocalUsers users,
            ProviderLogin provider,
            Clock clock)
            throws Exception {
        provider.into(http);
        MediaTypeRequestMatcher browser = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        browser.setUseEquals(true);
        return http.authenticationManager(everyone)
                .authorizeHttpRequests(AccessConfiguration::console)
                .addFilterBefore(bearer(everyone, challenge(documents, trail, names)), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(challenge(documents, trail, names)))
                // In front of the steps of such a login, and behind what knows sessions.
                .addFilterBefore(new RateFilter(rates, documents).ofLogins(), LogoutFilter.class)
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(loggedIn(trail, clock))
                        .failureHandler(notLoggedIn(documents, trail, names)))
                .addFilterAfter(
                        new SessionOfUser(users, new Unavailable(documents), clock), SecurityContextHolderFilter.class)
                .csrf(AccessConfiguration::csrf)
                // It would keep a session in memory for each stranger, to lead them back after a login.
                .requestCache(cache -> cache.disable())
                // A browser is shown the form, a script is told what it lacks.
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(new LoginEntry(), browser)
                        .defaultAuthenticationEntryPointFor(challenge(documents, trail, names), request -> true)
                        .accessDeniedHandler(refusal(documents, trail)))
                .headers(AccessConfiguration::headers)
                .build();
    }

    private static void console(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        for (ConsolePaths path : ConsolePaths.ALL) {
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizedUrl asked =
                    requests.requestMatchers(path.method(), path.pattern());
            switch (path.who()) {
                case ANYONE -> asked.permitAll();
                case VIEWERS -> asked.hasAnyRole(ConsolePaths.having(Permission.VIEW));
                case KNOWN -> asked.authenticated();
                case NOBODY -> asked.denyAll();
            }
        }
        requests.anyRequest().denyAll();
    }

    private static AuthenticationSuccessHandler loggedIn(AuditTrail trail, Clock clock) {
        return (request, response, who) -> {
            Actor actor = Actor.of(who);
            if (actor != null) {
                SessionOfUser.begins(request, clock);
                trail.done(request, actor, "login", null, HttpStatus.OK.value());
            }
            response.sendRedirect(request.getContextPath() + Onward.of(request.getParameter(Onward.FIELD)));
        };
    }

    private static AuthenticationFailureHandler notLoggedIn(
            ProblemDocuments documents, AuditTrail trail, TriedNames names) {
        Unavailable unavailable = new Unavailable(documents);
        return (request, response, why) -> {
            if (why instanceof AuthenticationServiceException notNow) {
                unavailable.write(request, response, notNow);
                return;
            }
            names.about(request, why);
            trail.denied(request, null, "login", HttpStatus.UNAUTHORIZED.value());
            String to = Onward.of(request.getParameter(Onward.FIELD));
            response.sendRedirect(request.getContextPath() + Onward.login("error", to));
        };
    }

    private static AuthenticationFilter bearer(AuthenticationManager everyone, AuthenticationEntryPoint otherwise) {
        AuthenticationFilter filter = new AuthenticationFilter(everyone, BearerToken::of);
        filter.setSuccessHandler((request, response, who) -> {});
        filter.setFailureHandler(otherwise::commence);
        return filter;
    }

    private static void csrf(CsrfConfigurer<HttpSecurity> csrf) {
        // Hawtio's scripts read the cookie and send it back as a header, unmasked.
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(c -> c.sameSite("Strict"));
        CsrfTokenRequestAttributeHandler plain = new CsrfTokenRequestAttributeHandler();
        plain.setCsrfRequestAttributeName(null);
        csrf.csrfTokenRepository(cookie)
                .csrfTokenRequestHandler(plain)
                // Another site cannot make a browser send this header; a wrong token in it is refused, not passed over.
                .ignoringRequestMatchers(request -> BearerToken.of(request) != null);
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                // Hawtio and the pages of connections send a policy of their own; this one is for answers that are
                // data.
                .addHeaderWriter((request, response) -> {
                    if (!request.getRequestURI().startsWith("/hawtio")
                            && !response.containsHeader("Content-Security-Policy")) {
                        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                    }
                });
    }

    private static AuthenticationEntryPoint challenge(ProblemDocuments documents, AuditTrail trail, TriedNames names) {
        Unavailable unavailable = new Unavailable(documents);
        return (request, response, why) -> {
            if (why instanceof AuthenticationServiceException notNow) {
                unavailable.write(request, response, notNow);
                return;
            }
            if (why instanceof BadCredentialsException) {
                names.about(request, why);
                trail.denied(request, null, "login", HttpStatus.UNAUTHORIZED.value());
            }
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"patchbay\"");
            documents.write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "Send the administrator's token or a key as bearer token, or a user's name and password.");
        };
    }

    private static AccessDeniedHandler refusal(ProblemDocuments documents, AuditTrail trail) {
        return (request, response, why) -> {
            Actor actor = Actor.of(SecurityContextHolder.getContext().getAuthentication());
            trail.denied(request, actor, Actions.of(request), HttpStatus.FORBIDDEN.value());
            documents.write(request, response, HttpStatus.FORBIDDEN, sentence(why, actor));
        };
    }

    private static String sentence(Exception why, @Nullable Actor actor) {
        if (why instanceof NotPermittedException told) {
            return String.valueOf(told.getMessage());
        }
        if (why instanceof CsrfException) {
            return "This is not allowed: the request lacks the token that shows it came from our own page.";
        }
        return actor != null && actor.bounded()
                ? HandlerGuard.notOfOneFlow(actor)
                : "This is not allowed: no role has this right, or not yours.";
    }
}
