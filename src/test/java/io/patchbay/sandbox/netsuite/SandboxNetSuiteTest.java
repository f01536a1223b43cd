package io.patchbay.sandbox.netsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.patchbay.payload.Json;
import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxNetSuiteTest {

    private static final String HOST = "https://1234567.suitetalk.api.netsuite.com/services/rest/";
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final KeyPair pair = pair();
    private final SandboxNetSuite erp = new SandboxNetSuite(
            "1234567", "client", "cert-1", (ECPublicKey) pair.getPublic(), Clock.fixed(NOW, ZoneOffset.UTC));

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() throws Exception {
        erp.close();
    }

    @Test
    void givesATokenForAnAssertionOfTheCertificateAlone() throws Exception {
        assertThat(token(pair, "cert-1", 600).status()).isEqualTo(200);
        assertThat(token(pair(), "cert-1", 600).status()).as("another key").isEqualTo(400);
        assertThat(token(pair, "cert-2", 600).status())
                .as("another certificate")
                .isEqualTo(400);
        assertThat(token(pair, "cert-1", 3_700).status())
                .as("good for too long")
                .isEqualTo(400);
        assertThat(call("POST", "query/v1/suiteql", "{\"q\": \"SELECT 1\"}", "none")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void answersSuiteQlWithTextsAndWithoutWhatIsNull() throws Exception {
        String id = erp.item("TOTE-01");

        JsonNode page = json(call(
                "POST",
                "query/v1/suiteql?limit=10",
                "{\"q\": \"SELECT id, itemid, upccode FROM item WHERE itemid IN ('TOTE-01','X') AND lastmodifieddate >="
                        + " TO_TIMESTAMP('2026-11-30 00:00:00', 'YYYY-MM-DD HH24:MI:SS') ORDER BY id\"}",
                bearer()));

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.at("/items/0/id").textValue()).isEqualTo(id);
        assertThat(page.at("/items/0").has("upccode")).isFalse();
        assertThat(page.path("hasMore").booleanValue()).isFalse();
    }

    @Test
    void refusesAQueryThatIsNoneAndSaysWhy() throws Exception {
        Answer answer = call("POST", "query/v1/suiteql", "{\"q\": \"SELECT nothing FROM item\"}", bearer());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).at("/o:errorDetails/0/detail").textValue()).contains("Invalid search query");
        assertThat(call("POST", "query/v1/suiteql", "{\"q\": \"DELETE FROM item\"}", bearer())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void takesAnOrderOnceAndOnlyWithWhatThereIs() throws Exception {
        String item = erp.item("TOTE-01");
        Answer customer = call(
                "POST",
                "record/v1/customer",
                "{\"isPerson\": true, \"lastName\": \"Marsh\", \"subsidiary\": {\"id\": \"1\"}}",
                bearer());
        String location = customer.headers().get("Location");
        String order = """
            {"externalId": "WEB-1", "entity": {"id": "%s"}, "currency": {"id": "2"}, "shippingCost": 4.95,
             "item": {"items": [{"item": {"id": "%s"}, "quantity": 2, "rate": 10.0, "price": {"id": "-1"}}]}}\
            """.formatted(location.substring(location.lastIndexOf('/') + 1), item);

        assertThat(customer.status()).isEqualTo(204);
        assertThat(call("POST", "record/v1/salesOrder", order, bearer()).status())
                .isEqualTo(204);
        assertThat(erp.orders().get(0).path("total").decimalValue()).isEqualByComparingTo("24.95");
        assertThat(call("POST", "record/v1/salesOrder", order, bearer()).status())
                .as("the external id is there")
                .isEqualTo(400);
        Answer other = call(
                "POST",
                "record/v1/salesOrder",
                order.replace("WEB-1", "WEB-2").replace("\"id\": \"2\"", "\"id\": \"99\""),
                bearer());
        assertThat(json(other).at("/o:errorDetails/0/detail").textValue())
                .isEqualTo("Invalid Field Value 99 for the following field: currency");
        assertThat(json(call("GET", "record/v1/salesOrder/eid:WEB-1?expandSubResources=true", "", bearer()))
                        .at("/item/items/0/item/refName")
                        .textValue())
                .isEqualTo("TOTE-01");
        assertThat(call("GET", "record/v1/salesOrder/eid:WEB-9", "", bearer()).status())
                .isEqualTo(404);
    }

    private String bearer() throws Exception {
        return "Bearer " + json(token(pair, "cert-1", 600)).path("access_token").textValue();
    }

    private Answer token(KeyPair key, String certificate, int seconds) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(certificate)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer("client")
                        .audience(HOST + "auth/oauth2/v1/token")
                        .claim("scope", List.of("rest_webservices"))
                        .issueTime(Date.from(NOW))
                        .expirationTime(Date.from(NOW.plusSeconds(seconds)))
                        .build());
        jwt.sign(new ECDSASigner((ECPrivateKey) key.getPrivate()));
        String form = "grant_type=client_credentials&client_assertion_type="
                + URLEncoder.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
                + "&client_assertion=" + jwt.serialize();
        return erp.answer(new Call(
                "POST",
                URI.create(HOST + "auth/oauth2/v1/token"),
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                form.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer call(String method, String path, String body, String authorization) {
        return erp.answer(new Call(
                method,
                URI.create(HOST + path),
                Map.of("authorization", List.of(authorization), "prefer", List.of("transient")),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode json(Answer answer) throws Exception {
        return Json.MAPPER.readTree(answer.body());
    }
}
