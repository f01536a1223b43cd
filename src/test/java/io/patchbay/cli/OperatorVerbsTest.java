package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.api.FakeHistory;
import io.patchbay.api.FakeStarts;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.RequestLog;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.MemoryReplayJobs;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The verbs of who runs a runtime, spoken to the real API. */
class OperatorVerbsTest extends VerbsOfARuntime {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Autowired
    private FakeHistory history;

    @Autowired
    private FakeStarts starts;

    @Autowired
    private MemoryReplayJobs jobs;

    @BeforeEach
    void fill() {
        history.runs.clear();
        history.failed.clear();
        history.captured.clear();
        starts.starts.clear();
    }

    private void start(String id, QueuedStart.State state) {
        starts.starts.put(id, new QueuedStart(id, "orders-to-erp", "schedule", Priority.REGULAR, NOON, 12, 0, state));
    }

    private static RunRecord run(String id, RunStatus status, long tookMillis, List<RunRecord.LogLine> logs) {
        boolean ended = status != RunStatus.RUNNING;
        return new RunRecord(
                id,
                "orders-to-erp",
                "0123456789ab",
                "manual",
                status,
                NOON,
                NOON,
                ended ? NOON.plusMillis(tookMillis) : null,
                null,
                null,
                0,
                List.of(),
                logs,
                List.of());
    }

    private static RunRecord.LogLine line(String shape, String text) {
        return new RunRecord.LogLine(NOON, shape, LogLevel.WARN, text);
    }

    @Test
    void listsStartsAndDecidesOnThem() throws Exception {
        start("s1", QueuedStart.State.WAITING);
        start("s2", QueuedStart.State.QUARANTINED);

        assertThat(say("queue", "list").out()).contains("s1", "schedule").doesNotContain("s2");
        assertThat(say("queue", "list", "--state", "quarantined", "--json")
                        .json()
                        .at("/data/0/id")
                        .asText())
                .isEqualTo("s2");
        assertThat(say("queue", "priority", "s1", "high").out()).isEqualTo("start s1 has priority high.\n");
        assertThat(say("queue", "list").out()).contains("high");
        assertThat(say("queue", "priority", "s1", "urgent").code()).isEqualTo(2);
        assertThat(say("queue", "release", "s2").out()).isEqualTo("start s2 waits again.\n");
        assertThat(say("queue", "discard", "s1").out()).isEqualTo("start s1 is deleted.\n");
        assertThat(say("queue", "list").out()).isEqualTo("Nothing waits.\n");
        assertThat(say("queue", "discard", "nope").code()).isEqualTo(2);
        assertThat(say("queue", "list", "--state", "gone").code()).isEqualTo(2);
        assertThat(say("queue").code()).isEqualTo(2);
    }

    private String begun(String... words) throws Exception {
        assertThat(say(words).code()).isZero();
        return say("replays", "list", "--json").json().at("/data/0/id").asText();
    }

    /** The job goes on as in the runtime: one is replayed, one refused. */
    private void goesOn(String id, ReplayJob.State state) {
        ReplayJob job = jobs.find(id).orElseThrow();
        jobs.claim("me", NOON, Duration.ofMinutes(1));
        jobs.progressed(
                        job.after(state, 1, 1, "f2", "f2 has no content"),
                        "me",
                        List.of(new ReplayJob.Refusal("f2", "its content\u001b[2J is gone")))
                .join();
    }

    @Test
    void showsHowFarAReplayOfManyIsAndStopsIt() throws Exception {
        String id = begun("replay", "--flow", "orders-to-erp", "--cause", "c1");
        goesOn(id, ReplayJob.State.GOING);
        jobs.waiting(7);

        assertThat(say("replays", "list").out()).contains(id, "flow=orders-to-erp cause=c1", "going");
        assertThat(say("replays", "show", id).out())
                .contains("replay " + id
                        + " of flow=orders-to-erp cause=c1\n  going, 1 replayed, 1 refused, 7 waiting; 10")
                .contains("last: f2 has no content")
                .contains("f2", "its content [2J is gone");
        assertThat(say("replays", "show", id, "--json")
                        .json()
                        .at("/refused/data/0/failedPayload")
                        .asText())
                .isEqualTo("f2");
        jobs.waiting(ReplayJob.MOST_WAITING);
        assertThat(say("replays", "show", id).out()).contains("10000 or more waiting");
        assertThat(say("replays", "stop", id).out()).contains("stopped, 1 replayed, 1 refused; 10");
        assertThat(say("replays", "show", "nope").code()).isEqualTo(2);
        assertThat(say("replays").code()).isEqualTo(2);
    }

