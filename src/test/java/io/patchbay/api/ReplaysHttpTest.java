package io.patchbay.api;

import static io.patchbay.api.ApiFixture.id;
import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.run.MemoryReplayJobs;
import io.patchbay.run.ReplayJob.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Jobs that replay many failed payloads, as a caller sees them. */
@OverHttp
class ReplaysHttpTest {

    private ApiFixture api;
    private MemoryReplayJobs jobs;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        jobs = context.getBean(MemoryReplayJobs.class);
    }

    @Test
    void beginsAJobThatCanBeSeenAndStopped() throws Exception {
        HttpResponse<String> answer = api.post(
                "/api/v1/replays?flow=orders-to-erp&q=timeout&since=2026-11-01T00:00:00Z&from=start&perSecond=2", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = api.fits(answer, "/api/v1/replays", "post").get("id").asText();
        jobs.waiting(3);
        JsonNode job = api.ok(api.get("/api/v1/replays/" + id), "/api/v1/replays/{id}", "get");
        assertThat(job.get("waiting").asInt()).isEqualTo(3);
        assertThat(job.at("/filter/q").asText()).isEqualTo("timeout");
        assertThat(job.get("from").asText()).isEqualTo("start");
        assertThat(jobs.find(id).orElseThrow().perSecond()).isEqualTo(2);
        assertThat(api.ok(api.get("/api/v1/replays"), "/api/v1/replays", "get").get("data"))
                .isNotEmpty();
        JsonNode stopped = api.ok(api.post("/api/v1/replays/" + id + "/stop", ""), "/api/v1/replays/{id}/stop", "post");
        assertThat(stopped.get("state").asText()).isEqualTo("stopped");
        assertThat(stopped.get("waiting").isNull()).isTrue();
    }

    @Test
    void tellsOfEachPayloadThatCouldNotBeReplayedWhy() throws Exception {
        String id = api.fits(api.post("/api/v1/replays?flow=orders-to-erp", ""), "/api/v1/replays", "post")
                .get("id")
                .asText();
        jobs.claim("one", Instant.now(), Duration.ofMinutes(1));
        jobs.progressed(
                        jobs.find(id).orElseThrow(),
                        "one",
                        List.of(new Refusal(id(1), "the shape is gone"), new Refusal(id(2), "its content is gone")))
                .join();

        String path = "/api/v1/replays/" + id + "/refused";
        JsonNode first = api.ok(api.get(path + "?limit=1"), "/api/v1/replays/{id}/refused", "get");
        JsonNode second = api.ok(
                api.get(path + "?limit=1&after=" + first.get("next").asText()), "/api/v1/replays/{id}/refused", "get");
        assertThat(first.at("/data/0/failedPayload").asText()).isEqualTo(id(1));
        assertThat(second.at("/data/0/reason").asText()).isEqualTo("its content is gone");
        assertThat(second.get("next").isNull()).isTrue();
        problem(api.get("/api/v1/replays/none/refused"), 404, "none");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'Say which failed payloads'",
        "'?flow=a&coed=HTTP_422', 'no parameter ''coed'' here; did you mean ''code''?'",
        "'?flow=a&perSecond=0', 'perSecond must be more than 0'",
        "'?flow=a&perSecond=NaN', 'perSecond must be more than 0'",
        "'?flow=a&revision=yesterday', 'revision'",
        "'?flow=a&state=gone', 'state'",
        "'?since=yesterday', 'since'",
        "'?flow=a&since=1764547200', 'must be an instant'",
        "'?flow=a&since=', 'must be an instant'",
        "'?q=', 'is empty'",
        "'?q=%20', 'is empty'",
        "'?flow=&q=timeout', 'is empty'",
        "'?flow=a&cause=', 'is empty'"
    })
    void refusesWhatItCannotDo(String query, String detail) throws Exception {
        problem(api.post("/api/v1/replays" + query, ""), 400, detail);
    }

    @Test
    void saysThatThereIsNoSuchJob() throws Exception {
        problem(api.get("/api/v1/replays/none"), 404, "none");
    }
}
