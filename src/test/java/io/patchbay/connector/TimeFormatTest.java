package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In London clocks go back on 2026-10-25 at 01:00Z from 02:00 to 01:00, and forward on 2026-03-29 at 01:00Z from 01:00 to 02:00. */
class TimeFormatTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final TimeFormat LOCAL = new TimeFormat("yyyy-MM-dd HH:mm:ss", LONDON);

    private static JsonNode text(String text) {
        return Json.NODES.textNode(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25 00:59:59, 2026-10-24T23:59:59Z, 2026-10-24T23:59:59Z",
        "2026-10-25 01:00:00, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
        "2026-10-25 01:10:00, 2026-10-25T00:10:00Z, 2026-10-25T01:10:00Z",
        "2026-10-25 02:00:00, 2026-10-25T02:00:00Z, 2026-10-25T02:00:00Z",
        "2026-03-29 00:59:59, 2026-03-29T00:59:59Z, 2026-03-29T00:59:59Z",
        "2026-03-29 01:30:00, 2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
        "2026-03-29 02:00:00, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z"
    })
    void readsALocalTimeAsTheEarliestAndTheLatestThatItMayBe(String local, Instant earliest, Instant latest) {
        assertThat(LOCAL.read(text(local))).isEqualTo(earliest);
        assertThat(LOCAL.latest(text(local))).isEqualTo(latest);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-24T23:59:00Z, 2026-10-25 00:59:00, 2026-10-25 00:59:00",
        "2026-10-25T00:50:00Z, 2026-10-25 00:59:59, 2026-10-25 01:50:00",
        "2026-10-25T01:00:00Z, 2026-10-25 01:00:00, 2026-10-25 02:00:00",
        "2026-10-25T01:10:00Z, 2026-10-25 01:10:00, 2026-10-25 02:00:00",
        "2026-10-25T02:00:00Z, 2026-10-25 02:00:00, 2026-10-25 02:00:00",
        "2026-03-29T00:59:00Z, 2026-03-29 00:59:00, 2026-03-29 00:59:00",
        "2026-03-29T01:00:00Z, 2026-03-29 02:00:00, 2026-03-29 02:00:00"
    })
    void widensBoundsWithinTheDoubledHour(Instant time, String lower, String upper) {
        assertThat(LOCAL.lower(time).asText()).isEqualTo(lower);
        assertThat(LOCAL.upper(time).asText()).isEqualTo(upper);
    }

    @Test
    void leavesAloneWhatIsWrittenWithItsOffset() {
        Instant time = Instant.parse("2026-10-25T00:50:00Z");
        TimeFormat iso = new TimeFormat("iso8601", LONDON);
        TimeFormat own = new TimeFormat("yyyy-MM-dd HH:mmXXX", LONDON);

        assertThat(iso.lower(time).asText()).isEqualTo("2026-10-25T01:50:00+01:00");
        assertThat(own.lower(time).asText()).isEqualTo("2026-10-25 01:50+01:00");
        assertThat(own.latest(text("2026-10-25 01:50+01:00"))).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"2026-10-24T22:00:00Z", "2026-03-28T22:00:00Z"})
    void coversEachTimeByTheWindowThatHoldsIt(Instant begin) {
        for (int minutes = 10; minutes <= 90; minutes += 20) {
            Duration step = Duration.ofMinutes(minutes);
            for (Instant from = begin; from.isBefore(begin.plusSeconds(6 * 3600)); from = from.plus(step)) {
                String lower = LOCAL.lower(from).asText();
                String upper = LOCAL.upper(from.plus(step)).asText();
                assertThat(lower).isLessThan(upper);
                for (Instant at = from; at.isBefore(from.plus(step)); at = at.plusSeconds(60)) {
                    assertThat(LOCAL.write(at).asText())
                            .isGreaterThanOrEqualTo(lower)
                            .isLessThan(upper);
                }
            }
        }
    }
}
