package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.trigger.inbound.CallerDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens to callers of the inbound API, by client credentials (RFC 6749, section 4.4), and hands all other requests on. A
 * GET, which some callers cannot do without, needs them in its header. A
 * slow hash is computed for each try, so few are made at once, and a caller that floods the address is told to wait.
 */
final class TokenProcessor extends AsyncProcessorSupport {

    /** The header with the credentials, under the name that metadata gives it. */
    static final String AUTHORIZATION = "header.Authorization";

    /** The parameter that must not stand in an address (RFC 6749, section 2.3.1). */
    static final String SECRET = "client_secret";

    private static final int AT_ONCE = 2;
    private static final int WAITING = 64;
    private static final String GRANT = "client_credentials";

    private final CallerDesk desk;
    private final AsyncProcessor others;
    private final ThreadPoolExecutor workers;

    TokenProcessor(CallerDesk desk, AsyncProcessor others) {
        this.desk = desk;
        this.others = others;
        this.workers = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "intake-tokens");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    private record Credentials(String id, String secret) {}

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Visit visit = exchange.getProperty(Visit.PROPERTY, Visit.class);
        if (!visit.door().targets().isEmpty()) {
            return others.process(exchange, callback);
        }
        try {
            workers.execute(() -> visit.reply(answer(visit), () -> callback.done(false)));
        } catch (RejectedExecutionException e) {
            visit.reply(
                    Reply.problem(429, "Too Many Requests", "TOO_MANY_REQUESTS", "Too many tokens are asked for.")
                            .with("Retry-After", "5"),
                    () -> callback.done(false));
        }
        return false;
    }

    private Reply answer(Visit visit) {
        if (visit.meta().containsKey("query." + SECRET)) {
            return error(
                    400,
                    "invalid_request",
                    "The secret stands in the address, which gets written down on its way: send it as Authorization: Basic"
                            + " or in the body of a POST, and have a new one made.");
        }
        try {
            JsonNode form = form(visit.body());
            JsonNode grant = form.path("grant_type");
            if (!grant.isMissingNode() && !GRANT.equals(grant.asText())) {
                return error(400, "unsupported_grant_type", "'grant_type' is client_credentials.");
            }
            Credentials given = basic(visit.meta().get(AUTHORIZATION));
            if (given == null) {
                given = new Credentials(
                        form.path("client_id").asText(), form.path(SECRET).asText());
            }
            if (given.id().isEmpty() || given.secret().isEmpty()) {
                return refused("Client id and secret are missing.");
            }
            Optional<CallerDesk.Token> token = desk.issue(given.id(), given.secret());
            return token.map(TokenProcessor::issued)
                    .orElseGet(() -> refused("Client id or secret is wrong, or was revoked."));
        } catch (IOException e) {
            return error(400, "invalid_request", "The body is neither a form nor JSON.");
        } catch (RuntimeException e) {
            System.getLogger(TokenProcessor.class.getName())
                    .log(System.Logger.Level.ERROR, "a token could not be given out", e);
            return Refusals.disk();
        }
    }

    private static JsonNode form(Body body) throws IOException {
        if (body instanceof Body.Tree tree) {
            return tree.tree();
        }
        return body instanceof Body.Bytes bytes ? Json.MAPPER.readTree(bytes.bytes()) : MissingNode.getInstance();
    }

    private static @Nullable Credentials basic(@Nullable String given) {
        if (given == null || !given.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            String text =
                    new String(Base64.getDecoder().decode(given.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : new Credentials(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Reply issued(CallerDesk.Token token) {
        return Reply.json(
                        200,
                        Json.NODES
                                .objectNode()
                                .put("access_token", token.token())
                                .put("token_type", "Bearer")
                                .put("expires_in", token.life().toSeconds()))
                .with("Cache-Control", "no-store");
    }

    private static Reply refused(String why) {
        return error(401, "invalid_client", why)
                .with("WWW-Authenticate", "Basic realm=\"patchbay\", charset=\"UTF-8\"");
    }

    /** RFC 6749, section 5.2. */
    private static Reply error(int status, String code, String why) {
        return Reply.json(status, Json.NODES.objectNode().put("error", code).put("error_description", why))
                .with("Cache-Control", "no-store");
    }

    @Override
    protected void doStop() {
        workers.shutdownNow();
    }
}
