package io.patchbay.sandbox.netsuite;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.patchbay.sandbox.SandboxSystem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** OAuth 2.0 client credentials: an assertion that the key of the uploaded certificate signed, for a token of an hour. */
final class Tokens {

    private static final Duration HOUR = Duration.ofMinutes(60);
    private static final Set<String> ALGORITHMS = Set.of("ES256", "ES384", "ES512");
    private static final Set<String> SCOPES = Set.of("rest_webservices", "restlets", "suite_analytics");

    private final String client;
    private final String certificate;
    private final ECPublicKey key;
    private final String address;
    private final Clock clock;
    private final Map<String, Instant> given = new HashMap<>();

    Tokens(String client, String certificate, ECPublicKey key, String address, Clock clock) {
        this.client = client;
        this.certificate = certificate;
        this.key = key;
        this.address = address;
        this.clock = clock;
    }

    SandboxSystem.Answer answer(SandboxSystem.Call call) {
        Map<String, String> form = form(call);
        boolean plausible = call.method().equals("POST")
                && call.header("content-type").startsWith("application/x-www-form-urlencoded")
                && "client_credentials".equals(form.get("grant_type"))
                && "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"));
        if (!plausible) {
            return SandboxSystem.Answer.json(400, "{\"error\":\"invalid_request\"}");
        }
        if (!proves(form.getOrDefault("client_assertion", ""))) {
            return SandboxSystem.Answer.json(400, "{\"error\":\"invalid_grant\"}");
        }
        String token = "nsu-token-" + (given.size() + 1);
        given.put(token, clock.instant().plus(HOUR));
        return SandboxSystem.Answer.json(
                200, "{\"access_token\":\"" + token + "\",\"expires_in\":\"3600\",\"token_type\":\"bearer\"}");
    }

    private boolean proves(String assertion) {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Instant now = clock.instant();
            List<String> scopes = claims.getClaim("scope") instanceof List<?>
                    ? claims.getStringListClaim("scope")
                    : List.of(claims.getStringClaim("scope").split("[ ,]+"));
            Instant ends = claims.getExpirationTime().toInstant();
            return ALGORITHMS.contains(jwt.getHeader().getAlgorithm().getName())
                    && JOSEObjectType.JWT.equals(jwt.getHeader().getType())
                    && certificate.equals(jwt.getHeader().getKeyID())
                    && jwt.verify(new ECDSAVerifier(key))
                    && client.equals(claims.getIssuer())
                    && claims.getAudience().equals(List.of(address))
                    && SCOPES.containsAll(scopes)
                    && scopes.contains("rest_webservices")
                    && !claims.getIssueTime().toInstant().isAfter(now.plusSeconds(60))
                    && ends.isAfter(now)
                    && ends.isBefore(now.plus(HOUR));
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    boolean takes(String authorization) {
        Instant ends = authorization.startsWith("Bearer ") ? given.get(authorization.substring(7)) : null;
        return ends != null && clock.instant().isBefore(ends);
    }

    private static Map<String, String> form(SandboxSystem.Call call) {
        Map<String, String> form = new HashMap<>();
        for (String one : call.text().split("&")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(one.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