    @Test
    void followsAReplayOfManyToItsEnd() throws Exception {
        CompletableFuture<Said> said =
                CompletableFuture.supplyAsync(() -> say("replay", "--flow", "followed", "--follow"));
        Awaitility.await()
                .until(() -> jobs.list().stream()
                        .anyMatch(job -> "followed".equals(job.query().flow())));
        String id = jobs.list().get(0).id();
        goesOn(id, ReplayJob.State.DONE);

        Said told = said.get(30, TimeUnit.SECONDS);
        assertThat(told.code()).as("one was refused").isEqualTo(1);
        assertThat(told.out()).contains("done, 1 replayed, 1 refused");
        assertThat(told.err()).contains("Replay " + id + " begun.");
        assertThat(say("replay", "--flow", "followed", "--follow", "--wait", "1ms")
                        .err())
                .contains("goes on");
        assertThat(say("replay", "f1", "--follow").code()).isEqualTo(2);
        assertThat(say("replay", "--flow", "followed", "--follow", "--no-wait").code())
                .isEqualTo(2);
    }

    @Test
    void showsTheLogOfARun() throws Exception {
        history.started(run(
                "r1", RunStatus.SUCCEEDED, 10, List.of(line("pull", "a\u001b[2Jb\u009b2Jc\u202ed"), line(null, "c"))));

        assertThat(say("logs", "r1").out())
                .isEqualTo("2026-11-24T12:00:00Z WARN  pull: a [2Jb 2Jc d\n2026-11-24T12:00:00Z WARN  c\n");
        assertThat(say("logs", "r1", "--shape", "pull").out()).doesNotContain("WARN  c");
        assertThat(say("logs", "r1", "--json").json().get("data")).hasSize(2);
        assertThat(say("logs", "nope").code()).isEqualTo(2);
    }

    @Test
    void followsTheLogUntilTheRunEnds() throws Exception {
        history.started(run("r1", RunStatus.RUNNING, 0, List.of(line("pull", "first"))));
        CompletableFuture<Said> said = CompletableFuture.supplyAsync(() -> say("logs", "r1", "-f"));
        history.progressed(run("r1", RunStatus.FAILED, 10, List.of(line("pull", "first"), line("push", "second"))));

        Said all = said.get(600, TimeUnit.SECONDS);
        assertThat(all.out()).containsOnlyOnce("pull: first\n").endsWith("push: second\nrun r1: failed\n");
        assertThat(all.code()).isEqualTo(1);
    }

    @Test
    void followsALogThatBeginsAnewWhereTheRunIsTakenUpAgain() throws Exception {
        LogsCommand.Followed followed = new LogsCommand.Followed();
        JsonNode before = lines("10:00:00", "10:00:01", "10:00:02");
        JsonNode again = lines("10:00:30", "10:00:31");

        assertThat(followed.more(lines())).isEmpty();
        assertThat(followed.more(before)).hasSize(3);
        assertThat(followed.more(before)).isEmpty();
        assertThat(followed.more(again)).containsExactly(again.get(0), again.get(1));
        assertThat(followed.more(lines("10:00:30", "10:00:31", "10:00:32"))).hasSize(1);
        assertThat(followed.more(lines("10:00:30", "10:00:31", "10:00:59")))
                .as("a crash lost the last line")
                .containsExactly(lines("10:00:59").get(0));
    }

    private static JsonNode lines(String... times) {
        ArrayNode lines = io.patchbay.payload.Json.NODES.arrayNode();
        for (String time : times) {
            lines.addObject().put("at", "2026-11-24T" + time + "Z");
        }
        return lines;
    }

