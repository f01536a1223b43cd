package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    /** Secret of the examples of RFC 4226 and RFC 6238. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59,94287082",
        "1111111109,07081804",
        "1111111111,14050471",
        "1234567890,89005924",
        "2000000000,69279037",
        "20000000000,65353130"
    })
    void showsTheCodesOfRfc6238(long seconds, String code) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(seconds)), 8))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0,755224", "1,287082", "2,359152", "3,969429", "9,520489"})
    void showsTheCodesOfRfc4226(long step, String code) {
        assertThat(Totp.code(SECRET, step, 6)).isEqualTo(code);
    }

    @Test
    void takesACodeOnceAndOneStepTooEarlyOrTooLate() {
        Instant now = Instant.ofEpochSecond(1_000_000_020);
        long step = Totp.step(now);

        assertThat(Totp.match(SECRET, Totp.code(SECRET, step, 6), now, 0)).hasValue(step);
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step - 1, 6), now, 0)).hasValue(step - 1);
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step + 1, 6), now, 0)).hasValue(step + 1);
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step - 2, 6), now, 0)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step + 2, 6), now, 0)).isEmpty();
        assertThat(Totp.match(SECRET, Totp.code(SECRET, step, 6), now, step)).isEmpty();
        assertThat(Totp.match(SECRET, "", now, 0)).isEmpty();
    }

    /** Examples of RFC 4648, section 10, without padding. */
    @ParameterizedTest
    @CsvSource({"f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void writesSecretsInBase32(String text, String base32) {
        assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
    }
}
