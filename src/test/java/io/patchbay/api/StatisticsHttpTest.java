package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What runs add up to, over time. */
@OverHttp
class StatisticsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void addsUpByHourFromTheBeginningOfAnHourToTheEndOfOne() throws Exception {
        api.counts.sums.put("orders-to-erp", FakeCounts.TWO);
        api.counts.sums.put("stock-to-shop", FakeCounts.TWO);

        JsonNode found = statistics("flow=orders-to-erp&from=2026-11-24T10:20:00Z&to=2026-11-24T12:01:00Z");

        assertThat(found.at("/from").asText()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(found.at("/to").asText()).isEqualTo("2026-11-24T13:00:00Z");
        assertThat(found.at("/step").asText()).isEqualTo("hour");
        assertThat(found.at("/steps")).hasSize(3);
        assertThat(found.at("/steps/2/at").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(found.at("/steps/0/counts/runs").asInt()).isEqualTo(2);
        assertThat(found.at("/total/counts/failed").asInt()).isEqualTo(3);
        assertThat(found.at("/total/meanMs").asInt()).isEqualTo(550);
        assertThat(found.at("/total/p95Ms").asInt()).isBetween(80, 120);
        assertThat(found.at("/total/longestMs").asInt()).isEqualTo(1_000);
    }

    @Test
    void addsUpAllFlowsByDay() throws Exception {
        api.counts.sums.put("orders-to-erp", FakeCounts.TWO);
        api.counts.sums.put("stock-to-shop", FakeCounts.TWO);

        JsonNode found = statistics("step=day");

        assertThat(found.at("/steps")).hasSize(30);
        assertThat(found.at("/to").asText()).endsWith("T00:00:00Z");
        assertThat(found.at("/steps/0/counts/runs").asInt()).isEqualTo(4);
    }

    @Test
    void tellsNoTimesWhereNothingRan() throws Exception {
        JsonNode found = statistics("");

        assertThat(found.at("/steps")).hasSize(24);
        assertThat(found.at("/total/counts/runs").asInt()).isZero();
        assertThat(found.at("/total/meanMs").isNull()).isTrue();
        assertThat(found.at("/total/p50Ms").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-11-24T10:00:00Z&to=2026-11-24T10:00:00Z | must be 1 to 1000 steps, found none: 'from' is 2026-11-24T10:00:00Z",
                "from=2024-11-24T10:00:00Z&to=2026-11-24T10:00:00Z | must be 1 to 1000 steps, found 17520. Ask for less, or for step=day.",
                "from=-999999999-01-01T00:00:00Z | must be instants of this age",
                "step=week | step 'week' is not known; there are hour, day",
                "from=yesterday | 'from' must be an instant like",
                "flwo=x | no parameter 'flwo' here; did you mean 'flow'?"
            })
    void refusesWhatMakesNoSense(String query, String detail) throws Exception {
        problem(api.get("/api/v1/statistics?" + query), 400, detail);
    }

    private JsonNode statistics(String query) throws Exception {
        return api.ok(api.get("/api/v1/statistics?" + query), "/api/v1/statistics", "get");
    }
}
