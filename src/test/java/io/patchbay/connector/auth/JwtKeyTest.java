package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.auth.JwtSigner.JwtKey;
import io.patchbay.connector.definition.JwtConfig.Algorithm;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7515, appendix A.1 to A.3. */
class JwtKeyTest {

    private JsonNode rfc;

    @BeforeEach
    void read() throws Exception {
        try (InputStream file = JwtKeyTest.class.getResourceAsStream("rfc7515.json")) {
            rfc = Json.MAPPER.readTree(file);
        }
    }

    private byte[] bytes(String algorithm, String name) {
        return Base64.getUrlDecoder().decode(rfc.path(algorithm).path(name).textValue());
    }

    private BigInteger number(String algorithm, String name) {
        return new BigInteger(1, bytes(algorithm, name));
    }

    private byte[] input(String algorithm) {
        String text = rfc.path(algorithm).path("header").textValue() + "."
                + rfc.path("payload").textValue();
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private PrivateKey rsa() throws Exception {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        number("rs256", "n"),
                        number("rs256", "e"),
                        number("rs256", "d"),
                        number("rs256", "p"),
                        number("rs256", "q"),
                        number("rs256", "dp"),
                        number("rs256", "dq"),
                        number("rs256", "qi")));
    }

    private static ECParameterSpec p256() throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private PrivateKey ec() throws Exception {
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number("es256", "d"), p256()));
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static String signature(JwtKey key, byte[] input) throws Exception {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(input));
    }

    @Test
    void signsWithASharedSecretAsTheRfcDoes() throws Exception {
        JwtKey key = JwtKey.shared(bytes("hs256", "k"));

        assertThat(signature(key, input("hs256")))
                .isEqualTo(rfc.path("hs256").path("signature").textValue());
    }

    /** A key goes through files, environment variables and JSON before it comes here. */
    @ParameterizedTest
    @CsvSource({"PRIVATE KEY, false", "PRIVATE KEY, true", "RSA PRIVATE KEY, false"})
    void signsWithAnRsaKeyAsTheRfcDoes(String label, boolean escaped) throws Exception {
        byte[] pkcs8 = rsa().getEncoded();
        // RFC 5208: what stands before a PKCS #1 key of 2048 bits
        byte[] der = label.startsWith("RSA") ? Arrays.copyOfRange(pkcs8, 26, pkcs8.length) : pkcs8;
        String pem = pem(label, der);

        JwtKey key = new JwtKey(
                Algorithm.RS256, Pem.privateKey(escaped ? pem.replace("\n", "\\n") : pem.replace("\n", " "), "key"));

        assertThat(signature(key, input("rs256")))
                .isEqualTo(rfc.path("rs256").path("signature").textValue());
    }

    @ParameterizedTest
    @CsvSource({"PRIVATE KEY", "EC PRIVATE KEY"})
    void signsWithACurveSoThatTheRfcsKeyVerifiesIt(String label) throws Exception {
        byte[] pkcs8 = ec().getEncoded();
        byte[] der = label.startsWith("EC") ? Arrays.copyOfRange(pkcs8, 28, pkcs8.length) : pkcs8;
        JwtKey key = new JwtKey(Algorithm.ES256, Pem.privateKey(pem(label, der), "key"));

        byte[] signature = key.sign(input("es256"));

        assertThat(verifies(signature)).isTrue();
        assertThat(verifies(bytes("es256", "signature"))).isTrue();
        assertThat(signature).hasSize(64);
    }

    private boolean verifies(byte[] signature) throws Exception {
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(number("es256", "x"), number("es256", "y")), p256()));
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(key);
        verifier.update(input("es256"));
        return verifier.verify(signature);
    }

    /** RFC 7518 sections 3.3 to 3.5, checked by Java's own verifier. */
    @ParameterizedTest
    @CsvSource({
        "RS384, RSA, SHA384withRSA, 256",
        "RS512, RSA, SHA512withRSA, 256",
        "PS256, RSA, SHA-256, 256",
        "PS384, RSA, SHA-384, 256",
        "PS512, RSA, SHA-512, 256",
        "ES384, secp384r1, SHA384withECDSAinP1363Format, 96",
        "ES512, secp521r1, SHA512withECDSAinP1363Format, 132"
    })
    void signsSoThatJavaVerifiesIt(Algorithm algorithm, String kind, String by, int bytes) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("RSA") ? "RSA" : "EC");
        if (kind.equals("RSA")) {
            generator.initialize(2048);
        } else {
            generator.initialize(new ECGenParameterSpec(kind));
        }
        KeyPair pair = generator.generateKeyPair();
        JwtKey key = new JwtKey(
                algorithm, Pem.privateKey(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), "key"));
        byte[] signed = key.sign(input("es256"));

        Signature verifier = Signature.getInstance(by.contains("with") ? by : "RSASSA-PSS");
        if (!by.contains("with")) {
            int salt = Integer.parseInt(by.substring(4)) / 8;
            verifier.setParameter(new PSSParameterSpec(by, "MGF1", new MGF1ParameterSpec(by), salt, 1));
        }
        verifier.initVerify(pair.getPublic());
        verifier.update(input("es256"));

        assertThat(verifier.verify(signed)).isTrue();
        assertThat(signed).hasSize(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "abc-secret, is not in PEM form",
        "-----BEGIN PRIVATE KEY----- !!! -----END PRIVATE KEY-----, is not base 64",
        "-----BEGIN PRIVATE KEY----- AAAA -----END PRIVATE KEY-----, is neither an RSA key nor one of an elliptic curve",
        "-----BEGIN ENCRYPTED PRIVATE KEY----- AAAA -----END ENCRYPTED PRIVATE KEY-----, is encrypted",
        "-----BEGIN PUBLIC KEY----- AAAA -----END PUBLIC KEY-----, holds no private key"
    })
    void saysWhatIsWrongWithAKeyButNotTheKey(String text, String what) {
        assertThatThrownBy(() -> Pem.privateKey(text, "the key"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.code()).isEqualTo("BAD_KEY"))
                .hasMessageContaining("the key")
                .hasMessageContaining(what)
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("abc-secret");
    }
}
