package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures by the examples that their authors published. */
class IntakeSignatureTest {

    /** From the documentation of the Standard Webhooks libraries. */
    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String WEBHOOK_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long WEBHOOK_TIME = 1_614_265_330L;
    private static final String WEBHOOK_BODY = "{\"test\": 2432232314}";
    private static final String WEBHOOK_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final long HUBSPOT_TIME = 1_780_000_000_123L;
    private static final String HUBSPOT_SIGNATURE = "r+dmiqpp14vnXSy48N9lg47+VfcKIU7ISbOOkdlgPIo=";
    private static final String WRONG = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

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

    private int status(HttpRequest.Builder request) throws Exception {
        int before = intake.starts.started.size();
        var answer = intake.send(request);
        boolean admitted = answer.statusCode() == 202;
        assertThat(intake.starts.started).hasSize(admitted ? before + 1 : before);
        return answer.statusCode();
    }

    private HttpRequest.Builder post(byte[] body) {
        return intake.request("/hooks/o").POST(BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder standard(String id, long time, String signatures) {
        return post(WEBHOOK_BODY)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(time))
                .header("webhook-signature", signatures);
    }

    @Test
    void takesGitHubsExampleOfASignature() throws Exception {
        intake.secrets.put("GH", "It's a Secret to Everybody");
        intake.deploy("""
                webhook:
                  path: o
                  verify: { type: hmacSha256, header: X-Hub-Signature-256, prefix: "sha256=", secret: "${secret.GH}" }
                """);
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assertThat(status(post("Hello, World!").header("X-Hub-Signature-256", signature)))
                .isEqualTo(202);
        assertThat(status(post("Hello, World?").header("X-Hub-Signature-256", signature)))
                .isEqualTo(401);
    }

    /** Method, address, body and time, as HubSpot signs (version 3); the signature was made with OpenSSL. */
    @Test
    void takesASignatureOverMethodAddressBodyAndTime() throws Exception {
        intake.secrets.put("HS", "yourAppSecret");
        intake.clock.set(Instant.ofEpochMilli(HUBSPOT_TIME));
        intake.deploy("""
                webhook:
                  path: o
                  methods: [POST, GET]
                  verify:
                    type: hmacSha256
                    header: X-HubSpot-Signature-v3
                    encoding: base64
                    payload: [method, url, body, timestamp]
                    timestampHeader: X-HubSpot-Request-Timestamp
                    secret: "${secret.HS}"
                """);
        String body = "[{\"eventId\":100,\"objectId\":512}]";

        assertThat(status(hubSpot(post(body), HUBSPOT_TIME))).isEqualTo(202);
        assertThat(status(hubSpot(post(body + " "), HUBSPOT_TIME))).isEqualTo(401);
        assertThat(status(hubSpot(post(body), HUBSPOT_TIME + 1))).isEqualTo(401);
        assertThat(status(hubSpot(intake.request("/hooks/o?a=b").POST(BodyPublishers.ofString(body)), HUBSPOT_TIME)))
                .isEqualTo(401);
        intake.clock.set(Instant.ofEpochMilli(HUBSPOT_TIME).plusSeconds(301));
        assertThat(status(hubSpot(post(body), HUBSPOT_TIME))).isEqualTo(401);
    }

    private static HttpRequest.Builder hubSpot(HttpRequest.Builder request, long time) {
        return request.header("X-HubSpot-Request-Timestamp", String.valueOf(time))
                .header("X-HubSpot-Signature-v3", HUBSPOT_SIGNATURE);
    }

    /** RFC 2202, section 3, case 2. */
    @Test
    void takesTheExampleOfAnHmacWithSha1() throws Exception {
        intake.secrets.put("S", "Jefe");
        intake.deploy("webhook: { path: o, verify: { type: hmacSha1, header: X-Sig, secret: \"${secret.S}\" } }");
        String signature = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
        assertThat(status(post("what do ya want for nothing?").header("X-Sig", signature)))
                .isEqualTo(202);
        assertThat(status(post("what do ya want for nothing!").header("X-Sig", signature)))
                .isEqualTo(401);
    }

    /** RFC 8032, section 7.1, test 3. */
    @Test
    void takesTheExampleOfAnEd25519Signature() throws Exception {
        intake.deploy("""
                webhook:
                  path: o
                  verify:
                    type: ed25519
                    header: X-Sig
                    publicKey: fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025
                """);
        String signature = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";
        byte[] body = {(byte) 0xaf, (byte) 0x82};
        assertThat(status(post(body).header("X-Sig", signature))).isEqualTo(202);
        assertThat(status(post(new byte[] {(byte) 0xaf, (byte) 0x83}).header("X-Sig", signature)))
                .isEqualTo(401);
        assertThat(status(post(body).header("X-Sig", signature.substring(2)))).isEqualTo(401);
        assertThat(status(post(body).header("X-Sig", "00".repeat(64)))).isEqualTo(401);
        assertThat(status(post(body))).isEqualTo(401);
    }

    @Test
    void verifiesAKeyPairsSignatureOverTimeAndALargeBody() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        intake.secrets.put(
                "KEY", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        intake.deploy("""
                webhook:
                  path: o
                  verify:
                    type: ed25519
                    header: X-Sig
                    encoding: base64
                    payload: timestampBody
                    timestampHeader: X-Time
                    publicKey: "${secret.KEY}"
                """);
        String time = String.valueOf(Instant.now().getEpochSecond());
        String body = "0123456789".repeat(50_000);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update((time + body).getBytes(StandardCharsets.UTF_8));
        String signature = Base64.getEncoder().encodeToString(signer.sign());
        assertThat(status(post(body).header("X-Sig", signature).header("X-Time", time)))
                .isEqualTo(202);
        assertThat(status(post(body + "x").header("X-Sig", signature).header("X-Time", time)))
                .isEqualTo(401);
        assertThat(status(post(body).header("X-Sig", signature).header("X-Time", "1" + time)))
                .isEqualTo(401);
    }

    @Test
    void takesTheExampleOfStandardWebhooks() throws Exception {
        standardWebhooks();
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE)))
                .isEqualTo(202);
    }

    private void standardWebhooks() {
        intake.secrets.put("S", WEBHOOK_SECRET);
        intake.clock.set(Instant.ofEpochSecond(WEBHOOK_TIME + 10));
        intake.deploy("webhook: { path: o, verify: { type: standardWebhooks, secret: \"${secret.S}\" } }");
    }

    @Test
    void takesOneOfSeveralSignaturesWhileASenderChangesItsKey() throws Exception {
        standardWebhooks();
        String several = WRONG + " v1a,bm90IGEga2V5 v2,abc " + WEBHOOK_SIGNATURE;
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, several))).isEqualTo(202);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WRONG + " " + WRONG)))
                .isEqualTo(401);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE.replace("v1,", "v2,"))))
                .isEqualTo(401);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, (WRONG + " ").repeat(20) + WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
    }

    @Test
    void takesTheOldAndTheNewKeyWhileTheSecretIsChanged() throws Exception {
        standardWebhooks();
        String fresh =
                "whsec_" + Base64.getEncoder().encodeToString("a new key of ours".getBytes(StandardCharsets.UTF_8));
        intake.secrets.put("S", WEBHOOK_SECRET + " " + fresh);
        intake.deploy("webhook: { path: o, verify: { type: standardWebhooks, secret: \"${secret.S}\" } }");
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE)))
                .isEqualTo(202);
        assertThat(status(standard("msg_2", WEBHOOK_TIME, signed("a new key of ours", "msg_2"))))
                .isEqualTo(202);
        assertThat(status(standard("msg_3", WEBHOOK_TIME, signed("another key", "msg_3"))))
                .isEqualTo(401);
    }

    private static String signed(String key, String id) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((id + "." + WEBHOOK_TIME + "." + WEBHOOK_BODY).getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
    }

    @Test
    void refusesStandardWebhooksThatAreTamperedWithLateOrIncomplete() throws Exception {
        standardWebhooks();
        assertThat(status(standard("msg_other", WEBHOOK_TIME, WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME + 1, WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE)
                        .header("webhook-signature", WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE).header("webhook-id", "x")))
                .isEqualTo(401);
        assertThat(status(post(WEBHOOK_BODY))).isEqualTo(401);
        intake.clock.set(Instant.ofEpochSecond(WEBHOOK_TIME + 301));
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
        intake.clock.set(Instant.ofEpochSecond(WEBHOOK_TIME - 301));
        assertThat(status(standard(WEBHOOK_ID, WEBHOOK_TIME, WEBHOOK_SIGNATURE)))
                .isEqualTo(401);
    }

    @Test
    void takesAKeyThatIsTheTextOfTheSecretAndHeadersOfAnotherName() throws Exception {
        intake.secrets.put("S", "client secret");
        intake.clock.set(Instant.ofEpochSecond(WEBHOOK_TIME));
        intake.deploy("""
                webhook:
                  path: o
                  verify: { type: standardWebhooks, headers: svix-, key: text, secret: "${secret.S}" }
                """);
        assertThat(status(post(WEBHOOK_BODY)
                        .header("svix-id", "msg_1")
                        .header("svix-timestamp", String.valueOf(WEBHOOK_TIME))
                        .header("svix-signature", signed("client secret", "msg_1"))))
                .isEqualTo(202);
        assertThat(status(standard("msg_2", WEBHOOK_TIME, signed("client secret", "msg_2"))))
                .isEqualTo(401);
    }

    @Test
    void takesATimeOfSendingInMilliseconds() throws Exception {
        intake.deploy("""
                webhook:
                  path: o
                  verify:
                    type: hmacSha256
                    header: X-Sig
                    payload: timestampDotBody
                    timestampHeader: X-Time
                    secret: "${secret.S}"
                """);
        String time = String.valueOf(Instant.now().toEpochMilli());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(IntakeFixture.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal((time + ".x").getBytes(StandardCharsets.UTF_8)));
        assertThat(status(post("x").header("X-Sig", signature).header("X-Time", time)))
                .isEqualTo(202);
    }
}
