package io.patchbay.api;

import static io.patchbay.api.ApiFixture.NOON;
import static io.patchbay.api.ApiFixture.id;
import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Starts that wait or were put aside, as a caller sees them. */
@OverHttp
class StartsHttpTest {

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void listsStartsInPartsAndByState() throws Exception {
        start(id(1), QueuedStart.State.QUARANTINED);
        start(id(2), QueuedStart.State.WAITING);
        start(id(3), QueuedStart.State.QUARANTINED);

        JsonNode first = api.ok(api.get("/api/v1/starts?state=quarantined&limit=1"), "/api/v1/starts", "get");
        JsonNode second = api.ok(
                api.get("/api/v1/starts?state=quarantined&limit=1&after="
                        + first.get("next").asText()),
                "/api/v1/starts",
                "get");
        JsonNode waiting = api.ok(api.get("/api/v1/starts"), "/api/v1/starts", "get");

        assertThat(first.at("/data/0/id").asText()).isEqualTo(id(3));
        assertThat(first.at("/data/0/crashes").asInt()).isEqualTo(3);
        assertThat(second.at("/data/0/id").asText()).isEqualTo(id(1));
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(waiting.at("/data/0/state").asText()).isEqualTo("waiting");
    }

    @Test
    void releasesAndDiscardsAStartThatWasPutAside() throws Exception {
        start("s-1", QueuedStart.State.QUARANTINED);
        start("s-2", QueuedStart.State.CLAIMED);

        HttpResponse<String> released = api.post("/api/v1/starts/s-1/release", "");
        assertThat(released.statusCode()).isEqualTo(202);
        api.fits(released, "/api/v1/starts/{id}/release", "post");
        api.ok(api.post("/api/v1/starts/s-1/discard", ""), "/api/v1/starts/{id}/discard", "post");

        assertThat(api.starts.starts).doesNotContainKey("s-1");
        problem(api.get("/api/v1/starts/s-1"), 404, "There is no start 's-1'");
        problem(api.post("/api/v1/starts/s-2/release", ""), 409, "is claimed, not quarantined");
        problem(api.post("/api/v1/starts/s-2/discard", ""), 409, "stop its run");
    }

    @Test
    void givesAStartThatWaitsAnotherPriority() throws Exception {
        start("s-1", QueuedStart.State.WAITING);
        start("s-2", QueuedStart.State.CLAIMED);

        JsonNode moved = api.ok(
                api.post("/api/v1/starts/s-1/priority?priority=HIGH", ""), "/api/v1/starts/{id}/priority", "post");

        assertThat(moved.get("priority").asText()).isEqualTo("high");
        problem(api.post("/api/v1/starts/s-2/priority?priority=high", ""), 409, "is claimed, it does not wait");
        problem(api.post("/api/v1/starts/s-3/priority?priority=high", ""), 404, "There is no start 's-3'");
        problem(
                api.post("/api/v1/starts/s-1/priority?priority=urgent", ""),
                400,
                "'urgent' is not known; there are highest");
        problem(api.post("/api/v1/starts/s-1/priority", ""), 400, "Say which: priority=highest");
    }

    private void start(String id, QueuedStart.State state) {
        api.starts.starts.put(
                id, new QueuedStart(id, "orders-to-erp", "webhook", Priority.REGULAR, NOON, 12, 3, state));
    }
}
