package io.patchbay.ops.security;

import io.patchbay.outbound.Outbound;
import io.patchbay.payload.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Requests to the OpenID provider: to no other address than the one that was asked, bounded in time and size. */
final class ProviderHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 1_000_000;

    private final HttpComponentsClientHttpRequestFactory factory;
    private final ClientHttpRequestInterceptor bound =
            (request, body, execution) -> new Bounded(execution.execute(request, body));

    ProviderHttp(Outbound way) {
        factory = new HttpComponentsClientHttpRequestFactory(way.client(PATIENCE, PATIENCE));
    }

    /** Reads what the provider publishes, and what it knows of a person. */
    RestTemplate reads() {
        RestTemplate rest = new RestTemplate(factory);
        rest.setInterceptors(List.of(bound));
        return rest;
    }

    /** The same with errors as OAuth writes them. */
    RestTemplate asksAsOAuth() {
        RestTemplate rest = reads();
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        return rest;
    }

    /** Asks for tokens. */
    RestClient tokens() {
        return RestClient.builder()
                .requestFactory(factory)
                .requestInterceptor(bound)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    private record Bounded(ClientHttpResponse whole) implements ClientHttpResponse {

        @Override
        public InputStream getBody() throws IOException {
            return new BoundedStream(
                    whole.getBody(),
                    MOST_BYTES,
                    most -> new IOException("an answer of the provider has more than " + most + " bytes"));
        }

        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return whole.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return whole.getStatusText();
        }

        @Override
        public HttpHeaders getHeaders() {
            return whole.getHeaders();
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
