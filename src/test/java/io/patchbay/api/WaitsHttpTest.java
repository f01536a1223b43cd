package io.patchbay.api;

import static io.patchbay.api.ApiFixture.NOON;
import static io.patchbay.api.ApiFixture.id;
import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Payloads that wait as a caller sees them, and how they are decided. */
@OverHttp
class WaitsHttpTest {

    private static final String ALL = "/api/v1/waits";

    private ApiFixture api;
    private FakeWaits waits;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        waits = context.getBean(FakeWaits.class);
        waits.clear();
        waits.add(id(1), "orders");
        waits.add(id(2), "orders");
        waits.add(id(3), "articles");
    }

    @Test
    void showsWhatWaitsInPartsAndItsContent() throws Exception {
        JsonNode first = api.ok(api.get(ALL + "?flow=orders&state=waiting&limit=1"), ALL, "get");
        JsonNode rest = api.ok(
                api.get(ALL + "?flow=orders&limit=1&after=" + first.get("next").asText()), ALL, "get");
        JsonNode one = api.ok(api.get(ALL + "/" + id(1)), ALL + "/{id}", "get");
        HttpResponse<String> body = api.get(ALL + "/" + id(1) + "/body");

        assertThat(first.at("/data/0/id").asText()).isEqualTo(id(1));
        assertThat(rest.at("/data/0/id").asText()).isEqualTo(id(2));
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(one.get("title").asText()).isEqualTo("Order 7");
        assertThat(one.get("kind").asText()).isEqualTo("approval");
        assertThat(body.body()).isEqualTo("{\"id\":7}");
        assertThat(body.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
    }

    @Test
    void approvesOnceWithWhoAndWhat() throws Exception {
        JsonNode decided = api.ok(
                api.post(ALL + "/" + id(1) + "/approve", "{\"by\":\"ada\",\"note\":\"fine\",\"data\":{\"sum\":5}}"),
                ALL + "/{id}/approve",
                "post");

        assertThat(decided.get("state").asText()).isEqualTo("approved");
        assertThat(decided.get("by").asText()).isEqualTo("ada");
        assertThat(decided.at("/data/sum").asInt()).isEqualTo(5);
        assertThat(decided.get("releasedTo").asText()).isEqualTo("run-of-" + id(1));
        JsonNode listed = api.ok(api.get(ALL + "?state=approved"), ALL, "get");
        assertThat(listed.at("/data/0/by").asText()).isEqualTo("ada");
        assertThat(listed.at("/data/0/data").isNull())
                .as("it may be large, and is had with the one alone")
                .isTrue();
        problem(api.post(ALL + "/" + id(1) + "/reject", "{\"by\":\"bob\"}"), 409, "It does not wait any more.");
    }

    @Test
    void saysWhatIsWrongWithADecision() throws Exception {
        problem(api.post(ALL + "/" + id(1) + "/approve", ""), 400, "by is missing: say who decides.");
        problem(api.post(ALL + "/" + id(1) + "/approve", "{\"by\":\"\"}"), 400, "by is missing");
        problem(api.post(ALL + "/" + id(1) + "/approve", "{\"by\":7}"), 400, "by must be text.");
        problem(
                api.post(ALL + "/" + id(1) + "/approve", "{\"by\":\"a\",\"notes\":\"x\"}"),
                400,
                "there are by, note, data and today");
        problem(
                api.post(ALL + "/" + id(1) + "/reject", "{\"by\":\"a\",\"data\":1}"),
                400,
                "there are by, note and today");
        problem(
                api.post(ALL + "/" + id(1) + "/approve", "{\"by\":\"" + "a".repeat(201) + "\"}"),
                400,
                "200 characters");
        problem(api.post(ALL + "/" + id(1) + "/approve", "[1]"), 400, "The body must be a JSON object.");
        problem(api.post(ALL + "/nope/approve", "{\"by\":\"a\"}"), 404, "'nope'");
        problem(api.post(ALL + "/nope/reject", "{\"by\":\"a\"}"), 404, "'nope'");
        problem(api.get(ALL + "/nope"), 404, "'nope'");
        problem(api.get(ALL + "/nope/body"), 404, "'nope'");
        problem(api.get(ALL + "?state=done"), 400, "there are waiting, approved");
        problem(api.get(ALL + "?kind=x"), 400, "there are approval, event");
    }

    @Test
    void tellsAnEvent() throws Exception {
        JsonNode told = api.ok(
                api.post(ALL + "/events", "{\"key\":\"paid:7\",\"flow\":\"orders\",\"data\":[1],\"id\":\"e1\"}"),
                ALL + "/events",
                "post");

        assertThat(told.get("runs")).isEmpty();
        assertThat(told.get("keptUntil").asText()).isEqualTo(NOON.toString());
        assertThat(waits.told).isNotNull();
        assertThat(waits.told.id()).isEqualTo("api e1");
        assertThat(waits.told.by()).isEqualTo("api");
        problem(api.post(ALL + "/events", "{\"key\":\"nobody\"}"), 404, "'nobody'");
        problem(api.post(ALL + "/events", "{\"key\":\"a\\u0000\"}"), 400, "key must have no NUL character.");
        problem(
                api.post(ALL + "/events", "{\"key\":\"a\",\"flow\":\"" + "f".repeat(101) + "\"}"),
                400,
                "flow has at most 100 characters.");
        problem(api.post(ALL + "/events", "{}"), 400, "key is missing: say what payloads wait for.");
        problem(api.post(ALL + "/events", "{\"keys\":1}"), 400, "there are key, flow, data, by, note and id");
    }
}
