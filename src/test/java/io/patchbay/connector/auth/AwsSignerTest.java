package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.auth.Outgoing.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of Amazon's Signature Version 4 test suite, and of the Amazon S3 API Reference. */
class AwsSignerTest {

    private static final String STS =
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwth"
                    + "Ax7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8Y"
                    + "QcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj"
                    + "2ICCR/oLxBA==";

    private static String authorization(AwsSigner.Keys keys, String now, Outgoing request) throws Exception {
        Proof proof = new AwsSigner(keys, Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).proof(request);
        return proof.parts().get(proof.parts().size() - 1).value();
    }

    private static Outgoing request(String method, String uri, String body, Field... headers) {
        return new Outgoing(method, URI.create(uri), List.of(headers), () -> body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, , host;x-amz-date, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, /, , host;x-amz-date, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "GET, /?Param2=value2&Param1=value1, , host;x-amz-date, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        "GET, /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                + "abcdefghijklmnopqrstuvwxyz, , host;x-amz-date, 9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
        "GET, /example/$delete, , host;x-amz-date, a853c9b21b528b19643d00910d35b83a10c366a10833ceefb45edd6c80e40f27",
        "POST, /, " + STS + ", host;x-amz-date;x-amz-security-token,"
                + " 85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
    })
    void signsAsTheTestSuiteDoes(String method, String path, String token, String signed, String signature)
            throws Exception {
        assertThat(authorization(
                        suite(token),
                        "2015-08-30T12:36:00Z",
                        request(method, "https://example.amazonaws.com" + path, "")))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=" + signed + ", Signature=" + signature);
    }

    private static AwsSigner.Keys suite(String token) {
        return new AwsSigner.Keys(
                "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token, "us-east-1", "service", true, false);
    }

    @Test
    void signsHeadersAndBodyAsTheTestSuiteDoes() throws Exception {
        Outgoing form = request(
                "POST",
                "https://example.amazonaws.com/",
                "Param1=value1",
                new Field("Content-Type", "application/x-www-form-urlencoded"));
        Outgoing blanks = request(
                "GET",
                "https://example.amazonaws.com/",
                "",
                new Field("My-Header1", " value1"),
                new Field("My-Header2", "\"a   b   c\""));

        assertThat(authorization(suite(null), "2015-08-30T12:36:00Z", form))
                .endsWith("SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
        assertThat(authorization(suite(null), "2015-08-30T12:36:00Z", blanks))
                .endsWith("Signature=acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
    }

    /** Amazon S3 API Reference, "Signature Calculations for the Authorization Header": GET Object. */
    @Test
    void signsAsTheObjectStoreDocumentsIt() throws Exception {
        AwsSigner.Keys keys = new AwsSigner.Keys(
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                null,
                "us-east-1",
                "s3",
                false,
                true);
        Outgoing request =
                request("GET", "https://examplebucket.s3.amazonaws.com/test.txt", "", new Field("Range", "bytes=0-9"));

        assertThat(authorization(keys, "2013-05-24T00:00:00Z", request))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }
}