    @Test
    void writesTheContentOfAFailedPayload() throws Exception {
        byte[] bytes = {'a', 0, (byte) 0xff};
        history.failed.add(new FailedPayload(
                "f1",
                "r1",
                "orders-to-erp",
                "0123456789ab",
                "push",
                Payload.empty(Lineage.ofRun("r1"))
                        .withBody(new Body.Bytes(bytes, "application/octet-stream"), RecordPath.ROOT),
                Owner.REMOTE,
                "HTTP_500",
                "no",
                1,
                NOON,
                FailedPayload.State.OPEN));

        assertThat(say("payload", "f1", "--to", "f1.bin").out()).isEqualTo("written to f1.bin\n");
        assertThat(Files.readAllBytes(folder.resolve("f1.bin"))).isEqualTo(bytes);
        assertThat(say("payload", "f1").out()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(say("payload", "nope").code()).isEqualTo(2);
        assertThat(say("payload", "f1", "--side", "in").code()).isEqualTo(2);
    }

    @Test
    void writesWhatPassedAShape() {
        history.started(run("r1", RunStatus.SUCCEEDED, 10, List.of()));
        captured("in", CapturedPayload.Direction.IN, "in", 2);
        captured("a", CapturedPayload.Direction.OUT, "[1]", 3);
        captured("b", CapturedPayload.Direction.OUT, "[2", 10);

        assertThat(say("payload", "r1", "pull").out()).isEqualTo("[1]");
        assertThat(say("payload", "r1", "pull", "--side", "in").out()).isEqualTo("in");
        Said cut = say("payload", "r1", "pull", "--number", "2");
        assertThat(cut.out()).isEqualTo("[2");
        assertThat(cut.err()).isEqualTo("The content is cut: no more of it is kept.\n");
        assertThat(cut.code()).isEqualTo(1);
        assertThat(say("payload", "r1", "pull", "--number", "3").err()).contains("There are 2 such payloads");
        assertThat(say("payload", "r1", "push").err()).contains("no payload is kept that came out of 'push'");
    }

    @Test
    void writesTheBodyOfARequestOrOfItsAnswer() {
        RequestLog log = new RequestLog(
                "shop",
                "orders.list",
                "GET",
                "/orders",
                422,
                NOON,
                Duration.ofMillis(4),
                0,
                9,
                Map.of(),
                Map.of(),
                "no");
        RunRecord run = run("r1", RunStatus.FAILED, 10, List.of());
        history.started(new RunRecord(
                run.id(),
                run.flow(),
                run.revision(),
                run.trigger(),
                run.status(),
                run.queuedAt(),
                run.startedAt(),
                run.endedAt(),
                run.reason(),
                null,
                0,
                run.shapes(),
                List.of(),
                List.of(new RunRecord.Request("pull", 1, log), new RunRecord.Request("pull", 2, log, "b1"))));
        captured("b1", CapturedPayload.Direction.RECEIVED, "refused", 7);

        assertThat(say("payload", "r1", "pull", "--side", "received").out()).isEqualTo("refused");
        assertThat(say("payload", "r1", "pull", "--side", "sent").err())
                .contains("no body is kept that was sent by 'pull'");
        assertThat(say("payload", "r1", "pull", "--side", "received", "--number", "2")
                        .err())
                .contains("There are 1 such requests");
    }

    private void captured(String lineage, CapturedPayload.Direction direction, String text, long size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        history.captured(new CapturedPayload(
                "r1",
                "pull",
                direction,
                lineage,
                CapturedPayload.About.NOTHING,
                "application/json",
                size,
                bytes,
                NOON,
                Duration.ofDays(1)));
    }

    @Test
    void showsHowFlowsStand() throws Exception {
        start("s1", QueuedStart.State.WAITING);
        for (int i = 1; i <= 20; i++) {
            history.started(run("r" + i, i == 20 ? RunStatus.FAILED : RunStatus.SUCCEEDED, i * 100L, List.of()));
        }
        history.started(run("r21", RunStatus.RUNNING, 0, List.of()));

        assertThat(say("ps").out()).contains("flow", "running", "orders-to-erp");
        Said top = say("top", "--once", "--over", "10m");
        assertThat(top.out())
                .contains("runs/min")
                .containsPattern("orders-to-erp +1 +2 +[0-9]+ (min|h) +2.0 +1 +1.9 s")
                .doesNotContain("\u001b");
        JsonNode flow = say("top", "--json", "--over", "10m").json().at("/flows/0");
        assertThat(flow.get("p95Ms").asLong()).isEqualTo(1900);
        assertThat(flow.get("failed").asLong()).isEqualTo(1);
        assertThat(flow.get("ended").asLong()).isEqualTo(20);
        assertThat(say("top", "--every", "10ms").code()).isEqualTo(2);
    }

    @Test
    void listsWhoDidWhat() throws Exception {
        start("s1", QueuedStart.State.WAITING);
        say("queue", "discard", "s1");

        Said said = say("audit", "--actor", "admin", "--limit", "5");
        assertThat(said.out()).contains("actor", "about", "s1", "done");
        assertThat(say("audit", "--json").json().get("data").isEmpty()).isFalse();
        assertThat(say("audit", "--outcome", "perhaps").code()).isEqualTo(2);
        assertThat(say("audit", "--actor", "nobody").out()).isEqualTo("There are none such.\n");
    }

    @Test
    void looksAtTheMachineAndTheRuntime() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(
                folder.resolve("routes/one.flow.yaml"), "flow: one\nshapes:\n  - manualPayload: { json: [] }\n");

        Said offline = say("doctor", "--offline");
        assertThat(offline.err()).isEmpty();
        assertThat(offline.code()).isZero();
        assertThat(offline.out())
                .contains("java: Java ", "home: " + folder.toRealPath(), "files: no errors and no warnings")
                .contains("ms until a block is on disk", "GB free of")
                .contains("0 failed");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("routes"));
        }
        Said online = say("doctor", "--instances");
        assertThat(online.out()).contains("clock: as that of this machine", "queue: no start was put aside");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/one.flow.yaml"), "flow: one\nshapes:\n  - manulPayload: {}\n");

        Said said = Said.by(folder, Map.of(), "", "doctor", "--url", "http://127.0.0.1:1", "--json");
        assertThat(said.code()).isEqualTo(1);
        JsonNode checks = said.json().get("checks");
        assertThat(checks)
                .anySatisfy(one -> {
                    assertThat(one.get("check").asText()).isEqualTo("files");
                    assertThat(one.get("level").asText()).isEqualTo("fail");
                    assertThat(one.get("said").asText()).startsWith("1 error, the first: routes/one.flow.yaml:3:5:");
                    assertThat(one.get("hint").asText()).contains("patchbay check");
                })
                .anySatisfy(one -> {
                    assertThat(one.get("check").asText()).isEqualTo("runtime");
                    assertThat(one.get("said").asText()).isEqualTo("none answers at http://127.0.0.1:1");
                });
        assertThat(Said.by(folder, Map.of("PATCHBAY_URL", url()), "", "doctor").out())
                .contains("fail  key: The runtime asks who you are");
        assertThat(say("doctor", "--offline", "--instances").code()).isEqualTo(2);
    }

    @Test
    void aShellCompletesVerbsAndOptions() throws Exception {
        Files.writeString(
                folder.resolve("patchbay.bash"), say("completion", "bash").out());

        assertThat(completed("patchbay", "com")).containsExactly("completion");
        assertThat(completed("patchbay", "queue", "")).contains("list", "release", "discard");
        assertThat(completed("patchbay", "runs", "--sta")).containsExactly("--status");
        assertThat(say("completion", "zsh").out()).contains("autoload -U +X bashcompinit && bashcompinit");
        assertThat(say("completion", "fish").code()).isEqualTo(2);
    }

    private List<String> completed(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "source ./patchbay.bash; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_patchbay; printf"
                        + " '%s\\n"
                        + "' \"${COMPREPLY[@]}\"",
                "bash"));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
