package io.patchbay.ops.security;

import io.patchbay.connector.auth.Connecting;
import io.patchbay.home.Home;
import io.patchbay.ops.PatchbayProperties;
import io.patchbay.ops.http.ProblemDocuments;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * The rules of the management listener. Two chains: the API knows bearer tokens and no session; the console and the rest know
 * a session with a form, and basic or bearer for scripts. Health alone is open, and what no rule names is refused.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    /** Under this a token that a person chose can be guessed by trying; made ones have 43 characters. */
    private static final int FEWEST_CHARACTERS = 16;

    private static final String[] HEALTH = {
        "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };

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
    AuthenticationManager administrators(AdminToken token) {
        return new ProviderManager(new AdminProvider(token));
    }

    @Bean
    RequestRejectedHandler refusedPaths(ProblemDocuments documents) {
        return (request, response, why) ->
                documents.write(request, response, HttpStatus.BAD_REQUEST, "The path or a header is not acceptable.");
    }

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, AuthenticationManager administrators, ProblemDocuments documents)
            throws Exception {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .hasRole(AdminProvider.ROLE))
                .addFilterBefore(bearer(administrators, documents), BasicAuthenticationFilter.class)
                // No cookie is read here, so there is nothing that another site could make a browser send.
                .csrf(CsrfConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(challenge(documents)).accessDeniedHandler(refusal(documents)))
                .headers(AccessConfiguration::headers)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, AuthenticationManager administrators, ProblemDocuments documents)
            throws Exception {
        MediaTypeRequestMatcher browser = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        browser.setUseEquals(true);
        return http.authenticationManager(administrators)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, HEALTH)
                        .permitAll()
                        // It only leads on to the page behind the login; another site's browser arrives here.
                        .requestMatchers(HttpMethod.GET, Connecting.PATH + "/callback")
                        .permitAll()
                        // Hawtio's pages ask whether its proxy is there; they are told no.
                        .requestMatchers(HttpMethod.GET, "/hawtio/proxy/enabled")
                        .hasRole(AdminProvider.ROLE)
                        // The proxy would call any agent on this machine; we have one agent and it is ours.
                        .requestMatchers("/hawtio/proxy/**")
                        .denyAll()
                        .anyRequest()
                        .hasRole(AdminProvider.ROLE))
                .addFilterBefore(bearer(administrators, documents), BasicAuthenticationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(challenge(documents)))
                .formLogin(Customizer.withDefaults())
                .csrf(AccessConfiguration::csrf)
                // A browser is shown the form, a script is told what it lacks.
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), browser)
                        .defaultAuthenticationEntryPointFor(challenge(documents), request -> true)
                        .accessDeniedHandler(refusal(documents)))
                .headers(AccessConfiguration::headers)
                .build();
    }

    private static AuthenticationFilter bearer(AuthenticationManager administrators, ProblemDocuments documents) {
        AuthenticationFilter filter = new AuthenticationFilter(administrators, BearerToken::of);
        filter.setSuccessHandler((request, response, who) -> {});
        filter.setFailureHandler(challenge(documents)::commence);
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
                            && !response.containsHeader("Content-Security-Policy")
                            && !request.getRequestURI().equals("/login")) {
                        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                    }
                });
    }

    private static AuthenticationEntryPoint challenge(ProblemDocuments documents) {
        return (request, response, why) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"patchbay\"");
            documents.write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "Log in with the administrator's token as bearer token.");
        };
    }

    private static AccessDeniedHandler refusal(ProblemDocuments documents) {
        return (request, response, why) ->
                documents.write(request, response, HttpStatus.FORBIDDEN, "This is not allowed: " + reason(why) + ".");
    }

    private static String reason(Exception why) {
        return why.getClass().getSimpleName().contains("Csrf")
                ? "the request lacks the token that shows it came from our own page"
                : "no role has this right";
    }
}
