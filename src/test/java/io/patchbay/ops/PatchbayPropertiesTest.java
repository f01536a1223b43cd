package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PatchbayPropertiesTest {

    @Test
    void standsInTheWorkingFolderWithoutATokenUnlessTold() {
        assertThat(bound(Map.of())).isEqualTo(new PatchbayProperties(".", null, null, null));
    }

    @Test
    void readsHomeTokenKeyAndAddress() {
        assertThat(bound(Map.of(
                        "patchbay.home",
                        "/srv",
                        "patchbay.admin-token",
                        "t",
                        "patchbay.key",
                        "k",
                        "patchbay.public-url",
                        "https://p.example.com/x")))
                .isEqualTo(new PatchbayProperties("/srv", "t", "k", "https://p.example.com/x"));
    }

    @Test
    void keepsTokenAndKeyOutOfItsText() {
        assertThat(new PatchbayProperties(".", "very-secret", "more-secret", null).toString())
                .doesNotContain("very-secret", "more-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchbay.example.com", "ftp://p", "https://p?x", "https://user@p", "https://p/\"", " "})
    void refusesAPublicAddressThatIsNone(String address) {
        assertThatThrownBy(() -> new PatchbayProperties(".", null, null, address))
                .hasMessage("patchbay.public-url '" + address
                        + "' is no address of a program, like https://patchbay.example.com");
    }

    private static PatchbayProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("patchbay", PatchbayProperties.class);
    }
}
