package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.Requester;
import io.patchbay.connector.auth.Authorizer;
import io.patchbay.connector.auth.Outgoing;
import io.patchbay.connector.auth.Proof;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig.Compression;
import io.patchbay.connector.paging.Pagers.LinkGuard;
import io.patchbay.connector.paging.Turn;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import io.patchbay.secret.Redactor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** Makes the requests of an endpoint: address, headers and body, of what its connector declares and what a turn adds. */
final class HttpRequests {

    private final Endpoint endpoint;
    private final HttpCall call;
    private final HttpConnection connection;
    private final Authorizer authorizer;
    private final LinkGuard guard;
    private final Redactor redactor;
    private final Targets targets;
    private final Target ownTarget;
    private final HeaderSet headers;
    private final HeaderSet ownHeaders;
    private final RequestBody body;
    private final RequestKey key;
    private final @Nullable RequestScript prepares;

    /**
     * A request, to be closed when it was sent.
     *
     * @param headers but for those of its proof
     * @param entity its body, compressed where the endpoint says so
     * @param plain its body before that
     * @param away whether it goes to a host that must see no proof
     * @param ahead the proof that is known already, as it stands in path and body
     */
    record Made(
            URI uri,
            List<Header> headers,
            @Nullable HttpEntity entity,
            @Nullable HttpEntity plain,
            boolean away,
            Proof ahead)
            implements AutoCloseable {
        @Override
        public void close() {
            delete(plain);
        }
    }

    /** Those of an endpoint. @throws StepException when a setting does not fit where it stands */
    HttpRequests(Endpoint endpoint, HttpCall call, HttpConnection connection, Authorizer authorizer, LinkGuard guard)
            throws StepException {
        this.endpoint = endpoint;
        this.call = call;
        this.connection = connection;
        this.authorizer = authorizer;
        this.guard = guard;
        this.redactor = connection.services().secrets().redactor();
        Requester requester = connection.instance().connector().requester();
        CallScope settings = connection.settings();
        try {
            this.targets = new Targets(
                    connection.base(),
                    call.path(),
                    RequestParts.joined(requester.query(), call.query()),
                    RequestParts.paths(endpoint),
                    settings);
            this.ownTarget = new Target("", List.of(), call.query(), Set.of(), settings);
            String accept = Answers.accept(call.response());
            this.headers = new HeaderSet(
                    RequestParts.withAccept(RequestParts.joined(requester.headers(), call.headers()), accept),
                    settings,
                    redactor);
            this.ownHeaders = new HeaderSet(RequestParts.withAccept(call.headers(), accept), settings, redactor);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        this.body = new RequestBody(
                call.content(), call.writing(), connection.services().spill());
        this.key = new RequestKey(call.idempotencyKey(), connection.instance().name(), endpoint.id());
        Script prepare = call.code().request();
        this.prepares = prepare == null
                ? null
                : new RequestScript(
                        prepare,
                        connection.code(),
                        call.code().jsonBody(),
                        connection.services().clock());
    }

    /** What the body says, as the endpoint's schema sees it. */
    JsonNode described(Request request) throws StepException {
        CallScope scope =
                connection.scope(request).withProof(connection.placed(connection.places() ? ahead() : Proof.NONE));
        return body.described(scope, key.on(Turn.PLAIN, scope, request.key()).body());
    }

    /** Makes a request. @throws ExpressionException when a placeholder yields nothing that can be sent */
    Made of(Request request, Turn plain) throws StepException {
        CallScope asked =
                connection.scope(request).onPage(Json.NODES.objectNode().setAll(plain.page()));
        Turn prepared = prepares == null ? plain : prepares.of(plain, call.method(), request, connection.home(), guard);
        Turn turn = key.on(prepared, asked, request.key());
        Proof named = connection.namesServer() ? ahead() : Proof.NONE;
        URI home = named.server() == null ? connection.base() : named.server();
        GivenUrl.Checked given = given(asked, home);
        boolean away = given != null && !given.home() && !endpoint.config().sendCredentials();
        Proof ahead = away ? Proof.NONE : connection.namesServer() ? named : connection.places() ? ahead() : Proof.NONE;
        CallScope scope = away ? asked : asked.withProof(connection.placed(ahead));
        URI uri = turn.url() != null
                ? turn.url()
                : given != null
                        ? ownTarget.onto(given.uri(), scope, turn.query())
                        : targets.below(home).uri(scope, turn.query());
        HttpEntity whole = body.of(scope, turn.body());
        try {
            HttpEntity entity = packed(whole);
            List<Header> sent = (away ? ownHeaders : headers).of(scope);
            SoapEnvelope.addAction(call.content(), sent, scope);
            for (Map.Entry<String, String> header : turn.headers().entrySet()) {
                sent.removeIf(other -> other.getName().equalsIgnoreCase(header.getKey()));
                sent.add(HeaderSet.header(header.getKey(), header.getValue()));
            }
            return new Made(uri, sent, entity, whole, away, ahead);
        } catch (StepException | RuntimeException e) {
            delete(whole);
            throw e;
        }
    }

    private static void delete(@Nullable HttpEntity body) {
        if (body instanceof ContentEntity written) {
            written.delete();
        }
    }

    /** Compressed where the endpoint says so; what does not stand in a file once, so that its length is known. */
    private @Nullable HttpEntity packed(@Nullable HttpEntity plain) throws StepException {
        RequestConfig request = endpoint.config().request();
        if (plain == null || request == null || request.compression() == Compression.NONE) {
            return plain;
        }
        HttpEntity packed = new GzipCompressingEntity(plain);
        return plain instanceof ByteArrayEntity
                ? new ByteArrayEntity(
                        RequestBody.bytes(packed), MediaType.of(plain.getContentType()), packed.getContentEncoding())
                : packed;
    }

    /** A proof that says what stands in path and body, or where requests go: it must be known before there is a request. */
    private Proof ahead() throws StepException {
        return authorizer.proof(new Outgoing(call.method(), connection.base(), List.of(), Outgoing.EMPTY));
    }

    private GivenUrl.@Nullable Checked given(CallScope scope, URI home) throws StepException {
        return call.url() == null
                ? null
                : new GivenUrl(home, connection.hosts(), GivenUrl.OF_AN_ENDPOINT)
                        .checked(call.url().text(scope));
    }

    /** Neither a flow nor code of an author must send a proof of its own beside ours. */
    void refuseGiven(String name, List<Header> given) throws StepException {
        if (!headers.has(name)
                && given.stream().anyMatch(header -> header.getName().equalsIgnoreCase(name))) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_INPUT", "header '" + name + "' cannot be given: the instance's auth sends it");
        }
    }

    /** Headers as they may be shown. */
    Map<String, String> shown(List<Header> sent) {
        return headers.shown(sent, redactor);
    }
}
