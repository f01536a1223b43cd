package io.patchbay.connector.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.auth.Outgoing.Field;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingTest {

    private static Outgoing to(String uri) {
        return new Outgoing("GET", URI.create(uri), List.of(new Field("X-A", "1")), Outgoing.EMPTY);
    }

    @Test
    void carriesAProofBesideWhatItHas() {
        Outgoing proved =
                to("https://a.example/x?b=1").with(Proof.header("X-Sign", "s").and(Proof.query("key", "a b&c=ü")));

        assertThat(proved.uri()).hasToString("https://a.example/x?b=1&key=a%20b%26c%3D%C3%BC");
        assertThat(proved.headers()).containsExactly(new Field("X-A", "1"), new Field("X-Sign", "s"));
        assertThat(proved.header("x-sign")).isEqualTo("s");
    }

    @Test
    void readsItsParametersDecoded() {
        assertThat(to("https://a.example/x?a=1+2&b=%C3%BC%2B&c&a=").query())
                .containsExactly(new Field("a", "1 2"), new Field("b", "ü+"), new Field("c", ""), new Field("a", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, a.example",
        "https://a.example:443/x, a.example",
        "https://a.example:80/x, a.example:80",
        "http://a.example:80/x, a.example",
        "http://a.example:8080/x, a.example:8080"
    })
    void namesItsHostAsTheWireDoes(String uri, String host) {
        assertThat(to(uri).host()).isEqualTo(host);
    }

    @Test
    void printsAProofWithoutItsValue() {
        assertThat(Proof.header("X-Sign", "very-secret").toString())
                .contains("X-Sign")
                .doesNotContain("very-secret");
    }
}
