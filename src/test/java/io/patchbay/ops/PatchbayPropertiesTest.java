package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PatchbayPropertiesTest {

    @Test
    void standsInTheWorkingFolderWithoutATokenUnlessTold() {
        assertThat(bound(Map.of())).isEqualTo(new PatchbayProperties(".", null, null));
    }

    @Test
    void readsHomeTokenAndKey() {
        assertThat(bound(Map.of("patchbay.home", "/srv", "patchbay.admin-token", "t", "patchbay.key", "k")))
                .isEqualTo(new PatchbayProperties("/srv", "t", "k"));
    }

    @Test
    void keepsTokenAndKeyOutOfItsText() {
        assertThat(new PatchbayProperties(".", "very-secret", "more-secret").toString())
                .doesNotContain("very-secret", "more-secret");
    }

    private static PatchbayProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("patchbay", PatchbayProperties.class);
    }
}
