package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static io.patchbay.api.ApiFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.payload.CursorKind;
import io.patchbay.run.RunStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What is still so is not sent again, and what was changed in between is not changed blindly. */
@OverHttp
class EntityTagsHttpTest {

    private static final String CURSOR = "/api/v1/cursors/orders-to-erp/shop-uk/orders.list";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        api.cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/flows/orders-to-erp/revisions",
                "/api/v1/flows/orders-to-erp/version",
                "/api/v1/runs",
                "/api/v1/runs/r1",
                "/api/v1/cursors",
                CURSOR,
                "/api/v1/callers",
                "/api/v1/schemas"
            })
    void whatIsStillSoIsNotSentAgain(String path) throws Exception {
        api.history.runs.add(run("r1", RunStatus.SUCCEEDED, ApiFixture.NOON.plusSeconds(9)));
        String tag = tag(api.get(path));

        HttpResponse<String> again = api.send(api.request(path).header("If-None-Match", tag));
        HttpResponse<String> other = api.send(api.request(path).header("If-None-Match", "\"other\""));

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(tag(other)).isEqualTo(tag);
    }

    @Test
    void aChangeHasAnotherTag() throws Exception {
        String before = tag(api.get(CURSOR));
        String list = tag(api.get("/api/v1/cursors"));

        api.post(CURSOR + "/move?back=7d", "");

        assertThat(tag(api.get(CURSOR))).isNotEqualTo(before);
        HttpResponse<String> again = api.send(api.request("/api/v1/cursors").header("If-None-Match", list));
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @Test
    void aProblemAndAStreamHaveNone() throws Exception {
        api.history.runs.add(run("r1", RunStatus.SUCCEEDED, ApiFixture.NOON.plusSeconds(9)));

        assertThat(api.get("/api/v1/flows/nope").headers().firstValue("ETag")).isEmpty();
        HttpResponse<String> stream = api.get("/api/v1/runs/r1/logs/stream");
        assertThat(stream.body()).contains("event:end");
        assertThat(stream.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void aChangeOfWhatWasSeenIsDoneAndOfWhatChangedInBetweenIsNot() throws Exception {
        String seen = tag(api.get(CURSOR));

        HttpResponse<String> first = changed(CURSOR + "/move?to=2026-01-01T00:00:00Z", seen);
        HttpResponse<String> second = changed(CURSOR + "/move?to=2025-01-01T00:00:00Z", seen);
        HttpResponse<String> forgetting = changed(CURSOR + "/forget", seen);

        assertThat(first.statusCode()).isEqualTo(200);
        problem(second, 412, "It was changed since the ETag in If-Match was given, so nothing was done");
        problem(forgetting, 412, "Read it again");
        assertThat(position()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(changed(CURSOR + "/forget", tag(api.get(CURSOR)) + ", \"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRollbackOfWhatWasDeployedMeanwhileIsRefused() throws Exception {
        String path = "/api/v1/flows/orders-to-erp";
        String seen = tag(api.get(path + "/version"));
        assertThat(changed(path + "/rollback", seen).statusCode()).isEqualTo(200);
        int asked = api.versions.asked.size();

        problem(changed(path + "/rollback", seen), 412, "changed");

        assertThat(api.versions.asked).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ""})
    void anyStateWillDoForWhoDoesNotMind(String tag) throws Exception {
        HttpResponse<String> moved =
                tag.isEmpty() ? api.post(CURSOR + "/move?back=1d", "") : changed(CURSOR + "/move?back=1d", tag);

        assertThat(moved.statusCode()).isEqualTo(200);
    }

    @Test
    void aWeakTagIsNoneThatAChangeCouldRelyOn() throws Exception {
        problem(changed(CURSOR + "/forget", "W/" + tag(api.get(CURSOR))), 412, "changed");
    }

    @Test
    void aTagThatIsNoneIsToldAndSoIsACallThatKnowsNone() throws Exception {
        problem(changed(CURSOR + "/forget", "abc"), 400, "If-Match must be an ETag as a GET gave it");
        problem(
                changed("/api/v1/flows/orders-to-erp/disable", "\"abc\""),
                400,
                "This call cannot be made to depend on an ETag: leave If-Match out.");
        assertThat(position()).isEqualTo("2026-11-24T12:00:00Z");
    }

    private String position() throws Exception {
        JsonNode cursor = new ObjectMapper().readTree(api.get(CURSOR).body());
        return cursor.get("position").asText();
    }

    private HttpResponse<String> changed(String path, String tag) throws Exception {
        return api.send(api.request(path).header("If-Match", tag).POST(BodyPublishers.noBody()));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
