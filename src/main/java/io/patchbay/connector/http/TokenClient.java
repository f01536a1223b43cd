package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.auth.Authorizer;
import io.patchbay.connector.auth.Authorizers;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.auth.Outgoing;
import io.patchbay.connector.auth.Proof;
import io.patchbay.connector.auth.Sessions;
import io.patchbay.connector.auth.Surroundings;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Gets tokens for an instance whose system is no HTTP server. */
public final class TokenClient implements AutoCloseable {

    private static final String BEARER = "Bearer ";
    private static final URI NO_BASE = URI.create("https://localhost");
    private static final Outgoing NO_REQUEST = new Outgoing("GET", NO_BASE, List.of(), Outgoing.EMPTY);

    private final ConnectorServices services;
    private final CloseableHttpClient client;
    private final Authorizer authorizer;

    /**
     * A client; nothing goes over the network yet.
     *
     * @param settings of the instance, secrets among them
     * @param hosts that may be asked
     * @param secured whether the system itself is reached by TLS; then tokens are asked for by TLS, too
     * @throws StepException when a setting does not fit
     */
    public TokenClient(Instance instance, CallScope settings, Hosts hosts, boolean secured, ConnectorServices services)
            throws StepException {
        RequesterConfig config = instance.connector().requester().config();
        this.services = services;
        this.client = HttpClients.of(
                config,
                config.timeout(),
                new GuardedDns(hosts),
                services.outbound(),
                new HttpClients.Identity(NO_BASE, null, null, HttpClients.place(services.standIn(), instance.name())),
                true);
        this.authorizer = Authorizers.of(
                instance.auth(),
                new Surroundings(
                        instance.name(),
                        settings,
                        new TokenCalls(instance, hosts, secured, config.timeout(), services, this::send),
                        Sessions.NONE,
                        services.clock(),
                        services.secrets().redactor(),
                        services.connecting(),
                        services.scripts(),
                        Json.NODES.objectNode()));
    }

    /**
     * A token. It prints without it.
     *
     * @param text the token itself
     * @param proof what it is known by here
     */
    public record Token(String text, Proof proof) {
        @Override
        public String toString() {
            return "token";
        }
    }

    /** A token that is good now; may ask for one and wait for it. */
    public Token token() throws StepException {
        Proof proof = authorizer.proof(NO_REQUEST);
        String value = proof.parts().get(0).value();
        if (!value.startsWith(BEARER)) {
            throw new IllegalStateException("a token that goes elsewhere than RFC 6750 says");
        }
        return new Token(value.substring(BEARER.length()), proof);
    }

    /** Told that the system did not take a token. @return whether another one can be had, so that one more try is worth while */
    public boolean refused(Token token) {
        return authorizer.refused(token.proof(), name -> List.of());
    }

    /** Told that the system took a token. */
    public void accepted(Token token) {
        authorizer.accepted(token.proof());
    }

    /** What a person may do when tokens are refused, as part of a sentence; null when it depends on the settings alone. */
    public @Nullable String remedy() {
        return authorizer.remedy();
    }

    /** How a person lets the instance in; null when no person is needed. */
    public @Nullable Consent consent() {
        return authorizer.consent();
    }

    /** Whether tokens were refused, and none is asked for now. */
    public boolean paused() {
        return authorizer.paused();
    }

    private Reply send(WireCall call) throws IOException {
        try (Watch watch = call.watched(services.timer())) {
            try {
                client.execute(HttpHost.create(call.uri()), call.request(), answer -> {
                    call.answered(answer);
                    return answer;
                });
            } catch (IOException e) {
                throw watch.over() ? new BoundedStream.TooSlow() : e;
            }
        }
        Reply reply = call.reply();
        if (reply == null) {
            throw new IllegalStateException("no answer was read");
        }
        return reply;
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
