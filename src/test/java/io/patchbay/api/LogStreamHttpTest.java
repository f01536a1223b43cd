package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.LogLevel;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The log of a run while it is written. */
@OverHttp
class LogStreamHttpTest {

    private ApiFixture api;

    @Autowired
    private LogStreams streams;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void sendsEachLineOfARunThatEndedAndThenHowItEnded() throws Exception {
        api.history.runs.add(ApiFixture.run("done", RunStatus.FAILED, ApiFixture.NOON));

        HttpResponse<String> answer = api.get("/api/v1/runs/done/logs/stream");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.body().lines())
                .containsExactly(
                        "id:1-1795521600000",
                        "event:line",
                        "data:{\"at\":\"2026-11-24T12:00:00Z\",\"shape\":null,\"level\":\"info\",\"text\":\"began\"}",
                        "",
                        "id:2-1795521600000",
                        "event:line",
                        "data:{\"at\":\"2026-11-24T12:00:00Z\",\"shape\":\"pull\",\"level\":\"warn\",\"text\":\"attempt 2 of 4\"}",
                        "",
                        "event:end",
                        "data:{\"status\":\"failed\",\"reason\":\"the shop answered 401\"}",
                        "");
    }

    @Test
    void goesOnWithLinesAsTheyComeAndEndsWithTheRun() throws Exception {
        RunRecord going = ApiFixture.run("going", RunStatus.RUNNING, null);
        api.history.runs.add(going);

        HttpResponse<InputStream> answer = api.client.send(
                api.request("/api/v1/runs/going/logs/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(event(lines)).startsWith("id:1");
            assertThat(event(lines)).startsWith("id:2");
            api.history.progressed(with(going, "one more", RunStatus.RUNNING));
            assertThat(event(lines)).contains("id:3", "one more");
            api.history.progressed(with(going, "one more", RunStatus.SUCCEEDED));
            assertThat(event(lines)).contains("event:end", "succeeded");
            assertThat(lines.readLine()).isNull();
        }
        Awaitility.await().until(() -> streams.listening() == 0);
    }

    @Test
    void goesOnBehindTheLastLineThatTheListenerHad() throws Exception {
        api.history.runs.add(ApiFixture.run("done", RunStatus.SUCCEEDED, ApiFixture.NOON));

        HttpRequest.Builder again =
                api.request("/api/v1/runs/done/logs/stream").header("Last-Event-ID", "1-1795521600000");
        assertThat(api.send(again).body()).doesNotContain("began").contains("attempt 2 of 4", "event:end");
        HttpRequest.Builder others =
                api.request("/api/v1/runs/done/logs/stream").header("Last-Event-ID", "x;1");
        assertThat(api.send(others).body()).contains("began");
        assertThat(api.get("/api/v1/runs/done/logs/stream?shape=pull").body())
                .doesNotContain("began")
                .contains("id:2");
    }

    @Test
    void sendsAllOfALogThatBeganAnewWhereTheRunWasTakenUpAgain() throws Exception {
        api.history.runs.add(ApiFixture.run("done", RunStatus.SUCCEEDED, ApiFixture.NOON));

        HttpRequest.Builder back =
                api.request("/api/v1/runs/done/logs/stream").header("Last-Event-ID", "2-1795521599000");

        assertThat(api.send(back).body()).contains("began", "attempt 2 of 4", "event:end");
    }

    @Test
    void goesOnBehindWhatWasHeardWhereACrashLostTheLastLines() throws Exception {
        RunRecord run = ApiFixture.run("done", RunStatus.SUCCEEDED, ApiFixture.NOON);
        List<RunRecord.LogLine> lines = new ArrayList<>();
        for (int second : new int[] {0, 1, 5, 6}) {
            lines.add(new RunRecord.LogLine(
                    ApiFixture.NOON.plusSeconds(second), null, LogLevel.INFO, "at second " + second));
        }
        api.history.runs.add(with(run, lines, RunStatus.SUCCEEDED));
        long third = ApiFixture.NOON.plusSeconds(2).toEpochMilli();

        HttpRequest.Builder back = api.request("/api/v1/runs/done/logs/stream").header("Last-Event-ID", "3-" + third);

        assertThat(api.send(back).body())
                .contains("at second 5", "at second 6", "event:end")
                .doesNotContain("at second 0", "at second 1");
    }

    @Test
    void saysInAProblemDocumentThatThereIsNoSuchRunOrThatTooManyListen() throws Exception {
        problem(
                api.send(api.request("/api/v1/runs/nope/logs/stream").header("Accept", "text/event-stream")),
                404,
                "There is no run 'nope'");
        api.history.runs.add(ApiFixture.run("going", RunStatus.RUNNING, null));
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int i = 0; i < LogStreams.MOST; i++) {
            open.add(api.client.send(
                    api.request("/api/v1/runs/going/logs/stream").build(), HttpResponse.BodyHandlers.ofInputStream()));
        }
        HttpResponse<String> refused = api.get("/api/v1/runs/going/logs/stream");
        problem(refused, 503, "100 listen to logs already");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        for (HttpResponse<InputStream> one : open) {
            one.body().close();
        }
        api.history.runs.clear();
        Awaitility.await().until(() -> streams.listening() == 0);
    }

    private static RunRecord with(RunRecord run, String text, RunStatus status) {
        List<RunRecord.LogLine> lines = new ArrayList<>(run.logs());
        lines.add(new RunRecord.LogLine(ApiFixture.NOON, null, LogLevel.INFO, text));
        return with(run, lines, status);
    }

    private static RunRecord with(RunRecord run, List<RunRecord.LogLine> lines, RunStatus status) {
        return new RunRecord(
                run.id(),
                run.flow(),
                run.revision(),
                run.trigger(),
                status,
                run.queuedAt(),
                run.startedAt(),
                status == RunStatus.RUNNING ? null : ApiFixture.NOON,
                null,
                null,
                0,
                run.shapes(),
                lines,
                run.requests());
    }

    /** The lines of the next event, heartbeats left out; what there is when the stream ends. */
    private static String event(BufferedReader from) throws IOException {
        StringBuilder event = new StringBuilder();
        @Nullable String line;
        while ((line = from.readLine()) != null && !(line.isEmpty() && event.length() > 0)) {
            if (!line.startsWith(":")) {
                event.append(line).append('\n');
            }
        }
        return event.toString();
    }
}
