package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that depend on the request: the server works them out again from what it got. */
class SignatureTest {

    @TempDir
    Path home;

    private World world;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static byte[] hmac(String algorithm, String key, String text) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plus(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Test
    void signsQueryAndFormWithOAuth1() throws Exception {
        world.shop(
                "{a: {type: oauth1, oauth1: {consumerKey: ck, consumerSecret: '${settings.clientSecret}', token: tk,"
                        + " tokenSecret: '${settings.token}', realm: '${settings.region}', signatureMethod: hmacSha256}}}",
                "",
                """
                order.add:
                  kind: write
                  method: POST
                  path: /orders
                  request: {query: {z: 'a b', a: '1'}, body: {type: form, template: {note: '${payload.note}'}}}
                """,
                "");
        world.serve("/api/orders", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            Map<String, String> all = new TreeMap<>();
            Matcher part = Pattern.compile("(oauth_[a-z_]+)=\"([^\"]*)\"").matcher(header);
            while (part.find()) {
                all.put(part.group(1), part.group(2));
            }
            String signature = plus(all.remove("oauth_signature"));
            all.put("z", "a%20b");
            all.put("a", "1");
            all.put("note", "1%20%2B%20%C3%BC");
            String parameters = all.entrySet().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining("&"));
            String base = "POST&http%3A%2F%2F127.0.0.1%3A" + world.port() + "%2Fapi%2Forders&"
                    + parameters.replace("%", "%25").replace("=", "%3D").replace("&", "%26");
            seen.add(header.substring(0, 17));
            seen.add(body);
            try {
                boolean right = signature.equals(
                        Base64.getEncoder().encodeToString(hmac("HmacSHA256", "client-secret&t0ken-value", base)));
                World.json(exchange, right ? 200 : 401, "{}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        world.answer("connector:shop/order.add", World.payload("{\"note\":\"1 + ü\"}"), attempt, null);

        assertThat(seen).containsExactly("OAuth realm=\"eu\",", "note=1%20%2B%20%C3%BC");
        assertThat(attempt.requests().toString()).contains("Authorization=***").doesNotContain("oauth_");
    }
}
