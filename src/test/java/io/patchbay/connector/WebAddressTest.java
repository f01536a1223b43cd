package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "https://a.example/Київ?c=München; https://a.example/%D0%9A%D0%B8%D1%97%D0%B2?c=M%C3%BCnchen",
                "/x?c=20|foo^{\"`\\<>} b; /x?c=20%7Cfoo%5E%7B%22%60%5C%3C%3E%7D%20b",
                "?c=%d0%9a&d=\uD83D\uDE00; ?c=%d0%9a&d=%F0%9F%98%80",
                "http://[::1]:8080/a[0]?b[]=1; http://[::1]:8080/a%5B0%5D?b[]=1",
                "/x?c=100%&d=%2; /x?c=100%25&d=%252",
                "  /x  ; /x"
            })
    void encodesWhatNoUriMayHoldAndLeavesTheRest(String text, String sent) throws Exception {
        assertThat(WebAddress.parsed(text)).hasToString(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nHost: b", "/a\nb", "/a\tb", "/a\u0000b", "/a\u007fb", "/a\u0085b", "/a\ud83d"})
    void refusesLineBreaksControlsAndHalfOfACharacter(String text) {
        assertThatThrownBy(() -> WebAddress.parsed(text)).isInstanceOf(URISyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localh\u00f6st/x",
                "http://127.0.0.1\u3002localhost/x",
                "http://\u2460\u2461\u2466.0.0.1/x",
                "http://a b/x",
                "http://a.example|b/x",
                "http://a.example%/x"
            })
    void repairsNoHost(String text) throws Exception {
        assertThat(WebAddress.parsed(text).getHost()).isNull();
    }

    @Test
    void sendsTheOctetsOfAHeaderBackAsTheyCame() throws Exception {
        assertThat(WebAddress.ofHeader("/M\u00c3\u00bcnchen?c=\u00d0\u009a"))
                .isEqualTo(URI.create("/M%C3%BCnchen?c=%D0%9A"));
        assertThat(WebAddress.ofHeader("/M\u00fcnchen")).isEqualTo(URI.create("/M%FCnchen"));
    }
}
