package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Tracked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What was tracked, as a caller searches it. */
@OverHttp
class TrackedHttpTest {

    private static final String ALL = "/api/v1/tracked";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        api.tracked.with("1001");
        api.tracked.with("1002");
    }

    @Test
    void findsWhatHappenedToARecord() throws Exception {
        JsonNode found = api.ok(
                api.get(ALL + "?entity=order&value=1001&prefix=10&flow=f&direction=send&success=true&after=x&limit=7"),
                ALL,
                "get");
        assertThat(found.at("/data/0/value").asText()).isEqualTo("1001");
        assertThat(found.at("/data/0/direction").asText()).isEqualTo("send");
        assertThat(found.at("/data/0/seenAt").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(found.at("/data/0/success").asBoolean()).isTrue();
        assertThat(found.at("/data/0/runStatus").asText()).isEqualTo("partial");
        assertThat(found.at("/data/0/failedAt").asText()).isEqualTo("push");
        assertThat(found.at("/data/0/failedState").asText()).isEqualTo("open");
        assertThat(found.get("next").asText()).isEqualTo("further");
        assertThat(api.tracked.asked)
                .isEqualTo(new Tracked.Query("order", "1001", "10", "f", Direction.SEND, true, "x", 7));
    }

    @Test
    void refusesWhatCannotBeAsked() throws Exception {
        problem(api.get(ALL + "?direction=up"), 400, "direction 'up' is not known; there are receive, send.");
        problem(api.get(ALL + "?after=nonsense"), 400, "'after' is the 'next' of the page before, found 'nonsense'.");
        problem(api.get(ALL + "?limit=501"), 400, "limit must be 1 to 500");
    }
}
