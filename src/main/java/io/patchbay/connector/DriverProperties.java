package io.patchbay.connector;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which properties of a dropped driver a connector may set. Many a driver loads classes, runs statements, reads and writes files,
 * asks directories or goes to other hosts when a property says so.
 */
final class DriverProperties {

    private static final Set<String> EXACTLY = Set.of(
            "user", "username", "password", "server", "servername", "port", "portnumber", "database", "databasename");

    private static final List<String> WORDS = List.of(
            "class",
            "factory",
            "plugin",
            "interceptor",
            "provider",
            "transform",
            "init",
            "script",
            "serialize",
            "infile",
            "host",
            "proxy",
            "redirect",
            "reroute",
            "url",
            "tns",
            "jndi",
            "ldap",
            "kerb",
            "krb",
            "gss",
            "jaas",
            "authenticator",
            "log",
            "trace",
            "debug",
            "file",
            "path",
            "dir",
            "exec",
            "config",
            "lib",
            "wallet",
            "store",
            "failover",
            "alternate");

    private DriverProperties() {}

    /** Whether a property is never set by a connector. */
    static boolean refused(String name) {
        String plain = name.toLowerCase(Locale.ROOT).strip();
        return EXACTLY.contains(plain) || WORDS.stream().anyMatch(plain::contains);
    }
}
