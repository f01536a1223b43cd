package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcPropertiesTest {

    private static final String ISSUER = "https://login.example.com/realms/acme";
    private static final OidcProperties.Roles NONE =
            new OidcProperties.Roles(List.of(), List.of(), List.of(), List.of());
    private static final OidcProperties.Roles CREW =
            new OidcProperties.Roles(List.of(), List.of(), List.of("crew"), List.of());

    @Test
    void withoutAnIssuerThereIsNoProvider() {
        assertThat(settings(null, null, NONE, null).isOn()).isFalse();
        assertThat(settings("", null, NONE, null).isOn()).isFalse();
    }

    @Test
    void openidIsAlwaysAskedFor() {
        assertThat(settings(ISSUER, "patchbay", CREW, null).scopes()).containsExactly("openid", "email");
        assertThat(settings(ISSUER, "patchbay", CREW, null).shownTitle()).isEqualTo("login.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "http://localhost.example.com",
                "https://us:hush@login.example.com",
                "https://login.example.com?x=hush",
                "ftp://login.example.com",
                "login.example.com"
            })
    void whatOthersCouldChangeOnItsWayIsNoIssuer(String issuer) {
        assertThatThrownBy(() -> settings(issuer, "patchbay", CREW, null))
                .hasMessageContaining("patchbay.access.oidc.issuer is to be an address that begins with https://");
    }

    @Test
    void aPasswordInTheAddressIsNotRepeated() {
        assertThatThrownBy(() -> settings("https://us:hush@login.example.com", "patchbay", CREW, null))
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8180/realms/acme", "http://127.0.0.1:9000", "http://[::1]:9000"})
    void onThisMachineItMayBeReachedWithoutTls(String issuer) {
        assertThat(settings(issuer, "patchbay", CREW, null).isOn()).isTrue();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> settings(ISSUER, null, CREW, null)).hasMessageContaining("oidc.client-id");
        assertThatThrownBy(() -> settings(ISSUER, "patchbay", NONE, null))
                .hasMessageContaining("oidc.roles is to be a role for some value, like roles.administrator=");
        assertThatThrownBy(() -> settings(null, "patchbay", CREW, null))
                .hasMessageContaining("oidc.issuer is to be given with the others");
        assertThatThrownBy(() -> settings(ISSUER, "patchbay", CREW, "boss"))
                .hasMessageContaining("oidc.default-role is to be a role, got boss");
    }

    @Test
    void aValueHasOneRole() {
        OidcProperties.Roles twice = new OidcProperties.Roles(List.of("crew"), List.of(), List.of("crew"), List.of());

        assertThatThrownBy(() -> settings(ISSUER, "patchbay", twice, null)).hasMessageContaining("'crew' for two");
    }

    @Test
    void itsTextHasNoSecret() {
        OidcProperties settings =
                new OidcProperties(ISSUER, null, "patchbay", "hush-hush", List.of(), "sub", "groups", CREW, null);

        assertThat(settings.toString()).doesNotContain("hush");
    }

    private static OidcProperties settings(
            @Nullable String issuer, @Nullable String client, OidcProperties.Roles roles, @Nullable String otherwise) {
        return new OidcProperties(
                issuer, null, client, null, List.of("email"), "preferred_username", "groups", roles, otherwise);
    }
}
