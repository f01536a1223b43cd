package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcRolesTest {

    @Test
    void ofSeveralValuesTheOneThatMayMostCounts() {
        assertThat(role("groups", null, Map.of("groups", List.of("guests", "admins", "crew", 7))))
                .isEqualTo(Role.ADMINISTRATOR);
        assertThat(role("groups", null, Map.of("groups", "crew"))).isEqualTo(Role.USER);
    }

    @Test
    void aClaimMayStandInAnotherOrHaveDotsInItsName() {
        assertThat(role("realm_access.roles", null, Map.of("realm_access", Map.of("roles", List.of("crew")))))
                .isEqualTo(Role.USER);
        assertThat(role("https://acme.example/roles", null, Map.of("https://acme.example/roles", List.of("guests"))))
                .isEqualTo(Role.READ_ONLY);
    }

    @Test
    void aDefaultRoleIsOfThoseWithoutAnother() {
        assertThat(role("groups", "read-only", Map.of("groups", List.of("others"))))
                .isEqualTo(Role.READ_ONLY);
        assertThat(role("groups", "read-only", Map.of())).isEqualTo(Role.READ_ONLY);
        assertThat(role("groups", "read-only", Map.of("groups", List.of("crew"))))
                .isEqualTo(Role.USER);
    }

    @Test
    void withoutOneTheyAreRefusedAndTheLogTellsWhatTheProviderSaid() {
        assertThatThrownBy(() -> role("groups", null, Map.of("groups", List.of("Admins", "admins "))))
                .hasMessageContaining("ada has no role: the claim 'groups'")
                .hasMessageContaining("is [Admins, admins ]");
        assertThatThrownBy(() -> role("groups", null, Map.of("roles", List.of("admins"))))
                .hasMessageContaining("has no value; there are preferred_username, roles, sub");
        assertThatThrownBy(() -> role("a.b.c", null, Map.of("a", Map.of("b", "crew"))))
                .hasMessageContaining("has no value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\u0000b",
                "a\nb",
                "12345678901234567890123456789012345678901234567890"
                        + "123456789012345678901234567890123456789012345678901"
            })
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> role("groups", null, Map.of("preferred_username", name, "groups", "crew")))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.why()).isEqualTo(LoginRefusal.NAME));
    }

    private static Role role(String claim, @Nullable String otherwise, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(Map.of("sub", "1", "preferred_username", "ada"));
        all.putAll(claims);
        OidcProperties settings = new OidcProperties(
                "https://login.example.com",
                null,
                "patchbay",
                null,
                List.of(),
                "preferred_username",
                claim,
                new OidcProperties.Roles(List.of("admins"), List.of(), List.of("crew"), List.of("guests")),
                otherwise);
        return new OidcRoles(settings).actor(all).role();
    }
}
