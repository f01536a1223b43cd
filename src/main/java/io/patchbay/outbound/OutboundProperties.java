package io.patchbay.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How HTTP calls leave the machine, {@code patchbay.http.*}.
 *
 * @param proxy what they go through
 * @param ca file of certificates (PEM) of issuers that are believed beside those that Java trusts, like that of a proxy that looks into
 *     TLS; in the home folder unless it is absolute
 */
@ConfigurationProperties("patchbay.http")
public record OutboundProperties(
        @DefaultValue ProxyProperties proxy, @Nullable String ca) {

    /** Calls go straight to their hosts. */
    public static final OutboundProperties NONE =
            new OutboundProperties(new ProxyProperties(null, null, null, List.of()), null);

    private static final List<String> OF_JAVA = List.of("https.proxyHost", "http.proxyHost");

    /**
     * That a proxy is not used which was given to Java itself.
     *
     * @param system properties of Java
     * @return a sentence; null where none was given, or one is set here
     */
    public @Nullable String unheeded(Function<String, @Nullable String> system) {
        if (proxy.where() != null) {
            return null;
        }
        return OF_JAVA.stream()
                .filter(name -> {
                    String value = system.apply(name);
                    return value != null && !value.isBlank();
                })
                .findFirst()
                .map(name -> "the proxy of Java's property " + name
                        + " is not used: HTTP calls go straight to their hosts unless"
                        + " patchbay.http.proxy.address names the proxy")
                .orElse(null);
    }

    /**
     * A proxy.
     *
     * @param address of a proxy, like `http://proxy.example.com:3128`, that HTTP calls go through; none means that they go straight to
     *     their hosts
     * @param user name to log in with at the proxy (Basic), or none for a proxy that wants none
     * @param password for the user, best given as `PATCHBAY_HTTP_PROXY_PASSWORD`
     * @param noProxy hosts that are called without the proxy: names, or `*.example.com` for any name below. This machine itself always
     *     is
     */
    public record ProxyProperties(
            @Nullable String address,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue List<String> noProxy) {

        private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9_.:-]+|\\[[0-9A-Fa-f:.]+]");

        /** @throws IllegalArgumentException naming the setting that is wrong */
        public ProxyProperties {
            noProxy = List.copyOf(noProxy);
            if (address != null && !address.isBlank()) {
                uri(address);
            }
            if (user != null && user.contains(":")) {
                throw new IllegalArgumentException(
                        "patchbay.http.proxy.user: a name with ':' cannot be told from its password (RFC 7617)");
            }
            for (String host : noProxy) {
                if (!HOST.matcher(host).matches()) {
                    throw new IllegalArgumentException("patchbay.http.proxy.no-proxy: '" + host
                            + "' is no host; write its name, or *.example.com for any name below");
                }
            }
        }

        /** Where the proxy is; null for none. */
        @Nullable
        URI where() {
            return address == null || address.isBlank() ? null : uri(address);
        }

        private static URI uri(String address) {
            try {
                URI uri = new URI(address.strip());
                boolean bare = (uri.getRawPath() == null
                                || uri.getRawPath().isEmpty()
                                || uri.getRawPath().equals("/"))
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && uri.getRawUserInfo() == null;
                if ("http".equals(uri.getScheme()) && uri.getHost() != null && bare && uri.getPort() <= 65_535) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // said below
            }
            // the value is not told: somebody may have written name and password into it
            throw new IllegalArgumentException(
                    "patchbay.http.proxy.address must be like http://proxy.example.com:3128; name and password are"
                            + " patchbay.http.proxy.user and patchbay.http.proxy.password");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "ProxyProperties[" + address + ", user=" + user + ", noProxy=" + noProxy + "]";
        }
    }
}
