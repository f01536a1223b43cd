package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.auth.TokenFetch;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Asks token endpoints, over the client of an instance. */
record TokenCalls(HttpConnection connection) implements TokenFetch {

    /** Where secrets are sent for a token: to no host that a setting alone names, and not in the clear where calls are not. */
    @Override
    public URI address(To to) throws StepException {
        URI uri = HttpConnection.address(to.key(), to.url());
        if (!Hosts.named(to.written()) && !connection.hosts().allows(uri.getHost())) {
            throw HttpConnection.refused(uri);
        }
        if ("https".equals(connection.base().getScheme()) && !"https".equals(uri.getScheme())) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    to.key() + " '" + to.url() + "' is not https, and baseUrl is: write https");
        }
        return uri;
    }

    @Override
    public Duration longest() {
        return connection
                .timeout()
                .multipliedBy(3)
                .plus(connection.instance().connector().requester().config().connectTimeout());
    }

    @Override
    public JsonNode post(To to, Map<String, String> headers, String contentType, String body) throws StepException {
        URI uri = address(to);
        HttpFailures failures = new HttpFailures(
                "the token endpoint " + uri.getHost(),
                connection.timeout(),
                connection.instance().connector().requester().config().connectTimeout(),
                1 << 20);
        List<Header> all = new ArrayList<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all.add(HeaderSet.header(header.getKey(), header.getValue()));
        }
        all.add(HeaderSet.header("Accept", "application/json"));
        HttpEntity entity = new StringEntity(
                body, org.apache.hc.core5.http.ContentType.create(contentType, StandardCharsets.UTF_8));
        WireCall call = new WireCall(
                "POST",
                uri,
                all,
                entity,
                new ReplyReader(
                        ResponseConfig.JSON,
                        1 << 20,
                        connection.timeout().multipliedBy(2),
                        connection.services().spill(),
                        false));
        Reply reply;
        try {
            reply = connection.send(call);
        } catch (Exception e) {
            throw failures.of(e, call.cancelled());
        }
        if (reply.success()) {
            return reply.tree();
        }
        String error = reply.tree().path("error").asText("");
        boolean later = reply.status() == 429 || reply.status() >= 500;
        throw new StepException(
                later ? Owner.REMOTE : Owner.AUTHOR,
                error.equals("invalid_grant") ? GRANT_REFUSED : "TOKEN_REFUSED",
                "the token endpoint " + uri.getHost() + " answered " + reply.status()
                        + (error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "")
                        + (later || error.equals("invalid_grant")
                                ? ""
                                : "; check client id and secret of instance '"
                                        + connection.instance().name() + "'"),
                null,
                later,
                null);
    }
}
