package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.outbound.Outbound;
import io.patchbay.store.SettableClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** What the provider publishes of itself: when it is asked for, and what is said when it does not do. */
class OidcClientTest {

    private static OidcIssuer issuer;

    private final SettableClock clock = new SettableClock();

    @BeforeAll
    static void start() throws Exception {
        issuer = new OidcIssuer();
    }

    @AfterEach
    void behave() {
        issuer.behaves();
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainAfterAWhile() {
        issuer.down();
        OidcClient client = client(issuer.url(), "secret");

        refuses(client, LoginRefusal.AWAY, "does not answer");
        issuer.up();
        refuses(client, LoginRefusal.AWAY, "does not answer");
        assertThat(issuer.asked()).as("it is left alone for a while").isEmpty();

        clock.forward(Duration.ofSeconds(5));
        assertThat(begun(client)).startsWith(issuer.url() + "/oauth2/authorize?");
    }

    @Test
    void whatItPublishesIsKeptForTenMinutes() {
        issuer.up();
        OidcClient client = client(issuer.url(), "secret");

        begun(client);
        clock.forward(Duration.ofMinutes(9));
        begun(client);
        assertThat(issuer.asked()).hasSize(1);

        clock.forward(Duration.ofMinutes(1));
        begun(client);
        assertThat(issuer.asked()).hasSize(2);
    }

    @Test
    void aProviderWithAnotherNameIsNone() {
        issuer.up();
        issuer.callsItself("https://elsewhere.example");

        refuses(
                client(issuer.url(), "secret"),
                LoginRefusal.SETTINGS,
                "is called 'https://elsewhere.example': it is to be written exactly so");
    }

    @Test
    void anAddressThatIsNoProviderIsToldWithTheSetting() {
        issuer.up();

        refuses(
                client(issuer.url() + "/realms/none", "secret"),
                LoginRefusal.SETTINGS,
                "patchbay.access.oidc.issuer is to be what stands before /.well-known/openid-configuration");
    }

    @Test
    void aSecretThatIsNotThereIsToldByItsName() {
        OidcClient client = new OidcClient(
                settings(issuer.url()),
                "https://patchbay.example.com/login/oidc/callback",
                () -> {
                    throw new LoginRefusedException(LoginRefusal.SETTINGS, "there is no secret 'OIDC'");
                },
                claims -> true,
                clock,
                Outbound.STRAIGHT);

        refuses(client, LoginRefusal.SETTINGS, "'OIDC'");
    }

    @Test
    void aPublicClientProvesItselfByPkceAlone() {
        issuer.up();

        assertThat(begun(client(issuer.url(), null))).contains("code_challenge_method=S256");
    }

    private static void refuses(OidcClient client, LoginRefusal why, String sentence) {
        assertThatThrownBy(() -> begun(client))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.why()).isEqualTo(why))
                .hasMessageContaining(sentence);
    }

    private static String begun(OidcClient client) {
        return client.begin(new MockHttpServletRequest("GET", "/login/oidc")).getAuthorizationRequestUri();
    }

    private OidcClient client(String address, @Nullable String secret) {
        return new OidcClient(
                settings(address),
                "https://patchbay.example.com/login/oidc/callback",
                () -> secret,
                claims -> true,
                clock,
                Outbound.STRAIGHT);
    }

    static OidcProperties settings(String address) {
        return new OidcProperties(
                address,
                null,
                "patchbay",
                null,
                List.of("profile"),
                "preferred_username",
                "groups",
                new OidcProperties.Roles(List.of("admins"), List.of(), List.of("crew"), List.of("guests")),
                null);
    }
}
