package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Hosts;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLinksTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example:443/x?p=2, https://a.example/x?p=2",
        "https://a.example:443, https://a.example",
        "https://a.example/x:443, https://a.example/x:443"
    })
    void takesThePortThatIsTheSchemesOwnOffAsTheSignatureDoes(String link, String sent) throws Exception {
        NextLinks links =
                new NextLinks(URI.create("https://a.example"), new Hosts(List.of("a.example"), true), Set.of());

        assertThat(links.checked(URI.create(link))).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example:80/x, http://a.example/x",
        "http://[::1]:80/x, http://[::1]/x",
        "http://a.example:443/x, http://a.example:443/x",
        "https://a.example:8443/x, https://a.example:8443/x"
    })
    void keepsAnyOtherPort(String uri, String plain) {
        assertThat(Target.withoutUsualPort(URI.create(uri))).hasToString(plain);
    }
}
