package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The counterpart computes as the specification's examples say: MS-NLMP 4.2.4 and RFC 1320 A.5. */
class NtlmServerTest {

    @Test
    void hashesAsTheExamplesSay() {
        assertThat(hex(NtlmServer.md4(new byte[0]))).isEqualTo("31d6cfe0d16ae931b73c59d7e0c089c0");
        assertThat(hex(NtlmServer.md4("message digest".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("d9130a8164549fe818874806e1c7014b");
        assertThat(hex(NtlmServer.md4("1234567890".repeat(8).getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("e33b4ddc9c38f2199c3e7b164fcc0536");
    }

    @Test
    void provesAsTheExampleSays() {
        byte[] key = NtlmServer.key("User", "Domain", "Password");
        byte[] temp = HexFormat.of()
                .parseHex("01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000"
                        + "02000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000");

        assertThat(hex(key)).isEqualTo("0c868a403bfd7a93a3001ef22ef02e3f");
        assertThat(hex(NtlmServer.proof(key, HexFormat.of().parseHex("0123456789abcdef"), temp)))
                .isEqualTo("68cd0ab851e51c96aabc927bebef6a1c");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
