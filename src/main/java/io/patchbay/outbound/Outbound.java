package io.patchbay.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The way of HTTP calls out of the machine, as the settings say: straight, or through a proxy. */
public final class Outbound {

    /** Straight to each host, which Java must trust. */
    public static final Outbound STRAIGHT = new Outbound(null, null, new HostList(List.of()), null);

    private final @Nullable HttpHost proxy;
    private final @Nullable UsernamePasswordCredentials login;
    private final HostList straight;
    private final @Nullable TrustManagerFactory trust;

    private Outbound(
            @Nullable HttpHost proxy,
            @Nullable UsernamePasswordCredentials login,
            HostList straight,
            @Nullable TrustManagerFactory trust) {
        this.proxy = proxy;
        this.login = login;
        this.straight = straight;
        this.trust = trust;
    }

    /**
     * The way that settings say.
     *
     * @param home folder that the file of authorities is in when it names no other
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public static Outbound of(OutboundProperties settings, Path home) {
        OutboundProperties.ProxyProperties given = settings.proxy();
        URI where = given.where();
        String user = given.user();
        String ca = settings.ca();
        return new Outbound(
                where == null
                        ? null
                        : new HttpHost("http", where.getHost(), where.getPort() < 0 ? 80 : where.getPort()),
                user == null || user.isBlank()
                        ? null
                        : new UsernamePasswordCredentials(
                                user,
                                Objects.requireNonNullElse(given.password(), "").toCharArray()),
                new HostList(given.noProxy()),
                ca == null || ca.isBlank() ? null : Authorities.with(home.resolve(ca)));
    }

    /** Whose certificates are believed; null for those whom Java trusts. */
    public @Nullable TrustManagerFactory trust() {
        return trust;
    }

    /** TLS that believes them; null for Java's own. */
    public @Nullable SSLContext tls() {
        if (trust == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /**
     * A client for servers that an administrator named: follows no redirect, repeats nothing, looks up names as the machine does.
     *
     * @param connect how long a connection may take
     * @param answer how long the other side may be silent
     */
    public CloseableHttpClient client(Duration connect, Duration answer) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setSocketTimeout(Timeout.of(answer))
                        .build());
        HttpClientBuilder client = HttpClientBuilder.create()
                .setUserAgent("Patchbay")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(answer))
                        .setConnectionRequestTimeout(Timeout.of(answer))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        lead(client, connections, SystemDefaultDnsResolver.INSTANCE, null);
        return client.setConnectionManager(connections.build()).build();
    }

    /**
     * Leads the calls of a client this way.
     *
     * @param client sends them; what it was given to do right before a connection is taken stays before this
     * @param connections of the client
     * @param guard gives the addresses of a host, or refuses it. Through a proxy it is asked, too, but a host that it does not know is
     *     left to the proxy
     * @param tls of the client itself; null for that of this way
     */
    public void lead(
            HttpClientBuilder client,
            PoolingHttpClientConnectionManagerBuilder connections,
            DnsResolver guard,
            @Nullable SSLContext tls) {
        SSLContext own = tls == null ? tls() : tls;
        if (own != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(own));
        }
        if (proxy == null) {
            connections.setDnsResolver(guard);
            return;
        }
        HttpHost through = proxy;
        connections.setDnsResolver(new Addresses(through.getHostName(), guard));
        client.setRoutePlanner(new DefaultRoutePlanner(null) {
            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                return straight.covers(target.getHostName()) ? null : through;
            }
        });
        ThroughProxy hop = new ThroughProxy(through, login, guard);
        client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "proxy", hop)
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "proxy-passed", ThroughProxy::passed);
    }

    /** The proxy may have any address; {@link ThroughProxy} looks at hosts of its name that are called. */
    private record Addresses(String proxy, DnsResolver guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return host.equalsIgnoreCase(proxy) ? SystemDefaultDnsResolver.INSTANCE.resolve(host) : guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return guard.resolveCanonicalHostname(host);
        }
    }
}
