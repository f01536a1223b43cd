package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.auth.Person;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.OutboundProperties;
import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import io.patchbay.sandbox.Forwarded;
import io.patchbay.sandbox.SandboxProxy;
import io.patchbay.store.SettableClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/** Logins of people at a real OpenID provider that the program reaches only through a proxy that wants a login and looks into TLS. */
class OidcThroughProxyTest {

    private static final String KNOWN_AS = "https://id.acme.test";

    @TempDir
    private Path home;

    private OidcIssuer issuer;
    private SandboxProxy proxy;

    @BeforeEach
    void start() throws Exception {
        issuer = new OidcIssuer();
        issuer.isKnownAs(KNOWN_AS);
        issuer.up();
        proxy = new SandboxProxy(new Forwarded("id.acme.test", issuer.url())).wants("ada", "pr0xy-password");
        proxy.authority().write(home.resolve("ca.pem"));
    }

    @AfterEach
    void stop() throws Exception {
        issuer.close();
        proxy.close();
        assertThat(proxy.broken()).isEmpty();
    }

    private OidcClient client(String password) {
        return client(KNOWN_AS, password);
    }

    private OidcClient client(String address, String password) {
        Outbound way = Outbound.of(
                new OutboundProperties(new ProxyProperties(proxy.address(), "ada", password, List.of()), "ca.pem"),
                home);
        return new OidcClient(
                OidcClientTest.settings(address),
                OidcIssuer.PUBLIC + "/login/oidc/callback",
                () -> OidcIssuer.SECRET,
                claims -> false, // so that it is asked for more
                Clock.systemUTC(),
                way);
    }

    @Test
    void someoneLogsInWithEachOfItsCallsThroughATunnel() throws Exception {
        issuer.tellsWhenAsked(Map.of("phone_number", "555"));
        OidcClient client = client("pr0xy-password");

        OAuth2AuthorizationRequest asked = client.begin(new MockHttpServletRequest("GET", "/login/oidc"));
        assertThat(asked.getAuthorizationRequestUri()).startsWith(KNOWN_AS + "/oauth2/authorize?");
        // The browser is elsewhere, and needs no proxy.
        Map<String, String> back = new Person("ada", OidcIssuer.PASSWORD)
                .consents(URI.create(asked.getAuthorizationRequestUri().replace(KNOWN_AS, issuer.url())));
        BegunLogin begun = BegunLogin.now(
                asked.getState(),
                Objects.requireNonNull(asked.<String>getAttribute(OidcParameterNames.NONCE)),
                Objects.requireNonNull(asked.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
                "/",
                new SettableClock());
        Map<String, Object> claims = client.finish(
                begun,
                OAuth2AuthorizationResponse.success(back.get("code"))
                        .redirectUri(client.redirect())
                        .state(begun.state())
                        .build());

        assertThat(claims)
                .containsEntry("preferred_username", "ada@example.com")
                .containsEntry("phone_number", "555");
        assertThat(proxy.calls())
                .extracting(one -> one.call().method() + " " + one.call().address() + " " + one.status())
                .containsExactly(
                        "GET " + KNOWN_AS + "/.well-known/openid-configuration 200",
                        "POST " + KNOWN_AS + "/oauth2/token 200",
                        "GET " + KNOWN_AS + "/oauth2/jwks 200",
                        "GET " + KNOWN_AS + "/userinfo 200");
        assertThat(proxy.calls())
                .allSatisfy(one ->
                        assertThat(one.call().header("proxy-authorization")).isEmpty());
    }

    @Test
    void aProxyThatDoesNotTakeTheLoginIsToldWithItsSetting() {
        OidcClient client = client("wr0ng-password");

        assertThatThrownBy(() -> client.begin(new MockHttpServletRequest("GET", "/login/oidc")))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.why()).isEqualTo(LoginRefusal.SETTINGS))
                .hasMessageContaining("answered 407")
                .hasMessageContaining("patchbay.http.proxy.user")
                .hasMessageNotContaining("wr0ng");
        assertThat(issuer.asked()).isEmpty();
    }

    @Test
    void aProxyThatDoesNotReachTheProviderIsToldAsAwayWithTheSetting() {
        OidcClient client = client("https://nowhere.test", "pr0xy-password");

        assertThatThrownBy(() -> client.begin(new MockHttpServletRequest("GET", "/login/oidc")))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.why()).isEqualTo(LoginRefusal.AWAY))
                .hasMessageContaining(
                        "https://nowhere.test/.well-known/openid-configuration was not reached: the proxy ")
                .hasMessageContaining("patchbay.http.proxy.no-proxy");
    }
}
