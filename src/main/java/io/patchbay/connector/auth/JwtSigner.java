package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.JwtRecipe;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.definition.JwtConfig.Algorithm;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes signed tokens (RFC 7519) in compact form (RFC 7515 section 7.1). By Java's own signatures: the one JOSE library on the
 * class path comes and goes with the console, and a signed token is two texts and a signature.
 */
final class JwtSigner {

    private final JwtRecipe recipe;
    private final String owner;
    private final CallScope scope;
    private final Clock clock;
    private final Redactor redactor;
    private final JwtKey key;

    /** A token and when it is good. */
    record Made(String token, Instant issued, Instant ends) {
        @Override
        public String toString() {
            return "token until " + ends;
        }
    }

    JwtSigner(JwtRecipe recipe, Surroundings surroundings) throws StepException {
        this.recipe = recipe;
        this.owner = surroundings.owner();
        this.scope = surroundings.scope();
        this.clock = surroundings.clock();
        this.redactor = surroundings.redactor();
        this.key = JwtKey.of(recipe, scope);
    }

    /** A token with its own claims, and these where it says nothing else. */
    Made make(Map<String, String> otherwise) throws StepException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant ends = now.plus(recipe.config().lifetime());
        ObjectNode header = Json.NODES.objectNode();
        header.put("alg", recipe.config().alg().name().toUpperCase(Locale.ROOT));
        header.put("typ", "JWT");
        if (recipe.kid() != null) {
            header.put("kid", recipe.kid().text(scope));
        }
        for (Parameter more : recipe.header()) {
            header.put(more.name(), more.text(scope));
        }
        ObjectNode claims = Json.NODES.objectNode();
        otherwise.forEach(claims::put);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", ends.getEpochSecond());
        if (recipe.claims() != null) {
            claims.setAll((ObjectNode) recipe.claims().value(scope));
        }
        String input = encoded(header) + "." + encoded(claims);
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(Hashes.utf8(input)));
        String token = input + "." + signature;
        redactor.learn("jwt:" + owner, token);
        return new Made(token, now, ends);
    }

    private static String encoded(JsonNode json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hashes.utf8(json.toString()));
    }

    /**
     * What tokens are signed with.
     *
     * @param key the shared secret or the private key
     */
    record JwtKey(Algorithm algorithm, Key key) {

        static JwtKey of(JwtRecipe recipe, CallScope scope) throws StepException {
            Algorithm algorithm = recipe.config().alg();
            String text = recipe.key().text(scope);
            if (algorithm == Algorithm.HS256) {
                return shared(HmacSigner.key(recipe.config().keyEncoding(), text));
            }
            PrivateKey key = Pem.privateKey(text, "the key of the signed token");
            String wanted = algorithm == Algorithm.RS256 ? "RSA" : "EC";
            if (!key.getAlgorithm().equals(wanted)) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key of the signed token is of kind " + key.getAlgorithm() + ", and "
                                + algorithm.name().toLowerCase(Locale.ROOT) + " signs with one of kind " + wanted);
            }
            if (key instanceof ECKey curve && !p256().equals(curve.getParams().getCurve())) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key of the signed token is of another curve than P-256, with which es256 signs");
            }
            return new JwtKey(algorithm, key);
        }

        /** RFC 7518 section 3.4. */
        private static EllipticCurve p256() {
            try {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec("secp256r1"));
                return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("P-256 is part of every Java", e);
            }
        }

        static JwtKey shared(byte[] secret) {
            return new JwtKey(
                    Algorithm.HS256, new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
        }

        /** RFC 7518 sections 3.2 to 3.4. */
        byte[] sign(byte[] input) throws StepException {
            if (algorithm == Algorithm.HS256) {
                return Hashes.hmac("HmacSHA256", key.getEncoded(), input);
            }
            try {
                Signature signature = Signature.getInstance(
                        algorithm == Algorithm.RS256 ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
                signature.initSign((PrivateKey) key);
                signature.update(input);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new StepException(Owner.AUTHOR, "BAD_KEY", "the key of the signed token cannot sign", e);
            }
        }

        @Override
        public String toString() {
            return algorithm + " key";
        }
    }
}
