package io.patchbay.connector.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpProducer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;

/**
 * Camel's HTTP producer for exchanges whose body is an {@link WireCall}. Only how the request is made and how the answer is
 * read differ: from compiled parts in place of message headers, and as a bounded stream in place of a cached copy.
 */
final class CallProducer extends HttpProducer {

    private final HttpHost base;

    CallProducer(HttpEndpoint endpoint, URI baseUrl) {
        super(endpoint);
        this.base = HttpHost.create(baseUrl);
    }

    @Override
    protected HttpUriRequest createMethod(Exchange exchange) {
        return call(exchange).request();
    }

    /** Most calls go to the instance's own host, which the request need not be taken apart for. */
    @Override
    protected HttpHost createHost(HttpUriRequest request) {
        boolean same = request.getAuthority() != null
                && request.getAuthority().getPort() == base.getPort()
                && request.getAuthority().getHostName().equals(base.getHostName())
                && base.getSchemeName().equals(request.getScheme());
        if (same) {
            return base;
        }
        try {
            return HttpHost.create(request.getUri());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URI that was made from a URI", e);
        }
    }

    @Override
    protected void populateResponse(
            Exchange exchange,
            HttpUriRequest request,
            ClassicHttpResponse response,
            HeaderFilterStrategy strategy,
            int status)
            throws IOException {
        call(exchange).answered(response);
    }

    private static WireCall call(Exchange exchange) {
        return (WireCall) exchange.getIn().getBody();
    }
}
