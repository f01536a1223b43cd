package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.auth.Outgoing.Field;
import io.patchbay.connector.definition.OAuth1Config.SignatureMethod;
import io.patchbay.store.SettableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuth1Test {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static Outgoing request(String method, String uri, String form) {
        return new Outgoing(
                method,
                URI.create(uri),
                form == null ? List.of() : List.of(new Field("Content-Type", FORM)),
                () -> form == null ? new byte[0] : form.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Field> fields(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return fields;
    }

    private static OAuth1 signer(String secret, String tokenSecret, SignatureMethod method) {
        return new OAuth1(
                new OAuth1.Keys("ck", secret, "tk", tokenSecret, "A \"1\"", method), new SettableClock(), () -> "n1");
    }

    private static String sign(String secret, String tokenSecret, String base) {
        return signer(secret, tokenSecret, SignatureMethod.HMAC_SHA1).signature(base);
    }

    /** RFC 5849, section 3.4.1.1. */
    @Test
    void joinsWhatTheRfcJoins() throws Exception {
        Outgoing request =
                request("POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q");
        List<Field> protocol = fields(
                "oauth_consumer_key",
                "9djdj82h48djs9d2",
                "oauth_token",
                "kkk9d7dh3k39sjv7",
                "oauth_signature_method",
                "HMAC-SHA1",
                "oauth_timestamp",
                "137131201",
                "oauth_nonce",
                "7d8f3e4a");

        String base = OAuth1.baseString(request, protocol);

        assertThat(base)
                .isEqualTo("POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D"
                        + "%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a"
                        + "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3"
                        + "k39sjv7");
        // section 3.1 prints another signature, which erratum 2550 corrects
        assertThat(sign("j49sk3j29djd", "dh893hdasih9", base)).isEqualTo("r6/TJjbCOr97/+UU0NsvSne7s5g=");
    }

    /** RFC 5849, section 1.2: the token request and the request for a photo. */
    @ParameterizedTest
    @CsvSource({
        "POST, https://photos.example.net/token, hh5s93j4hdidpola, 137131201, walatlh, oauth_verifier,"
                + " hfdp7dh39dks9884, hdhd0244k9j7ao03, gKgrFCywp7rO0OXSjdot/IHF7IU=",
        "GET, http://photos.example.net/photos?file=vacation.jpg&size=original, nnch734d00sl2jdk, 137131202, chapoH, , ,"
                + " pfkkdhi9sl3r4s00, MdpQcU8iPSUjWoN/UDMsK2sui9I="
    })
    void signsAsTheRfcDoes(
            String method,
            String uri,
            String token,
            String timestamp,
            String nonce,
            String more,
            String moreValue,
            String tokenSecret,
            String signature)
            throws Exception {
        List<Field> protocol = fields(
                "oauth_consumer_key",
                "dpf43f3p2l4k3l03",
                "oauth_token",
                token,
                "oauth_signature_method",
                "HMAC-SHA1",
                "oauth_timestamp",
                timestamp,
                "oauth_nonce",
                nonce);
        if (more != null) {
            protocol.add(new Field(more, moreValue));
        }

        String base = OAuth1.baseString(request(method, uri, null), protocol);

        assertThat(sign("kd94hf93k423kf44", tokenSecret, base)).isEqualTo(signature);
    }

    /** docs.x.com, "Creating a signature", as it was when the host was api.twitter.com. */
    @Test
    void signsAsAVendorDocumentsIt() throws Exception {
        Outgoing request = request(
                "POST",
                "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
                "status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21");
        List<Field> protocol = fields(
                "oauth_consumer_key",
                "xvz1evFS4wEEPTGEFPHBog",
                "oauth_nonce",
                "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
                "oauth_signature_method",
                "HMAC-SHA1",
                "oauth_timestamp",
                "1318622958",
                "oauth_token",
                "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                "oauth_version",
                "1.0");

        String base = OAuth1.baseString(request, protocol);

        assertThat(sign(
                        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
                        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
                        base))
                .isEqualTo("hCtSmYh+iHYCEqBWrE7C7hYmtUk=");
    }

    @Test
    void writesAHeaderWithARealmThatIsNotSigned() throws Exception {
        Outgoing request = request("GET", "https://a.example/x", null);
        OAuth1 signer = signer("s", "t", SignatureMethod.HMAC_SHA256);

        String header = signer.proof(request).parts().get(0).value();

        String base = OAuth1.baseString(
                request,
                fields(
                        "oauth_consumer_key",
                        "ck",
                        "oauth_nonce",
                        "n1",
                        "oauth_signature_method",
                        "HMAC-SHA256",
                        "oauth_timestamp",
                        "1772359200",
                        "oauth_token",
                        "tk",
                        "oauth_version",
                        "1.0"));
        assertThat(header)
                .startsWith("OAuth realm=\"A \\\"1\\\"\", oauth_consumer_key=\"ck\", oauth_nonce=\"n1\","
                        + " oauth_signature_method=\"HMAC-SHA256\", oauth_timestamp=\"1772359200\", oauth_token=\"tk\","
                        + " oauth_version=\"1.0\", oauth_signature=\"")
                .endsWith(signer.signature(base)
                                .replace("=", "%3D")
                                .replace("/", "%2F")
                                .replace("+", "%2B") + "\"");
    }
}
