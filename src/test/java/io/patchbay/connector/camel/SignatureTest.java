package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import io.patchbay.store.SettableClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
    private final SettableClock clock = new SettableClock();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void noteQueryAndHeader(String path, String header) {
        world.serve(path, exchange -> {
            seen.add(exchange.getRequestURI().getRawQuery());
            seen.add(exchange.getRequestHeaders().getFirst(header));
            World.json(exchange, 200, "{}");
        });
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
    void followsNoRedirectOfASignedRequest() throws Exception {
        world.shop(
                "{a: {type: hmacSignature, hmac: {key: '${settings.clientSecret}', parts: [path], into: {name: X-Sign}}}}",
                "",
                "items.get: {kind: read, method: GET, path: /items}\n",
                "");
        world.serve("/api/items", exchange -> {
            exchange.getResponseHeaders().set("Location", "/api/elsewhere");
            World.json(exchange, 302, "");
        });
        world.serve("/api/elsewhere", exchange -> {
            seen.add("elsewhere");
            World.json(exchange, 200, "{}");
        });

        StepException why = (StepException) world.call("connector:shop/items.get", World.payload("{}"), attempt, null)
                .getException();

        assertThat(why.getMessage()).contains("a redirect of a signed request is not followed");
        assertThat(seen).isEmpty();
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

    /** The recipe of a shop system, with its vector: secret, path, sorted query, body, secret. */
    @Test
    void signsAsAShopSystemWantsIt() throws Exception {
        clock.forward(Duration.between(clock.instant(), Instant.ofEpochSecond(1793613600)));
        world.write("connectors/tok/connector.yaml", """
                connector: tok
                version: 1.0.0
                settings: {properties: {port: {type: integer}, appKey: {}, cipher: {}}, secrets: [appSecret, accessToken]}
                auth:
                  app:
                    type: hmacSignature
                    hmac:
                      key: ${settings.appSecret}
                      digest: sha256
                      encoding: hex
                      timestamp: {into: query, name: timestamp}
                      parts:
                        - ${settings.appSecret}
                        - path
                        - {sortedQuery: {without: [sign, access_token]}}
                        - body
                        - ${settings.appSecret}
                      into: {into: query, name: sign}
                requester:
                  baseUrl: http://127.0.0.1:${settings.port}
                  allowedHosts: [127.0.0.1]
                  headers: {x-tts-access-token: '${settings.accessToken}'}
                  query: {app_key: '${settings.appKey}', shop_cipher: '${settings.cipher}'}
                endpoints:
                  orders.list:
                    kind: read
                    method: POST
                    path: /order/202309/orders/search
                    request:
                      query: {page_size: 50, sort_field: update_time, sort_order: ASC}
                      body: {template: {update_time_ge: 1793527200}}
                """);
        world.write("connectors/tok/instances/tok.yaml", """
                instance: tok
                connector: tok
                settings: {port: %d, appKey: abc123example, cipher: SHOPCIPHER1, appSecret: '${secret.APP}', accessToken: '${secret.TOK}'}
                """.formatted(world.port()));
        world.secret("APP", "s3cr3t-example");
        world.secret("TOK", "access-1");
        world.reload();
        noteQueryAndHeader("/order", "X-tts-access-token");

        world.answer("connector:tok/orders.list", World.payload("{}"), attempt, null);

        assertThat(seen)
                .containsExactly(
                        "app_key=abc123example&shop_cipher=SHOPCIPHER1&page_size=50&sort_field=update_time&sort_order=ASC"
                                + "&timestamp=1793613600&sign=f1bd410fecf6381b8c1ead6a1b312ca9a9462cf90dad828c6cf973d1c4556453",
                        "access-1");
        assertThat(attempt.requests().toString())
                .contains("timestamp=***&sign=***")
                .doesNotContain("f1bd410f")
                .doesNotContain("access-1");
    }

    private static final String SEND = """
            order.add: {kind: write, method: POST, path: /orders, request: {query: {b: 'x y', a: 1}}}
            """;

    private String signed(String hmac, String header) throws Exception {
        world.shop("{a: {type: hmacSignature, hmac: %s}}".formatted(hmac), "", SEND, "");
        world.serve("/api/orders", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(header)));
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Nonce")));
            World.json(exchange, 200, "{}");
        });
        world.answer("connector:shop/order.add", World.payload("{\"n\":\"ü\"}"), attempt, null);
        assertThat(attempt.requests().toString()).contains(header + "=***").doesNotContain(seen.get(0));
        return seen.get(0);
    }

    private static String hex(String algorithm, String key, String text) throws Exception {
        return HexFormat.of().formatHex(hmac(algorithm, key, text));
    }

    @Test
    void signsTimeAndBodyIntoOneHeader() throws Exception {
        String header = signed(
                "{key: '${settings.token}', parts: [timestamp, body], separator: '.', into: {name: X-Signature,"
                        + " format: 't=${timestamp},v1=${signature}'}}",
                "X-Signature");

        assertThat(header).isEqualTo("t=1772359200,v1=" + hex("HmacSHA256", "t0ken-value", "1772359200.{\"n\":\"ü\"}"));
    }

    @Test
    void signsEveryPartThatARecipeCanName() throws Exception {
        String header = signed(
                "{key: '${settings.token}', digest: sha512, encoding: base64, separator: \"\\n\","
                        + " timestamp: {name: X-Time, format: iso8601}, nonce: {name: X-Nonce},"
                        + " parts: [method, host, path, query, sortedQuery, {sortedQuery: {pair: '=', separator: '&', encoded: true}},"
                        + " url, timestamp, nonce, {header: content-type}, {header: X-Time}, {bodyHash: {digest: sha1}}, {text: body},"
                        + " 'r ${settings.region}'], into: {name: X-Sign}}",
                "X-Sign");

        String host = "127.0.0.1:" + world.port();
        String text = String.join(
                "\n",
                "POST",
                host,
                "/api/orders",
                "b=x%20y&a=1",
                "a1bx y",
                "a=1&b=x%20y",
                "http://" + host + "/api/orders?b=x%20y&a=1",
                "2026-03-01T10:00:00Z",
                seen.get(1),
                "application/json",
                "2026-03-01T10:00:00Z",
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1")
                                .digest("{\"n\":\"ü\"}".getBytes(StandardCharsets.UTF_8))),
                "body",
                "r eu");
        assertThat(seen.get(1)).hasSize(32);
        assertThat(header).isEqualTo(Base64.getEncoder().encodeToString(hmac("HmacSHA512", "t0ken-value", text)));
    }

    @Test
    void signsWithAKeyThatIsWrittenInBase64() throws Exception {
        world.secret("TOKEN", Base64.getEncoder().encodeToString("raw".getBytes(StandardCharsets.UTF_8)));

        String header = signed(
                "{key: '${settings.token}', keyEncoding: base64, encoding: hexUpper, parts: [body], into: {name: X-Sign}}",
                "X-Sign");

        assertThat(header).isEqualTo(hex("HmacSHA256", "raw", "{\"n\":\"ü\"}").toUpperCase(Locale.ROOT));
    }

    @Test
    void saysThatAKeyIsNotWrittenAsTheRecipeSays() throws Exception {
        world.shop(
                "{a: {type: hmacSignature, hmac: {key: '${settings.token}', keyEncoding: hex, parts: [body], into: {name: X-S}}}}",
                "",
                SEND,
                "");

        StepException why = (StepException) world.call("connector:shop/order.add", World.payload("{}"), attempt, null)
                .getException();

        assertThat(why.code()).isEqualTo("BAD_KEY");
        assertThat(why.getMessage()).contains("is not hexadecimal").doesNotContain("t0ken");
    }

    @Test
    void signsOnTopOfAnotherMethod() throws Exception {
        world.shop(
                "{a: {type: apiKey, inject: {into: query, name: key, format: '${settings.clientId}'},"
                        + " hmac: {key: '${settings.token}', parts: [query], into: {name: X-Sign}}}}",
                "",
                SEND,
                "");
        noteQueryAndHeader("/api/orders", "X-Sign");

        world.answer("connector:shop/order.add", World.payload("{}"), attempt, null);

        assertThat(seen)
                .containsExactly(
                        "b=x%20y&a=1&key=client-id", hex("HmacSHA256", "t0ken-value", "b=x%20y&a=1&key=client-id"));
    }

    @Test
    void signsEachPageAnew() throws Exception {
        world.shop(
                "{a: {type: hmacSignature, hmac: {key: '${settings.token}', timestamp: {into: query, name: ts}, parts: [query],"
                        + " into: {into: query, name: sign}}}}",
                "",
                """
                order.list:
                  kind: read
                  method: GET
                  path: /list
                  paginator: {type: nextUrl, cursorPath: '$.next'}
                """,
                "");
        world.serve("/api/list", exchange -> {
            String query = exchange.getRequestURI().getRawQuery();
            seen.add(query.replaceAll("sign=[0-9a-f]{64}$", "sign=S"));
            String next = query.contains("page=2")
                    ? "null"
                    : "\"http://127.0.0.1:" + world.port() + "/api/list?page=2&" + query + "\"";
            World.json(exchange, 200, "{\"next\":" + next + ",\"items\":[{}]}");
        });

        world.pull("connector:shop/order.list", attempt, null);

        assertThat(seen).containsExactly("ts=1772359200&sign=S", "page=2&ts=1772359200&sign=S");
    }

    @Test
    void signsForAmazon() throws Exception {
        world.shop(
                "{a: {type: awsSigv4, aws: {accessKeyId: AKID, secretAccessKey: '${settings.token}', region: eu-central-1,"
                        + " service: execute-api}}}",
                "",
                SEND,
                "");
        world.serve("/api/orders", exchange -> {
            for (String name : List.of("Authorization", "X-Amz-Date", "Content-Type")) {
                seen.add(exchange.getRequestHeaders().getFirst(name));
            }
            World.json(exchange, 200, "{}");
        });

        world.answer("connector:shop/order.add", World.payload("{}"), attempt, null);

        String signed = "accept;content-type;host;x-amz-date";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("{}".getBytes(StandardCharsets.UTF_8)));
        String canonical = "POST\n/api/orders\na=1&b=x%20y\naccept:application/json\ncontent-type:application/json\n"
                + "host:127.0.0.1:" + world.port() + "\nx-amz-date:20260301T100000Z\n\n" + signed + "\n" + hash;
        String toSign = "AWS4-HMAC-SHA256\n20260301T100000Z\n20260301/eu-central-1/execute-api/aws4_request\n"
                + HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = "AWS4t0ken-value".getBytes(StandardCharsets.UTF_8);
        for (String part : List.of("20260301", "eu-central-1", "execute-api", "aws4_request", toSign)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(seen)
                .containsExactly(
                        "AWS4-HMAC-SHA256 Credential=AKID/20260301/eu-central-1/execute-api/aws4_request, SignedHeaders="
                                + signed + ", Signature=" + HexFormat.of().formatHex(key),
                        "20260301T100000Z",
                        "application/json");
        assertThat(attempt.requests().toString()).contains("Authorization=***").doesNotContain("AKID");
    }

    @Test
    void sendsADigestOfThePasswordInItsOwnHeader() throws Exception {
        world.shop("{a: {type: wsse, username: ada, password: '${settings.token}'}}", "", SEND, "");
        world.serve("/api/orders", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            seen.add(exchange.getRequestHeaders().getFirst("X-WSSE"));
            World.json(exchange, 200, "{}");
        });

        world.answer("connector:shop/order.add", World.payload("{}"), attempt, null);

        Matcher header = Pattern.compile(
                        "UsernameToken Username=\"ada\", PasswordDigest=\"([^\"]+)\", Nonce=\"([^\"]+)\","
                                + " Created=\"(2026-03-01T10:00:00Z)\"")
                .matcher(seen.get(1));
        assertThat(header.matches()).isTrue();
        String nonce = new String(Base64.getDecoder().decode(header.group(2)), StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((nonce + header.group(3) + "t0ken-value").getBytes(StandardCharsets.UTF_8));
        assertThat(header.group(1)).isEqualTo(Base64.getEncoder().encodeToString(digest));
        assertThat(seen.get(0)).isEqualTo("WSSE profile=\"UsernameToken\"");
        assertThat(attempt.requests().toString()).contains("X-WSSE=***").doesNotContain(header.group(1));
    }
}
