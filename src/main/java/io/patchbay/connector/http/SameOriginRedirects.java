package io.patchbay.connector.http;

import io.patchbay.connector.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Follows a redirect only where it stays on scheme, host and port: credentials go nowhere else. */
final class SameOriginRedirects extends DefaultRedirectStrategy {

    @Override
    public boolean isRedirectAllowed(HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
        return current.equals(next);
    }

    @Override
    protected URI createLocationURI(String location) throws ProtocolException {
        try {
            return WebAddress.ofHeader(location);
        } catch (URISyntaxException e) {
            throw new ProtocolException("the Location of the redirect is no address");
        }
    }
}
