package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeAccessTest {

    private static final String BODY = "{\"id\": 1 ,\"n\":\"ä\"}\r\n";

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(folder);
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private static byte[] hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder post(String path) {
        return intake.request(path).POST(BodyPublishers.ofString(BODY));
    }

    private void admits(HttpRequest.Builder request) throws Exception {
        int before = intake.starts.started.size();
        assertThat(intake.send(request).statusCode()).isEqualTo(202);
        assertThat(intake.starts.started).hasSize(before + 1);
    }

    private void refuses(HttpRequest.Builder request) throws Exception {
        int before = intake.starts.started.size();
        var response = intake.send(request);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(response.body()).doesNotContain(IntakeFixture.SECRET);
        assertThat(intake.starts.started).hasSize(before);
    }

    @Test
    void verifiesASignatureOverTheRawBody() throws Exception {
        intake.deploy("""
                webhook:
                  path: o
                  verify: { type: hmacSha256, header: X-Sig, encoding: base64, secret: "${secret.S}" }
                """);
        String good = Base64.getEncoder().encodeToString(hmac(IntakeFixture.SECRET, BODY));
        admits(post("/hooks/o").header("x-sig", good));
        assertThat(intake.starts.started.get(0).text()).isEqualTo(BODY);
        refuses(post("/hooks/o"));
        refuses(post("/hooks/o").header("X-Sig", ""));
        refuses(post("/hooks/o").header("X-Sig", good.substring(1)));
        refuses(post("/hooks/o").header("X-Sig", "***"));
        refuses(post("/hooks/o").header("X-Sig", good).header("X-Sig", good));
        refuses(post("/hooks/o").header("X-Sig", Base64.getEncoder().encodeToString(hmac("other", BODY))));
        refuses(intake.request("/hooks/o").header("X-Sig", good).POST(BodyPublishers.ofString(BODY.strip())));
        refuses(intake.request("/hooks/o").header("X-Sig", good).POST(BodyPublishers.noBody()));
    }

    @Test
    void verifiesTheSignatureOfALargeBodyAndOfAForm() throws Exception {
        intake.deploy("""
                webhook:
                  path: o
                  verify: { type: hmacSha256, header: X-Hub-Signature-256, prefix: sha256=, secret: "${secret.S}" }
                """);
        String large = "0123456789".repeat(100_000);
        String good = "sha256=" + HexFormat.of().formatHex(hmac(IntakeFixture.SECRET, large));
        admits(intake.request("/hooks/o").header("X-Hub-Signature-256", good).POST(BodyPublishers.ofString(large)));
        refuses(intake.request("/hooks/o")
                .header("X-Hub-Signature-256", good)
                .POST(BodyPublishers.ofString(large + "x")));
        refuses(intake.request("/hooks/o")
                .header("X-Hub-Signature-256", good.substring(7))
                .POST(BodyPublishers.ofString(large)));
        String form = "a=1&b=%20";
        admits(intake.request("/hooks/o")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + HexFormat.of().withUpperCase().formatHex(hmac(IntakeFixture.SECRET, form)))
                .POST(BodyPublishers.ofString(form)));
        assertThat(folder.resolve("intake")).isEmptyDirectory();
    }

    @Test
    void refusesAnOldDelivery() throws Exception {
        intake.deploy("""
                webhook:
                  path: o
                  verify:
                    type: hmacSha256
                    header: X-Sig
                    payload: timestampDotBody
                    timestampHeader: X-Time
                    tolerance: 5m
                    secret: "${secret.S}"
                """);
        long now = Instant.now().getEpochSecond();
        for (long off : new long[] {0, -240, 240}) {
            String time = String.valueOf(now + off);
            String good = HexFormat.of().formatHex(hmac(IntakeFixture.SECRET, time + "." + BODY));
            admits(post("/hooks/o").header("X-Sig", good).header("X-Time", time));
            refuses(post("/hooks/o").header("X-Sig", good).header("X-Time", String.valueOf(now + off + 1)));
            refuses(post("/hooks/o").header("X-Sig", good));
        }
        for (String time : new String[] {String.valueOf(now - 400), String.valueOf(now + 400), "soon", "-1"}) {
            String signed = HexFormat.of().formatHex(hmac(IntakeFixture.SECRET, time + "." + BODY));
            refuses(post("/hooks/o").header("X-Sig", signed).header("X-Time", time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer it's a secret",
                "bearer it's a secret",
                "it's a secret",
                "Bearer it's a secre",
                "Bearer ",
                ""
            })
    void takesATokenInTheAuthorizationHeader(String given) throws Exception {
        intake.deploy("webhook: { path: o, auth: { type: token, secret: \"${secret.S}\" } }");
        HttpRequest.Builder request = post("/hooks/o").header("Authorization", given);
        if (given.equals("Bearer it's a secret")) {
            admits(request);
        } else {
            refuses(request);
        }
    }

    @Test
    void takesATokenInAnotherHeader() throws Exception {
        intake.deploy("webhook: { path: o, auth: { type: token, header: X-Key, secret: \"${secret.S}\" } }");
        admits(post("/hooks/o").header("x-key", IntakeFixture.SECRET));
        refuses(post("/hooks/o").header("Authorization", "Bearer " + IntakeFixture.SECRET));
        refuses(intake.request("/hooks/o?X-Key=it%27s+a+secret").POST(BodyPublishers.ofString(BODY)));
    }

    @Test
    void takesUserAndPassword() throws Exception {
        intake.deploy("webhook: { path: o, auth: { type: basic, user: shop, password: \"${secret.S}\" } }");
        String good =
                Base64.getEncoder().encodeToString(("shop:" + IntakeFixture.SECRET).getBytes(StandardCharsets.UTF_8));
        admits(post("/hooks/o").header("Authorization", "Basic " + good));
        admits(post("/hooks/o").header("authorization", "basic " + good));
        refuses(post("/hooks/o"));
        refuses(post("/hooks/o").header("Authorization", "Basic " + good.substring(2)));
        refuses(post("/hooks/o").header("Authorization", "Basic ***"));
        refuses(post("/hooks/o")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("shop:".getBytes())));
    }

    @Test
    void refusesEverybodyWhileTheSecretDoesNotExist() throws Exception {
        intake.deploy(
                "webhook: { path: a, auth: { type: token, secret: \"${secret.MISSING}\" } }",
                "webhook: { path: b, auth: { type: basic, user: u, password: \"${secret.MISSING}\" } }",
                "webhook: { path: c, verify: { type: hmacSha256, header: S, secret: \"${secret.MISSING}\" } }");
        refuses(post("/hooks/a").header("Authorization", "Bearer "));
        refuses(post("/hooks/b")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("u:".getBytes())));
        refuses(post("/hooks/c").header("S", ""));
    }
}
