package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Hosts;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "https://a.example/api/a/../b?p=../2, https://a.example/api/b?p=../2",
        "https://a.example/api/./b, https://a.example/api/b",
        "https://a.example/api/..b/c.., https://a.example/api/..b/c.."
    })
    void takesThePlainStepsOfAPath(String link, String sent) throws Exception {
        assertThat(new NextLinks(URI.create("https://a.example"), new Hosts(List.of("a.example"), true), Set.of())
                        .checked(URI.create(link)))
                .hasToString(sent);
        assertThat(new GivenUrl(URI.create("https://a.example"), new Hosts(List.of("a.example"), true), "it")
                        .checked(link)
                        .uri())
                .hasToString(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/../b", "/api/%2e%2e/admin", "/api/%252E%252E/admin", "/api/..%2fadmin", "/api/..%5Cadmin"})
    void refusesStepsThatLeadUpwards(String path) {
        URI link = URI.create("https://a.example" + path);
        Hosts hosts = new Hosts(List.of("a.example"), true);

        assertThatThrownBy(() -> new NextLinks(URI.create("https://a.example"), hosts, Set.of()).checked(link))
                .hasMessageContaining("leads upwards");
        assertThatThrownBy(() -> new GivenUrl(URI.create("https://a.example"), hosts, "it").checked(link.toString()))
                .hasMessageContaining("it leads upwards");
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
