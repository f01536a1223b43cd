package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that checks digests, counts and nonces. */
class DigestCallTest {

    @TempDir
    Path home;

    private World world;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile String nonce = "n-1";
    private volatile String password = "t0ken-value";
    private volatile String stale = ", stale=true";

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.shop(
                "{a: {type: digest, username: 'ada', password: '${settings.token}'}}",
                "errorHandler: {rules: [{match: {status: [401]}, action: fail, message: 'no access'}]}",
                "order.add: {kind: write, method: POST, path: /orders, request: {query: {q: 'a b'}}}\n",
                "");
        world.serve("/api/orders", this::serve);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            seen.add("none " + body);
            challenge(exchange, "");
            return;
        }
        String count = part(header, "nc=(\\w+)");
        seen.add(count + " " + body);
        if (!part(header, "[^c]nonce=\"([^\"]*)").equals(nonce)) {
            challenge(exchange, stale);
            return;
        }
        String expected = md5(md5("ada:shop:" + password) + ":" + nonce + ":" + count + ":"
                + part(header, "cnonce=\"([^\"]*)") + ":auth:" + md5("POST:/api/orders?q=a%20b"));
        boolean right = part(header, "response=\"([^\"]*)").equals(expected);
        if (right) {
            World.json(exchange, 200, "{}");
        } else {
            challenge(exchange, ", stale=false");
        }
    }

    private void challenge(HttpExchange exchange, String more) throws IOException {
        exchange.getResponseHeaders()
                .set("WWW-Authenticate", "Digest realm=\"shop\", nonce=\"" + nonce + "\", qop=\"auth\"" + more);
        World.json(exchange, 401, "{}");
    }

    private static String part(String header, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange call() throws Exception {
        return world.call("connector:shop/order.add", World.payload("{\"n\":1}"), attempt, null);
    }

    @Test
    void answersTheChallengeAndCountsFurtherUses() throws Exception {
        assertThat(call().getException()).isNull();
        assertThat(call().getException()).isNull();

        assertThat(seen).containsExactly("none {\"n\":1}", "00000001 {\"n\":1}", "00000002 {\"n\":1}");
        assertThat(attempt.requests().toString()).contains("Authorization=***").doesNotContain("cnonce");
    }

    @Test
    void beginsAnewWhenTheNonceIsTooOld() throws Exception {
        call();
        nonce = "n-2";

        assertThat(call().getException()).isNull();

        assertThat(seen).endsWith("00000002 {\"n\":1}", "00000001 {\"n\":1}");
    }

    @Test
    void triesAWrongPasswordOnce() throws Exception {
        password = "other";

        StepException why = (StepException) call().getException();

        assertThat(why.code()).isEqualTo("HTTP_401");
        assertThat(why.getMessage()).startsWith("no access");
        assertThat(seen).hasSize(2);
    }
}
