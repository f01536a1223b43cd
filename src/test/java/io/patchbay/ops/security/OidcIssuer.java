package io.patchbay.ops.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletRegistrationBean;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * An OpenID provider: a Spring Authorization Server on a port that stays its own when it is down, with one client, {@code patchbay}, and people
 * who all have the password {@code secret-at-the-issuer}. What it says of them can be bent.
 */
public final class OidcIssuer implements AutoCloseable {

    public static final String PUBLIC = "https://patchbay.example.com";
    public static final String SECRET = "client-secret-0123456789";
    public static final String PASSWORD = "secret-at-the-issuer";

    private final int port;
    private final String redirect;
    private final Bent bent = new Bent();
    private volatile RSAKey key = newKey();
    private volatile RSAKey other = newKey();
    private volatile @Nullable String known;
    private @Nullable AnnotationConfigServletWebServerApplicationContext context;

    /** What the issuer does otherwise than it should, and what was asked of it. */
    static final class Bent {
        volatile Consumer<JwtClaimsSet.Builder> idToken = claims -> {};
        volatile Map<String, Object> more = Map.of();
        volatile UnaryOperator<String> tokens = UnaryOperator.identity();
        volatile @Nullable String name;
        final Queue<String> asked = new ConcurrentLinkedQueue<>();
    }

    /** The provider of a program at {@link #PUBLIC}. */
    public OidcIssuer() throws IOException {
        this(PUBLIC);
    }

    /** @param client address under which browsers reach the program that is its client */
    public OidcIssuer(String client) throws IOException {
        redirect = client + "/login/oidc/callback";
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its name; another site than 127.0.0.1 is, to a browser. */
    public String url() {
        return "http://localhost:" + port;
    }

    private static InMemoryRegisteredClientRepository clients(String redirect) {
        return new InMemoryRegisteredClientRepository(
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId("patchbay")
                        .clientSecret("{noop}" + SECRET)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(redirect)
                        .scope("openid")
                        .scope("profile")
                        .clientSettings(ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(false)
                                .build())
                        .build());
    }

    /** The world knows it under this address, which leads to {@link #url()}. */
    public void isKnownAs(String address) {
        known = address;
    }

    /** Lets it answer. */
    public void up() {
        if (context != null) {
            return;
        }
        AnnotationConfigServletWebServerApplicationContext made =
                new AnnotationConfigServletWebServerApplicationContext();
        made.registerBean(TomcatServletWebServerFactory.class, () -> new TomcatServletWebServerFactory(port));
        made.registerBean(Bent.class, () -> bent);
        made.registerBean(InMemoryRegisteredClientRepository.class, () -> clients(redirect));
        made.registerBean("keys", JWKSource.class, () ->
                (JWKSource<SecurityContext>) (selector, any) -> selector.select(new JWKSet(key)));
        made.registerBean(
                AuthorizationServerSettings.class,
                () -> AuthorizationServerSettings.builder()
                        .issuer(known == null ? url() : known)
                        .build());
        made.register(Parts.class);
        made.refresh();
        context = made;
    }

    /** Lets nobody answer at its port. */
    public void down() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** Signs with another key from now on, and publishes that alone. */
    public void rotatesItsKey() {
        RSAKey before = key;
        key = other;
        other = before;
    }

    /** Changes claims of ID tokens before they are signed. */
    public void claims(Consumer<JwtClaimsSet.Builder> change) {
        bent.idToken = change;
    }

    /** Says more of people when it is asked for it. */
    public void tellsWhenAsked(Map<String, Object> claims) {
        bent.more = claims;
    }

    /** Changes answers of the token endpoint on their way. */
    public void tampers(UnaryOperator<String> change) {
        bent.tokens = change;
    }

    /** Calls itself otherwise in what it publishes. */
    public void callsItself(@Nullable String name) {
        bent.name = name;
    }

    /** Paths with queries, in the order in which they came. */
    public Queue<String> asked() {
        return bent.asked;
    }

    /** Behaves as it should. */
    public void behaves() {
        bent.idToken = claims -> {};
        bent.more = Map.of();
        bent.tokens = UnaryOperator.identity();
        bent.name = null;
        bent.asked.clear();
    }

    @Override
    public void close() {
        down();
    }

    /** The parts of a web application, by hand. Not marked as a configuration: the program's own scan would find it. */
    @EnableWebMvc
    @EnableWebSecurity
    static class Parts {

        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        DispatcherServletRegistrationBean dispatcher(DispatcherServlet servlet) {
            return new DispatcherServletRegistrationBean(servlet, "/");
        }

        @Bean
        FilterRegistrationBean<Filter> bending(Bent bent) {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
                HttpServletRequest asked = (HttpServletRequest) request;
                bent.asked.add(
                        asked.getRequestURI() + (asked.getQueryString() == null ? "" : "?" + asked.getQueryString()));
                ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper((HttpServletResponse) response);
                chain.doFilter(request, kept);
                String body = new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8);
                String name = bent.name;
                if (asked.getRequestURI().equals("/oauth2/token")) {
                    body = bent.tokens.apply(body);
                } else if (name != null && asked.getRequestURI().startsWith("/.well-known/")) {
                    body = body.replaceFirst("\"issuer\":\"[^\"]*\"", "\"issuer\":\"" + name + "\"");
                }
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                kept.resetBuffer();
                kept.setContentLength(bytes.length);
                kept.getOutputStream().write(bytes);
                kept.copyBodyToResponse();
            });
            registration.setOrder(Integer.MIN_VALUE);
            return registration;
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http, Bent bent) throws Exception {
            return http.with(
                            new OAuth2AuthorizationServerConfigurer(),
                            server -> server.oidc(oidc -> oidc.userInfoEndpoint(more -> more.userInfoMapper(asked -> {
                                Map<String, Object> claims = new HashMap<>(bent.more);
                                claims.putIfAbsent(
                                        "sub", asked.getAuthorization().getPrincipalName());
                                return new OidcUserInfo(claims);
                            }))))
                    .oauth2ResourceServer(tokens -> tokens.jwt(jwt -> {}))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(form -> {})
                    .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                            new LoginUrlAuthenticationEntryPoint("/login"),
                            request -> request.getRequestURI().equals("/oauth2/authorize")))
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/login"))
                    .build();
        }

        /** For access tokens with which it is asked for more. */
        @Bean
        JwtDecoder tokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        /** Says what people are called and what groups they are in, as the issuer bends it. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(Bent bent) {
            return token -> {
                if (token.getTokenType().getValue().equals("id_token")) {
                    String name = token.getPrincipal().getName();
                    token.getClaims()
                            .claim("preferred_username", name + "@example.com")
                            .claim("groups", List.of("everybody", "group-of-" + name));
                    bent.idToken.accept(token.getClaims());
                }
            };
        }

        @Bean
        UserDetailsService people() {
            InMemoryUserDetailsManager people = new InMemoryUserDetailsManager();
            for (String name : List.of("root", "max", "ada", "eve", "nobody")) {
                people.createUser(User.withUsername(name)
                        .password("{noop}" + PASSWORD)
                        .roles("user")
                        .build());
            }
            return people;
        }
    }
}
