package io.patchbay.run.segment;

import io.patchbay.outbound.Outbound;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/** Lets Amazon's client call as all calls leave the machine: through the proxy that the settings name, and believing whom they name. */
final class ObjectsHttp implements SdkHttpClient {

    /** What the client makes of the address and the body. */
    private static final Set<String> MADE =
            Set.of("host", "content-length", "content-type", "transfer-encoding", "connection");

    private final CloseableHttpClient client;
    private final RequestConfig config;

    ObjectsHttp(Outbound way, Duration timeout) {
        client = way.client(timeout, timeout);
        config = RequestConfig.custom()
                .setResponseTimeout(Timeout.of(timeout))
                .setConnectionRequestTimeout(Timeout.of(timeout))
                // Lengths and ranges are those of what lies there.
                .setContentCompressionEnabled(false)
                .build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest asked) {
        HttpUriRequestBase request = new HttpUriRequestBase(
                asked.httpRequest().method().name(), asked.httpRequest().getUri());
        request.setConfig(config);
        asked.httpRequest().forEachHeader((name, values) -> {
            if (!MADE.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        asked.contentStreamProvider().ifPresent(content -> request.setEntity(body(asked, content)));
        return new Prepared(client, request);
    }

    private static HttpEntity body(HttpExecuteRequest asked, ContentStreamProvider content) {
        long length = asked.httpRequest()
                .firstMatchingHeader(HttpHeaders.CONTENT_LENGTH)
                .map(Long::parseLong)
                .orElse(-1L);
        ContentType type = asked.httpRequest()
                .firstMatchingHeader(HttpHeaders.CONTENT_TYPE)
                .map(ContentType::parseLenient)
                .orElse(null);
        return new InputStreamEntity(content.newStream(), length, type);
    }

    private record Prepared(CloseableHttpClient client, HttpUriRequestBase request) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            ClassicHttpResponse answer = client.executeOpen(null, request, null);
            SdkHttpFullResponse.Builder head =
                    SdkHttpFullResponse.builder().statusCode(answer.getCode()).statusText(answer.getReasonPhrase());
            for (Header header : answer.getHeaders()) {
                head.appendHeader(header.getName(), header.getValue());
            }
            HttpExecuteResponse.Builder made = HttpExecuteResponse.builder().response(head.build());
            HttpEntity entity = answer.getEntity();
            if (entity == null) {
                answer.close();
                return made.build();
            }
            InputStream content = entity.getContent();
            return made.responseBody(AbortableInputStream.create(content, this)).build();
        }

        @Override
        public void abort() {
            request.cancel();
        }
    }

    @Override
    public String clientName() {
        return "Patchbay";
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
