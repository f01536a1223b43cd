package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
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
import org.jspecify.annotations.Nullable;

/**
 * Asks token endpoints for an instance.
 *
 * @param hosts that may be asked where a setting alone names the host
 * @param secured whether the system itself is reached by TLS
 * @param timeout of an answer
 * @param client sends requests
 */
record TokenCalls(
        Instance instance, Hosts hosts, boolean secured, Duration timeout, ConnectorServices services, Client client)
        implements TokenFetch {

    /** Sends a request and reads its answer. */
    interface Client {
        Reply send(WireCall call) throws Exception;
    }

    /** Where secrets are sent for a token: to no host that a setting alone names, and not in the clear where calls are not. */
    @Override
    public URI address(To to) throws StepException {
        URI uri = HttpConnection.address(to.key(), to.url());
        if (!Hosts.named(to.written()) && !hosts.allows(uri.getHost())) {
            throw HttpConnection.refused(uri);
        }
        if (secured && !"https".equals(uri.getScheme())) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    to.key() + " '" + to.url()
                            + "' is not https, and the system itself is reached by TLS: write https");
        }
        return uri;
    }

    @Override
    public Duration longest() {
        return timeout.multipliedBy(3)
                .plus(instance.connector().requester().config().connectTimeout());
    }

    @Override
    public JsonNode post(To to, Map<String, String> headers, String contentType, String body) throws StepException {
        HttpEntity entity = new StringEntity(
                body, org.apache.hc.core5.http.ContentType.create(contentType, StandardCharsets.UTF_8));
        return answer("POST", address(to), headers, entity);
    }

    @Override
    public JsonNode get(To to, Map<String, String> headers, String query) throws StepException {
        return answer("GET", URI.create(address(to) + "?" + query), headers, null);
    }

    private JsonNode answer(String method, URI uri, Map<String, String> headers, @Nullable HttpEntity entity)
            throws StepException {
        HttpFailures failures = new HttpFailures(
                "the token endpoint " + uri.getHost(),
                timeout,
                instance.connector().requester().config().connectTimeout(),
                1 << 20);
        List<Header> all = new ArrayList<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all.add(HeaderSet.header(header.getKey(), header.getValue()));
        }
        all.add(HeaderSet.header("Accept", "application/json"));
        WireCall call = new WireCall(
                method,
                uri,
                all,
                entity,
                new ReplyReader(ResponseConfig.JSON.done(), 1 << 20, timeout.multipliedBy(2), services.spill(), false),
                () -> {}); // not counted
        Reply reply;
        try {
            reply = client.send(call);
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
                                : "; check client id and secret of instance '" + instance.name() + "'"),
                null,
                later,
                null);
    }
}
