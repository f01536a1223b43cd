package io.patchbay.ops.tracing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingPropertiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://us:hush-hush@collector/v1/traces",
                "ftp://us:hush-hush@collector",
                "https://us:hush hush@collector",
                "https://us:hush/hush@collector"
            })
    void aPasswordInTheAddressIsRefusedWithoutRepeatingIt(String endpoint) {
        assertThatThrownBy(() ->
                        new TracingProperties(endpoint, 1, Map.of(), 1000, 4096, Duration.ofSeconds(10), List.of()))
                .hasMessageContaining("patchbay.tracing.endpoint is to be an address like")
                .hasMessageNotContaining("hush");
    }
}
