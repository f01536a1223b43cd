package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:20:30Z, 2026-03-01T10:20:30Z",
        "2026-03-01T10:20:30+01:00, 2026-03-01T09:20:30Z",
        "2026-03-01T00:20:30-05:30, 2026-03-01T05:50:30Z",
        "2026-03-01T10:20:30.125Z, 2026-03-01T10:20:30.125Z",
        "2026-03-01T10:20:30+0100, 2026-03-01T09:20:30Z",
        "2026-03-01T10:20:30+01, 2026-03-01T09:20:30Z",
        "2026-03-01T10:20Z, 2026-03-01T10:20:00Z",
        "2026-03-01 10:20:30, 2026-03-01T10:20:30Z",
        "2026-03-01t10:20:30z, 2026-03-01T10:20:30Z",
        "2026-03-01, 2026-03-01T00:00:00Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z"
    })
    void readsTheFormsOfIso8601ThatSystemsWrite(String text, Instant instant) {
        assertThat(Instants.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:20:30Z",
                "2026-13-01T10:20:30Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T10:60:00Z",
                "2026-03-01T10:20:60Z",
                "2026-03-01T10:20:30+19:00",
                "2026-03-01T10:20:30+01:60",
                "2026-03-01T10:20:3xZ",
                "2026/03/01T10:20:30Z",
                "2026-03-01T10.20.30Z",
                "٢٠٢٦-03-01T10:20:30Z"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(Instants.parse(text)).isNull();
    }
}
