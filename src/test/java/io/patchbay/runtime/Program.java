package io.patchbay.runtime;

import static org.awaitility.Awaitility.await;

import io.patchbay.App;
import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program in this process, on ports that are free, with a home of its own; for tests. */
public record Program(Path home, ConfigurableApplicationContext context) {

    /** The token of its administrator. */
    public static final String TOKEN = "a-token-of-a-test-that-is-long-enough";

    private static final Duration SOON = Duration.ofMinutes(1);

    /**
     * Starts it.
     *
     * @param more further arguments, like {@code --patchbay.runs.parallel=1}
     */
    public static ConfigurableApplicationContext start(Path home, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--patchbay.home=" + home,
                "--server.port=0",
                "--patchbay.intake.port=0",
                "--patchbay.admin-token=" + TOKEN,
                "--patchbay.store.min-free=1MB"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(App.class, arguments.toArray(String[]::new));
    }

    /** Where its API and its console are. */
    public static String url(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:"
                + ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Writes a flow, at one stroke, and waits until it is deployed. */
    void flow(String name, String text) throws IOException {
        Path written = Files.writeString(home.resolve(name + ".new"), text);
        Files.move(written, home.resolve("routes").resolve(name + ".flow.yaml"), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(SOON)
                .until(() -> flows().flow(name).map(Flows.View::revision).isPresent());
    }

    Flows flows() {
        return context.getBean(Flows.class);
    }

    RunHistory history() {
        return context.getBean(RunHistory.class);
    }

    /** The run of a flow that was started with a JSON text, when it has ended. */
    RunRecord run(String flow, String body) throws Exception {
        Body payload = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8), "application/json");
        return ended(flows().start(flow, "manual", payload, Map.of()).get(20, TimeUnit.SECONDS));
    }

    /** A run when it has ended. */
    RunRecord ended(String id) {
        return await().atMost(SOON)
                .until(() -> history().run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    /** The newest runs of a flow, as lists have them. */
    List<RunRecord> runs(String flow) {
        return history().runs(RunQuery.of(flow, null, 10)).data();
    }

    /** What a run has told so far. */
    List<String> told(RunRecord run) {
        return history().run(run.id()).orElseThrow().logs().stream()
                .map(RunRecord.LogLine::text)
                .toList();
    }

    /** The failed payloads of a flow that are open, whole. */
    List<FailedPayload> failed(String flow) {
        return history().failed(FailedQuery.of(flow, FailedPayload.State.OPEN), null, 10).data().stream()
                .map(one -> history().failed(one.id()).orElseThrow())
                .toList();
    }

    /** The run that replays a failed payload with another body (null: its own) under the flow of now, when it has ended. */
    RunRecord replay(FailedPayload failed, @Nullable Body mended) throws Exception {
        return ended(flows().replay(failed.id(), new Flows.Replay(mended, true, null))
                .get(20, TimeUnit.SECONDS));
    }
}
