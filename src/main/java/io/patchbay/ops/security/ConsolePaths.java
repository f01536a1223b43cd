package io.patchbay.ops.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Who may ask for what is no handler of ours: Spring's endpoints, Hawtio's pages, Jolokia. The first rule that fits decides, and
 * what none names is refused.
 *
 * @param method of requests; null for each
 * @param pattern of their paths
 * @param who may send them
 */
record ConsolePaths(@Nullable HttpMethod method, String pattern, Who who) {

    /** Who may ask. */
    enum Who {
        /** Anyone, without a login. */
        ANYONE,
        /** Whoever has {@link Permission#VIEW}. */
        VIEWERS,
        /** Whoever is logged in; the handler names the permission. */
        KNOWN,
        /** Nobody. */
        NOBODY
    }

    static final List<ConsolePaths> ALL = List.of(
            get("/actuator/health", Who.ANYONE),
            get("/actuator/health/liveness", Who.ANYONE),
            get("/actuator/health/readiness", Who.ANYONE),
            // Whoever logs in is nobody yet. What is posted there, and the logins at a provider, filters in front take.
            get("/login", Who.ANYONE),
            // It only leads on to the page behind the login; another site's browser arrives here.
            get("/connect/callback", Who.ANYONE),
            // Hawtio's pages ask whether its proxy is there; they are told no.
            get("/hawtio/proxy/enabled", Who.VIEWERS),
            // The proxy would call any agent on this machine; we have one agent and it is ours.
            new ConsolePaths(null, "/hawtio/proxy/**", Who.NOBODY),
            get("/actuator", Who.NOBODY),
            get("/actuator/**", Who.VIEWERS),
            // What Jolokia may do below an administrator, its restrictor says.
            new ConsolePaths(null, "/jolokia/**", Who.VIEWERS),
            new ConsolePaths(null, "/hawtio/**", Who.VIEWERS),
            new ConsolePaths(null, "/connect/**", Who.KNOWN));

    private static ConsolePaths get(String pattern, Who who) {
        return new ConsolePaths(HttpMethod.GET, pattern, who);
    }

    /** Roles that have a permission, as Spring names them. */
    static String[] having(Permission permission) {
        return java.util.Arrays.stream(Role.values())
                .filter(role -> role.may(permission))
                .map(Role::word)
                .toArray(String[]::new);
    }
}
