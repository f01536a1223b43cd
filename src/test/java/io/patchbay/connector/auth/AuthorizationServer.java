package io.patchbay.connector.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletRegistrationBean;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A Spring Authorization Server with one client of each kind: {@code shop} (authorization code with PKCE, refresh tokens that
 * are good once) and {@code machine} (client credentials by secret or by signed token). A person logs in as ada with password
 * {@code lovelace}.
 */
public final class AuthorizationServer implements AutoCloseable {

    /** Where the client {@code shop} receives codes. */
    public static final String REDIRECT = "https://patchbay.example.com/connect/callback";

    private final AnnotationConfigServletWebServerApplicationContext context =
            new AnnotationConfigServletWebServerApplicationContext();
    private final Asked asked = new Asked();

    /** What was asked of the token endpoint, and whether answers are held back. */
    public static final class Asked {
        private final List<String> grants = new CopyOnWriteArrayList<>();
        private final Semaphore arrived = new Semaphore(0);
        private volatile Semaphore gate = new Semaphore(1_000_000);

        private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws java.io.IOException, jakarta.servlet.ServletException {
            if (request.getRequestURI().equals("/oauth2/token")) {
                grants.add(request.getParameter("grant_type"));
                arrived.release();
                gate.acquireUninterruptibly();
            }
            chain.doFilter(request, response);
        }

        /** Grant types, in the order in which they came. */
        public List<String> grants() {
            return grants;
        }

        /** Holds every further answer back. */
        public void hold() {
            arrived.drainPermits();
            gate = new Semaphore(0);
        }

        /** Waits until somebody asks while answers are held. */
        public void awaitOne() throws InterruptedException {
            if (!arrived.tryAcquire(20, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new AssertionError("nobody asked within 20 s");
            }
        }

        /** Lets all go on. */
        public void go() {
            gate.release(1_000_000);
        }
    }

    /** Starts it. @param access how long access tokens live @param redirect where the client receives codes */
    public AuthorizationServer(Duration access, String redirect) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        context.registerBean(Asked.class, () -> asked);
        context.registerBean(RegisteredClientRepository.class, () -> clients(access, redirect));
        context.registerBean(
                "keys",
                JWKSource.class,
                () -> new ImmutableJWKSet<SecurityContext>(
                        new JWKSet(new RSAKey.Builder((RSAPublicKey) keys.getPublic())
                                .privateKey(keys.getPrivate())
                                .keyID("k1")
                                .build())));
        context.register(Parts.class);
        context.refresh();
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + context.getWebServer().getPort();
    }

    public Asked asked() {
        return asked;
    }

    private static RegisteredClientRepository clients(Duration access, String redirect) {
        return new InMemoryRegisteredClientRepository(
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId("client-id")
                        .clientSecret("{noop}client-secret")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .redirectUri(redirect)
                        .scope("orders")
                        .clientSettings(ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(false)
                                .build())
                        .tokenSettings(TokenSettings.builder()
                                .accessTokenTimeToLive(access)
                                .refreshTokenTimeToLive(Duration.ofDays(1))
                                .reuseRefreshTokens(false)
                                .build())
                        .build(),
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId("signing-client")
                        .clientSecret("a-secret-of-more-than-32-characters!")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .clientSettings(ClientSettings.builder()
                                .tokenEndpointAuthenticationSigningAlgorithm(
                                        org.springframework.security.oauth2.jose.jws.MacAlgorithm.HS256)
                                .build())
                        .build());
    }

    @Override
    public void close() {
        asked.go();
        context.close();
    }

    /** The parts of a web application, by hand. Not marked as a configuration: the program's own scan would find it. */
    @EnableWebMvc
    @EnableWebSecurity
    static class Parts {

        @Bean
        TomcatServletWebServerFactory tomcat() {
            return new TomcatServletWebServerFactory(0);
        }

        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        DispatcherServletRegistrationBean dispatcher(DispatcherServlet servlet) {
            return new DispatcherServletRegistrationBean(servlet, "/");
        }

        @Bean
        FilterRegistrationBean<Filter> counting(Asked asked) {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) ->
                    asked.pass((HttpServletRequest) request, (HttpServletResponse) response, chain));
            registration.setOrder(Integer.MIN_VALUE);
            return registration;
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.with(new OAuth2AuthorizationServerConfigurer(), Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                            new LoginUrlAuthenticationEntryPoint("/login"),
                            request -> request.getRequestURI().equals("/oauth2/authorize")))
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/login"))
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(User.withUsername("ada")
                    .password("{noop}lovelace")
                    .roles("user")
                    .build());
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }
    }
}
