package io.patchbay.connector.http;

import io.patchbay.connector.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** Follows a redirect only where it stays on scheme, host and port: credentials go nowhere else. */
final class SameOriginRedirects extends DefaultRedirectStrategy {

    @Override
    public boolean isRedirectAllowed(HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
        if (!current.equals(next)) {
            return false;
        }
        WireCall call = WireCall.CURRENT.get();
        if (call != null) {
            call.redirected(status(context), redirect.getMethod(), here(redirect));
        }
        return true;
    }

    private static int status(HttpContext context) {
        HttpResponse response = HttpCoreContext.cast(context).getResponse();
        return response == null ? 0 : response.getCode();
    }

    private static URI here(HttpRequest redirect) {
        try {
            return redirect.getUri();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URI that was made from a URI", e);
        }
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
