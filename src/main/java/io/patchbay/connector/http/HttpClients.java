package io.patchbay.connector.http;

import io.patchbay.connector.StandIn;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.connector.definition.RequesterConfig.Compression;
import io.patchbay.connector.definition.RequesterConfig.Redirects;
import io.patchbay.outbound.Outbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.DeflateInputStreamFactory;
import org.apache.hc.client5.http.entity.InputStreamFactory;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Makes the pooled client of an instance. */
final class HttpClients {

    private static final int LONGEST_HEADER = 64 * 1024;
    private static final int MOST_HEADERS = 300;

    private HttpClients() {}

    /**
     * What a client shows of itself, and whom it trusts.
     *
     * @param base address of the system
     * @param tls certificate and trust; without it, it trusts whom the way out trusts
     * @param ntlm a login that each connection makes, or null
     * @param place what stands before its connections, or null
     */
    record Identity(
            URI base,
            @Nullable SSLContext tls,
            @Nullable NtlmLogin ntlm,
            @Nullable InPlace place) {}

    /** What stands in for an instance's system; null when nobody does. */
    static @Nullable InPlace place(StandIn standIn, String instance) {
        return standIn.equals(StandIn.NONE) ? null : new InPlace(standIn, instance);
    }

    /**
     * A client.
     *
     * @param dns gives the addresses of hosts that may be called
     * @param way how its calls leave the machine
     * @param mayRedirect whether a request may go out again as it is to where a redirect leads
     */
    static CloseableHttpClient of(
            RequesterConfig config,
            Duration timeout,
            DnsResolver dns,
            Outbound way,
            Identity identity,
            boolean mayRedirect) {
        Timeout answer = Timeout.of(timeout);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_HEADER)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnPerRoute(config.maxConnections())
                .setMaxConnTotal(config.maxConnections())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(answer)
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(config.connectTimeout()))
                        .setSocketTimeout(answer)
                        // a connection that was idle this long may have been closed by the other side
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build());
        RequestConfig.Builder requests =
                RequestConfig.custom().setResponseTimeout(answer).setConnectionRequestTimeout(answer);
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setUserAgent("Patchbay")
                .disableAutomaticRetries() // it repeats every call once on 503 and 429, also a POST
                .disableCookieManagement()
                .disableAuthCaching();
        if (identity.ntlm() != null) {
            identity.ntlm().into(builder, requests, identity.base());
        }
        builder.setDefaultRequestConfig(requests.build());
        if (config.compression() == Compression.NONE) {
            builder.disableContentCompression();
        } else {
            builder.setContentDecoderRegistry(new LinkedHashMap<>(decoders()));
        }
        if (config.followRedirects() == Redirects.NONE || !mayRedirect) {
            builder.disableRedirectHandling();
        } else {
            builder.setRedirectStrategy(new SameOriginRedirects())
                    .addExecInterceptorAfter(ChainElement.REDIRECT.name(), "place", HttpClients::inTurn);
        }
        if (identity.place() != null) {
            builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "in-place", identity.place());
        }
        way.lead(builder, connections, dns, identity.tls());
        return builder.setConnectionManager(connections.build()).build();
    }

    private static ClassicHttpResponse inTurn(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        WireCall call = WireCall.CURRENT.get();
        if (call != null) {
            call.begins();
        }
        return chain.proceed(request, scope);
    }

    /** Content codings that are asked for and read. */
    private static Map<String, InputStreamFactory> decoders() {
        Map<String, InputStreamFactory> all = new LinkedHashMap<>();
        all.put("gzip", Gunzip::new);
        all.put("x-gzip", Gunzip::new);
        all.put("deflate", DeflateInputStreamFactory.getInstance());
        return all;
    }
}
