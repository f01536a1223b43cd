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
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

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

        /** RFC 7518 sections 3.3 and 3.5. */
        private static final int LEAST_RSA = 2048;

        static JwtKey of(JwtRecipe recipe, CallScope scope) throws StepException {
            Algorithm algorithm = recipe.config().alg();
            String text = recipe.key().text(scope);
            if (algorithm == Algorithm.HS256) {
                return shared(HmacSigner.key(recipe.config().keyEncoding(), text));
            }
            PrivateKey key = Pem.privateKey(text, "the key of the signed token");
            String curve = curve(algorithm);
            String wanted = curve == null ? "RSA" : "EC";
            if (!key.getAlgorithm().equals(wanted)) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key of the signed token is of kind " + key.getAlgorithm() + ", and "
                                + algorithm.name().toLowerCase(Locale.ROOT) + " signs with one of kind " + wanted);
            }
            if (curve != null
                    && key instanceof ECKey of
                    && !known(curve).equals(of.getParams().getCurve())) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key of the signed token is of another curve than " + "P-" + curve.substring(4, 7)
                                + ", with which " + algorithm.name().toLowerCase(Locale.ROOT) + " signs");
            }
            if (key instanceof RSAKey of && of.getModulus().bitLength() < LEAST_RSA) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_KEY",
                        "the key of the signed token has " + of.getModulus().bitLength() + " bits, and "
                                + algorithm.name().toLowerCase(Locale.ROOT) + " signs with at least " + LEAST_RSA);
            }
            return new JwtKey(algorithm, key);
        }

        /** The curve of an algorithm, RFC 7518 section 3.4; null for those of RSA. */
        private static @Nullable String curve(Algorithm algorithm) {
            return switch (algorithm) {
                case ES256 -> "secp256r1";
                case ES384 -> "secp384r1";
                case ES512 -> "secp521r1";
                default -> null;
            };
        }

        private static EllipticCurve known(String curve) {
            try {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec(curve));
                return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(curve + " is part of every Java", e);
            }
        }

        static JwtKey shared(byte[] secret) {
            return new JwtKey(
                    Algorithm.HS256, new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
        }

        /** RFC 7518 sections 3.2 to 3.5. */
        byte[] sign(byte[] input) throws StepException {
            if (algorithm == Algorithm.HS256) {
                return Hashes.hmac("HmacSHA256", key.getEncoded(), input);
            }
            try {
                Signature signature = signature();
                signature.initSign((PrivateKey) key);
                signature.update(input);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new StepException(Owner.AUTHOR, "BAD_KEY", "the key of the signed token cannot sign", e);
            }
        }

        private Signature signature() throws GeneralSecurityException {
            String bits = algorithm.name().substring(2);
            if (algorithm.name().startsWith("PS")) {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String hash = "SHA-" + bits;
                // the salt is as long as the hash, and MGF1 uses the same hash
                pss.setParameter(new PSSParameterSpec(
                        hash,
                        "MGF1",
                        new MGF1ParameterSpec(hash),
                        Integer.parseInt(bits) / Byte.SIZE,
                        PSSParameterSpec.TRAILER_FIELD_BC));
                return pss;
            }
            return Signature.getInstance(
                    "SHA" + bits + (curve(algorithm) == null ? "withRSA" : "withECDSAinP1363Format"));
        }

        @Override
        public String toString() {
            return algorithm + " key";
        }
    }
}
