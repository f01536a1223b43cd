package io.patchbay.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.outbound.OutboundProperties.ProxyProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPropertiesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.com:3128",
                "https://proxy.example.com",
                "http://proxy.example.com:99999",
                "http://ada:s3cret@proxy.example.com:3128",
                "http://proxy.example.com/path"
            })
    void anAddressThatIsNoneIsRefusedWithoutShowingIt(String address) {
        assertThatThrownBy(() -> new ProxyProperties(address, null, null, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patchbay.http.proxy.address must be like http://proxy.example.com:3128")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aHostThatIsNoneIsToldByItsSetting() {
        assertThatThrownBy(() -> new ProxyProperties(null, null, null, List.of("https://x")))
                .hasMessageContaining("patchbay.http.proxy.no-proxy: 'https://x' is no host");
    }

    @Test
    void itsTextHasNoPassword() {
        OutboundProperties settings = new OutboundProperties(
                new ProxyProperties("http://proxy.example.com:3128", "ada", "s3cret", List.of()), null);

        assertThat(settings.toString()).contains("ada").doesNotContain("s3cret");
    }

    @Test
    void aProxyThatWasGivenToJavaAloneIsToldAsNotUsed() {
        for (String name : List.of("https.proxyHost", "http.proxyHost")) {
            Map<String, String> system = Map.of(name, "proxy.example.com");
            assertThat(OutboundProperties.NONE.unheeded(system::get)).contains(name, "patchbay.http.proxy.address");
            assertThat(new OutboundProperties(
                                    new ProxyProperties("http://proxy.example.com:3128", null, null, List.of()), null)
                            .unheeded(system::get))
                    .isNull();
            assertThat(OutboundProperties.NONE.unheeded(Map.of(name, " ")::get)).isNull();
        }
        assertThat(OutboundProperties.NONE.unheeded(Map.<String, String>of()::get))
                .isNull();
    }

    @Test
    void aFileWithoutCertificatesIsToldByItsSetting() throws Exception {
        Files.writeString(folder.resolve("ca.pem"), "nothing");

        assertThatThrownBy(() -> Outbound.of(new OutboundProperties(OutboundProperties.NONE.proxy(), "ca.pem"), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patchbay.http.ca: ")
                .hasMessageContaining("ca.pem");
        assertThatThrownBy(() -> Outbound.of(new OutboundProperties(OutboundProperties.NONE.proxy(), "no.pem"), folder))
                .hasMessageContaining("no.pem cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, true",
        "SHOP.example.com., true",
        "example.com, false",
        "erp.intern, true",
        "x.erp.intern, false",
        "badexample.com, false",
        "localhost, true",
        "127.0.0.1, true",
        "::1, true",
        "127.0.0.1.example.net, false"
    })
    void hostsOfTheListAndThisMachineAreCalledStraight(String host, boolean straight) {
        assertThat(new HostList(List.of("*.example.com", "Erp.intern")).covers(host))
                .isEqualTo(straight);
    }
}
