package io.patchbay.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The last link before a connection is taken: looks whether the host may be called, logs in at the proxy without being asked (so that
 * no body is sent twice), and tells what the proxy says from what the system says. The login is on the request only while it goes out:
 * whoever keeps the request before or after sees none.
 */
final class ThroughProxy implements ExecChainHandler {

    private static final String PASSED = "patchbay.proxy.passed";

    /** What some read as an IPv4 address in another notation (inet_aton): numbers alone, also octal and hexadecimal ones. */
    private static final Pattern NUMBERS = Pattern.compile("(?i)([0-9]+|0x[0-9a-f]*)(\\.([0-9]+|0x[0-9a-f]*))*\\.?");

    private static final String OCTET = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern ADDRESS = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    private final HttpHost proxy;
    private final @Nullable UsernamePasswordCredentials login;
    private final DnsResolver guard;

    ThroughProxy(HttpHost proxy, @Nullable UsernamePasswordCredentials login, DnsResolver guard) {
        this.proxy = proxy;
        this.login = login;
        this.guard = guard;
    }

    /** Behind the link that makes tunnels: what comes here has one. */
    static ClassicHttpResponse passed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(PASSED, true);
        return chain.proceed(request, scope);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpRoute route = scope.route;
        String host = route.getTargetHost().getHostName();
        if (route.getProxyHost() == null) {
            if (host.equalsIgnoreCase(proxy.getHostName())) {
                guard.resolve(host);
            }
            return chain.proceed(request, scope);
        }
        allowed(host);
        scope.clientContext.removeAttribute(PASSED);
        ClassicHttpResponse response;
        try {
            logIn(request, scope);
            response = chain.proceed(request, scope);
        } catch (UnknownHostException e) {
            throw new ProxyFailure(
                    "the proxy's name is not known (" + proxy.getHostName() + "): look at patchbay.http.proxy.address",
                    true);
        } catch (ConnectException | NoRouteToHostException | ConnectTimeoutException e) {
            throw new ProxyFailure(
                    "the proxy takes no connection (" + proxy.toHostString() + "): look at patchbay.http.proxy.address",
                    true);
        } finally {
            request.removeHeaders(HttpHeaders.PROXY_AUTHORIZATION);
        }
        boolean refused = route.isTunnelled() && scope.clientContext.getAttribute(PASSED) == null;
        // Behind a tunnel that was made, a system speaks for itself, whatever it says.
        if (refused || (!route.isTunnelled() && response.getCode() == 407)) {
            int status = response.getCode();
            response.close();
            scope.execRuntime.discardEndpoint();
            throw refusal(status);
        }
        return response;
    }

    /**
     * A name that is known here must not be that of a private address; one that is not is left to the proxy. Numbers are refused that
     * the proxy may read as another address than this machine does, like {@code 012.0.0.1} and {@code 0x7f.1}.
     */
    private void allowed(String host) throws IOException {
        if (NUMBERS.matcher(host).matches() && !ADDRESS.matcher(host).matches()) {
            // Without the host: it may be a secret of who calls.
            throw new RefusedHost(
                    "the host is written as numbers that the proxy may read as another address; write it as"
                            + " four decimal ones without zeros before them, like 192.0.2.1");
        }
        try {
            guard.resolve(host);
        } catch (RefusedHost e) {
            throw e;
        } catch (UnknownHostException e) {
            // The proxy looks names up: this machine may know none of those outside.
        }
    }

    private void logIn(ClassicHttpRequest request, ExecChain.Scope scope) {
        UsernamePasswordCredentials known = login;
        if (known == null) {
            return;
        }
        if (scope.route.isTunnelled()) {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(known);
            AuthExchange exchange = new AuthExchange();
            exchange.select(scheme);
            scope.clientContext.setAuthExchange(proxy, exchange);
            return;
        }
        String pair = known.getUserName() + ":" + new String(known.getUserPassword());
        request.setHeader(
                HttpHeaders.PROXY_AUTHORIZATION,
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the host that was to be called: it may be a secret of who calls. */
    private ProxyFailure refusal(int status) {
        String what = "the proxy " + proxy.toHostString() + " answered " + status;
        if (status == 407) {
            return new ProxyFailure(
                    what
                            + (login == null
                                    ? " as it wants a login: set patchbay.http.proxy.user and"
                                            + " patchbay.http.proxy.password"
                                    : ", as it does not take the login: look at patchbay.http.proxy.user and"
                                            + " patchbay.http.proxy.password"),
                    false);
        }
        String asked = what + " when it was asked for the connection: ";
        return status >= 500
                ? new ProxyFailure(
                        asked + "it does not reach that host; one that needs no proxy stands under"
                                + " patchbay.http.proxy.no-proxy",
                        true)
                : new ProxyFailure(
                        asked
                                + "it does not let calls to that host pass; whoever runs the proxy allows it, or it"
                                + " stands under patchbay.http.proxy.no-proxy",
                        false);
    }
}
