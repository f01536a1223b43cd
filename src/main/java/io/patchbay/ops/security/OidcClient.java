package io.patchbay.ops.security;

import com.nimbusds.jose.RemoteKeySourceException;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.ProxyFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * Talks to the OpenID provider: Spring Security's own parts make requests and check answers. What the provider publishes of
 * itself is asked for with the first login and kept for a while; its keys are asked for with each login, so that one that it withdrew
 * counts no more.
 */
final class OidcClient {

    private static final String ID = "oidc";
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);
    /** So that logins do not wait for a provider that just did not answer. */
    private static final Duration NOT_ASKED_FOR = Duration.ofSeconds(5);

    private static final int LONGEST_REASON = 300;
    private static final Set<String> OF_THE_CLIENT = Set.of("invalid_client", "unauthorized_client", "invalid_scope");

    private final OidcProperties settings;
    private final String issuer;
    private final String redirect;
    private final Supplier<@Nullable String> secret;
    private final Clock clock;
    private final RestTemplate reads;
    private final OidcAuthorizationCodeAuthenticationProvider provider;

    private @Nullable Published published;
    private @Nullable LoginRefusedException failed;
    private Instant notBefore = Instant.MIN;

    private record Published(Map<String, Object> all, Instant until) {}

    /**
     * A client.
     *
     * @param redirect where the provider leads back to
     * @param secret its secret there, null for none; throws {@link LoginRefusedException} when it cannot be had
     * @param way how calls leave the machine
     * @param complete whether claims of an ID token are all that is needed; else the provider is asked for more
     */
    OidcClient(
            OidcProperties settings,
            String redirect,
            Supplier<@Nullable String> secret,
            Predicate<Map<String, Object>> complete,
            Clock clock,
            Outbound way) {
        this.settings = settings;
        this.issuer = Objects.requireNonNull(settings.issuer());
        this.redirect = redirect;
        this.secret = secret;
        this.clock = clock;
        ProviderHttp http = new ProviderHttp(way);
        this.reads = http.reads();
        this.provider = provider(http, complete);
    }

    private OidcAuthorizationCodeAuthenticationProvider provider(
            ProviderHttp http, Predicate<Map<String, Object>> complete) {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(http.tokens());
        DefaultOAuth2UserService more = new DefaultOAuth2UserService();
        more.setRestOperations(http.asksAsOAuth());
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(more);
        users.setRetrieveUserInfo(asked -> asked.getClientRegistration()
                                .getProviderDetails()
                                .getUserInfoEndpoint()
                                .getUri()
                        != null
                && !complete.test(asked.getIdToken().getClaims()));
        OidcAuthorizationCodeAuthenticationProvider made =
                new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
        made.setJwtDecoderFactory(this::decoder);
        return made;
    }

    /** Signatures by keys that the provider publishes, never by the client's secret. */
    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        registration.getProviderDetails().getJwkSetUri())
                .restOperations(reads)
                .jwsAlgorithms(all -> all.addAll(Arrays.asList(SignatureAlgorithm.values())))
                .build();
        OidcIdTokenValidator claims = new OidcIdTokenValidator(registration);
        claims.setClock(clock);
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(times, claims)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    /** Where the provider leads back to. */
    String redirect() {
        return redirect;
    }

    /** What somebody is sent to the provider with. @throws LoginRefusedException when it cannot be asked */
    OAuth2AuthorizationRequest begin(HttpServletRequest request) {
        ClientRegistration registration = registration();
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(id -> registration, ProviderLogin.BEGIN);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return Objects.requireNonNull(resolver.resolve(request, ID));
    }

    /**
     * What the provider says of who comes back from it.
     *
     * @throws LoginRefusedException when that proves nobody
     */
    Map<String, Object> finish(BegunLogin begun, OAuth2AuthorizationResponse answer) {
        ClientRegistration registration = registration();
        OAuth2AuthorizationRequest asked = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .redirectUri(redirect)
                .scopes(registration.getScopes())
                .state(begun.state())
                .attributes(Map.of(
                        OidcParameterNames.NONCE, begun.nonce(), PkceParameterNames.CODE_VERIFIER, begun.verifier()))
                .build();
        try {
            Object who = provider.authenticate(new OAuth2LoginAuthenticationToken(
                            registration, new OAuth2AuthorizationExchange(asked, answer)))
                    .getPrincipal();
            return ((OidcUser) who).getClaims();
        } catch (OAuth2AuthenticationException e) {
            throw refused(e.getError(), e);
        } catch (OAuth2AuthorizationException e) {
            throw refused(e.getError(), e);
        }
    }

    private LoginRefusedException refused(OAuth2Error error, RuntimeException e) {
        ProxyFailure proxy = cause(e, ProxyFailure.class);
        if (proxy != null) {
            return refused(issuer, proxy, e);
        }
        HttpClientErrorException status = cause(e, HttpClientErrorException.class);
        LoginRefusal why;
        if (cause(e, ResourceAccessException.class) != null
                || cause(e, HttpServerErrorException.class) != null
                || cause(e, RemoteKeySourceException.class) != null) {
            why = LoginRefusal.AWAY;
        } else if (status != null || OF_THE_CLIENT.contains(error.getErrorCode())) {
            why = LoginRefusal.SETTINGS;
        } else {
            why = error.getErrorCode().equals("invalid_grant") ? LoginRefusal.STALE : LoginRefusal.TOKEN;
        }
        // A text of the HTTP client may hold what was sent and answered.
        String more = status != null ? "status " + status.getStatusCode().value() : plain(error.getDescription());
        return new LoginRefusedException(why, error.getErrorCode() + (more.isEmpty() ? "" : ": " + more));
    }

    /** Not the provider is away: what to do about it is said to who looks after the program. */
    private static LoginRefusedException refused(String address, ProxyFailure proxy, RuntimeException e) {
        return new LoginRefusedException(
                proxy.passing() ? LoginRefusal.AWAY : LoginRefusal.SETTINGS,
                address + " was not reached: " + proxy.getMessage(),
                e);
    }

    private static String plain(@Nullable String text) {
        String plain = text == null ? "" : text.replaceAll("\\p{Cc}+", " ");
        return plain.length() > LONGEST_REASON ? plain.substring(0, LONGEST_REASON) + "…" : plain;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> kind) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
        }
        return null;
    }

    private ClientRegistration registration() {
        String own = secret.get();
        ClientRegistration.Builder builder = ClientRegistrations.fromOidcConfiguration(published())
                .registrationId(ID)
                .clientId(String.valueOf(settings.clientId()))
                .redirectUri(redirect)
                .scope(settings.scopes());
        return own == null
                ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : builder.clientSecret(own).build();
    }

    /** One asks, the others wait for it; who came just after it failed fails with it. */
    private synchronized Map<String, Object> published() {
        Instant now = clock.instant();
        if (published != null && now.isBefore(published.until())) {
            return published.all();
        }
        if (failed != null && now.isBefore(notBefore)) {
            throw failed;
        }
        try {
            Map<String, Object> all = checked(asked());
            published = new Published(all, now.plus(KNOWN_FOR));
            failed = null;
            return all;
        } catch (LoginRefusedException e) {
            failed = e;
            notBefore = clock.instant().plus(NOT_ASKED_FOR);
            throw e;
        }
    }

    private Map<String, Object> asked() {
        String address = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        try {
            Map<String, Object> all = reads.exchange(
                            address, HttpMethod.GET, null, new ParameterizedTypeReference<Map<String, Object>>() {})
                    .getBody();
            return all == null ? Map.of() : all;
        } catch (ResourceAccessException | HttpServerErrorException e) {
            ProxyFailure proxy = cause(e, ProxyFailure.class);
            if (proxy != null) {
                throw refused(address, proxy, e);
            }
            throw new LoginRefusedException(
                    LoginRefusal.AWAY,
                    address + " does not answer (" + e.getClass().getSimpleName() + ")",
                    e);
        } catch (RestClientException e) {
            throw new LoginRefusedException(
                    LoginRefusal.SETTINGS,
                    "nothing at " + address
                            + " tells of an OpenID provider: patchbay.access.oidc.issuer is to be what stands"
                            + " before /.well-known/openid-configuration",
                    e);
        }
    }

    private Map<String, Object> checked(Map<String, Object> all) {
        if (!issuer.equals(all.get("issuer"))) {
            throw new LoginRefusedException(
                    LoginRefusal.SETTINGS,
                    "patchbay.access.oidc.issuer is '" + issuer + "', and who answers there is called '"
                            + plain(String.valueOf(all.get("issuer"))) + "': it is to be written exactly so");
        }
        for (String name : List.of("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")) {
            boolean mayLack = name.equals("userinfo_endpoint") && all.get(name) == null;
            if (!mayLack && !OidcProperties.isSafe(String.valueOf(all.get(name)).replaceFirst("\\?.*", ""))) {
                throw new LoginRefusedException(
                        LoginRefusal.SETTINGS, "the provider's " + name + " is no address with https://");
            }
        }
        try {
            ClientRegistrations.fromOidcConfiguration(all);
        } catch (RuntimeException e) {
            throw new LoginRefusedException(
                    LoginRefusal.SETTINGS, "what the provider publishes of itself cannot be read", e);
        }
        return Map.copyOf(all);
    }
}
