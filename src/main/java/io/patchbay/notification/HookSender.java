package io.patchbay.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.ProxyFailure;
import io.patchbay.outbound.RefusedHost;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts documents to addresses that people gave. Follows no redirect, reads no answer, and connects to no private address of a host
 * that is not listed. Nothing that it says shows an address: in most, the path is the password.
 */
public final class HookSender implements AutoCloseable {

    private static final Timeout PATIENCE = Timeout.ofSeconds(15);

    private final Function<String, Optional<String>> secrets;
    private final List<String> allowed;
    private final CloseableHttpClient client;

    /**
     * A sender; nothing is connected before the first document.
     *
     * @param secrets gives the value of a secret's name
     * @param allowedHosts hosts that may have private addresses
     * @param isPrivate whether an address is one of those that only exist inside a network
     * @param way how documents leave the machine
     */
    public HookSender(
            Function<String, Optional<String>> secrets,
            List<String> allowedHosts,
            Predicate<InetAddress> isPrivate,
            Outbound way) {
        this.secrets = secrets;
        this.allowed =
                allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(PATIENCE).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(PATIENCE)
                        .setSocketTimeout(PATIENCE)
                        .build());
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(PATIENCE)
                        .setConnectionRequestTimeout(PATIENCE)
                        .build())
                .setUserAgent("Patchbay")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
        way.lead(builder, connections, new Guard(allowed, isPrivate), null);
        this.client = builder.setConnectionManager(connections.build()).build();
    }

    /** The client connects to the addresses that were looked at here. */
    private record Guard(List<String> allowed, Predicate<InetAddress> isPrivate) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            if (!allowed.contains(host.toLowerCase(Locale.ROOT))) {
                for (InetAddress address : addresses) {
                    if (isPrivate.test(address)) {
                        throw new RefusedHost("its host has a private address; list the host under"
                                + " patchbay.notifications.allowed-hosts if it is meant");
                    }
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * Posts a document.
     *
     * @param setting the address, which may hold secrets
     * @throws StepException when it was not taken
     */
    void post(String setting, JsonNode document, Target target) throws StepException {
        URI address = HookAddress.resolve(setting, secrets, allowed, target);
        HttpPost request = new HttpPost(address);
        request.setEntity(new StringEntity(document.toString(), ContentType.APPLICATION_JSON));
        int status;
        try {
            // The answer is not read: its connection is not used again.
            status = client.execute(request, answer -> {
                request.abort();
                return answer.getCode();
            });
        } catch (RefusedHost e) {
            throw new StepException(Owner.AUTHOR, "HOST_NOT_ALLOWED", target + ": " + e.getMessage());
        } catch (ProxyFailure e) {
            throw new StepException(
                    Owner.REMOTE, "PROXY_FAILED", target + ": " + e.getMessage(), null, e.passing(), null);
        } catch (UnknownHostException e) {
            throw new StepException(Owner.REMOTE, "UNKNOWN_HOST", target + ": its host is not known", null, true, null);
        } catch (IOException e) {
            throw new StepException(
                    Owner.REMOTE,
                    "HOOK_NOT_SENT",
                    target + ": it could not be called (" + e.getClass().getSimpleName() + ")",
                    null,
                    true,
                    null);
        }
        if (status < 200 || status > 299) {
            boolean later = status == 408 || status == 425 || status == 429 || status >= 500;
            throw new StepException(
                    Owner.REMOTE, "HTTP_" + status, target + ": it answered " + status, null, later, null);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
