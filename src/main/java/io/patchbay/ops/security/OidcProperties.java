package io.patchbay.ops.security;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Logins at an OpenID provider.
 *
 * @param issuer the provider as it calls itself, like {@code https://login.example.com/realms/acme}; without it nobody logs in there
 * @param title what the login page calls it; the host of the issuer unless told
 * @param clientId what Patchbay is called there
 * @param clientSecret its secret there, or {@code ${secret.NAME}} that holds it; without one the client is a public one, which proves itself by
 *     PKCE alone
 * @param scopes what is asked for; {@code openid} always is
 * @param nameClaim what tells how the person is called, for the audit log
 * @param rolesClaim what tells the groups or roles of the person: a claim, or a path like {@code realm_access.roles}
 * @param roles which values of that claim have which role here; of several the one that may most counts
 * @param defaultRole role of whoever has none of these values; without it they are refused
 */
@ConfigurationProperties("patchbay.access.oidc")
record OidcProperties(
        @Nullable String issuer,
        @Nullable String title,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("groups") String rolesClaim,
        @DefaultValue Roles roles,
        @Nullable String defaultRole) {

    private static final String PREFIX = "patchbay.access.oidc.";

    /**
     * Values that have a role.
     *
     * @param administrator values with the role administrator
     * @param manager values with the role manager
     * @param user values with the role user
     * @param readOnly values with the role read-only
     */
    record Roles(
            @DefaultValue List<String> administrator,
            @DefaultValue List<String> manager,
            @DefaultValue List<String> user,
            @DefaultValue List<String> readOnly) {

        Roles {
            administrator = List.copyOf(administrator);
            manager = List.copyOf(manager);
            user = List.copyOf(user);
            readOnly = List.copyOf(readOnly);
        }

        /** Roles by the value that has them. */
        Map<String, Role> byValue() {
            Map<String, Role> roles = new HashMap<>();
            for (Role role : Role.values()) {
                for (String value : of(role)) {
                    Role before = roles.put(value, role);
                    require(
                            before == null || before == role,
                            "roles",
                            "one role for each value",
                            "'" + value + "' for two");
                }
            }
            return roles;
        }

        private List<String> of(Role role) {
            return switch (role) {
                case ADMINISTRATOR -> administrator;
                case MANAGER -> manager;
                case USER -> user;
                case READ_ONLY -> readOnly;
            };
        }
    }

    OidcProperties {
        List<String> all = new ArrayList<>(scopes);
        if (!all.contains("openid")) {
            all.add(0, "openid");
        }
        scopes = List.copyOf(all);
        boolean on = issuer != null && !issuer.isBlank();
        boolean role = !roles.byValue().isEmpty() || defaultRole != null;
        require(defaultRole == null || Role.of(defaultRole).isPresent(), "default-role", "a role", defaultRole);
        require(on || (clientId == null && clientSecret == null && !role), "issuer", "given with the others", "none");
        require(
                !on || isSafe(issuer),
                "issuer",
                "an address that begins with https://, or with http:// on this machine, without a user, a query and a '#'",
                withoutUser(issuer));
        require(!on || (clientId != null && !clientId.isBlank()), "client-id", "what Patchbay is called there", "none");
        require(!on || role, "roles", "a role for some value, like roles.administrator=platform-team", "none");
    }

    /** Whether there is a provider. */
    boolean isOn() {
        return issuer != null && !issuer.isBlank();
    }

    /** What people read. */
    String shownTitle() {
        return title == null || title.isBlank()
                ? URI.create(Objects.requireNonNull(issuer)).getHost()
                : title;
    }

    /** Whether nobody on the way can change what is told at an address. */
    static boolean isSafe(@Nullable String address) {
        try {
            URI uri = URI.create(String.valueOf(address));
            boolean plain = uri.getUserInfo() == null && uri.getFragment() == null && uri.getQuery() == null;
            return uri.getHost() != null
                    && plain
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isHere(uri.getHost())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static String withoutUser(@Nullable String address) {
        String text = String.valueOf(address);
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "***" + text.substring(at);
    }

    private static void require(boolean fine, String name, String expected, @Nullable Object got) {
        if (!fine) {
            throw new IllegalArgumentException(PREFIX + name + " is to be " + expected + ", got " + got);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcProperties[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
