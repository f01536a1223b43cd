package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.run.KeptCaches;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Caches in the whole program: declared in a file, shared by runs, freed with the run that they belong to. */
class CachesRuntimeTest {

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(home.resolve("routes/stores.yaml"), "caches: { seen: { scope: company } }\n");
        Files.writeString(home.resolve("routes/counts.flow.yaml"), """
                flow: counts
                shapes:
                  - id: own
                    addToCache: { cache: own, key: "a" }
                  - id: counted
                    addToCache: { cache: seen, key: count, increment: 1 }
                  - id: loaded
                    loadFromCache: { cache: seen, key: count }
                  - id: told
                    notify: { per: record, log: info, text: "seen ${record}" }
                """);
        program = Program.start(home);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void runsShareWhatIsDeclaredSoAndTheRestGoesWithTheRun() throws Exception {
        assertThat(run().logs()).extracting(RunRecord.LogLine::text).containsExactly("seen 1");
        assertThat(run().logs()).extracting(RunRecord.LogLine::text).containsExactly("seen 2");

        KeptCaches caches = program.getBean(KeptCaches.class);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(caches.spaces(null, null, 100))
                        .extracting(KeptCaches.Space::cache)
                        .containsExactly("seen"));
    }

    private static RunRecord run() throws Exception {
        Body payload = new Body.Bytes("{\"id\":1}".getBytes(StandardCharsets.UTF_8), "application/json");
        String id = program.getBean(Flows.class)
                .start("counts", "manual", payload, Map.of())
                .get(20, TimeUnit.SECONDS);
        RunRecord run = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> program.getBean(RunHistory.class).run(id).filter(found -> found.endedAt() != null),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        return run;
    }
}
