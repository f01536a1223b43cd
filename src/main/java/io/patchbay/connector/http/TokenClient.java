package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.auth.Authorizer;
import io.patchbay.connector.auth.Authorizers;
import io.patchbay.connector.auth.Sessions;
import io.patchbay.connector.auth.Surroundings;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/** Gets tokens for an instance whose system is no HTTP server. */
public final class TokenClient implements AutoCloseable {

    private static final URI NO_BASE = URI.create("https://localhost");

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
                config, config.timeout(), new GuardedDns(hosts), new HttpClients.Identity(NO_BASE, null, null), true);
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

    /** Gives the tokens. */
    public Authorizer authorizer() {
        return authorizer;
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
