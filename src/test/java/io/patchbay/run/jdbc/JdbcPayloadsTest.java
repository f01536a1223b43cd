package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.captured;
import static io.patchbay.run.jdbc.RunsFixture.failed;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.queue.Claim;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.CapturedPayload.Direction;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captured and failed payloads as they are kept. */
class JdbcPayloadsTest {

    @TempDir
    Path data;

    private RunsFixture runs;

    @BeforeEach
    void open() throws Exception {
        runs = new RunsFixture(data);
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
    }

    @Test
    void aFailedPayloadWhoseBodyIsAFileOutlivesItsStart() throws Exception {
        runs.accept(new Body.Bytes("x".repeat(200_000).getBytes(StandardCharsets.UTF_8), "text/plain"));
        Claim claim = runs.queue().claim(1).get(0);
        String id = claim.start().id();
        Payload payload = new Payload(Lineage.ofRun(id), claim.start().body(), RecordPath.ROOT, Map.of("name", "a b"));
        FailedPayload failed = failed(id, payload, FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(failed));
        get(runs.checkpoints().finish(record(id, RunStatus.FAILED, NOW), claim));
        runs.crash();
        FailedPayload kept = runs.history().failed(failed.id()).orElseThrow();
        assertThat(kept.payload().bytes()).hasSize(200_000);
        assertThat(kept.payload().meta()).containsEntry("name", "a b");
        assertThat(kept.code()).isEqualTo("HTTP_STATUS");
        get(runs.history().failedIs(failed.id(), FailedPayload.State.RESOLVED));
        assertThat(runs.history()
                        .failed(FailedQuery.of(null, FailedPayload.State.OPEN), null, 10)
                        .data())
                .isEmpty();
        assertThat(runs.history()
                        .failed(FailedQuery.of(null, FailedPayload.State.RESOLVED), null, 10)
                        .data())
                .hasSize(1);
    }

    @Test
    void tellsOfFailedPayloadsWithoutReadingTheirContent() throws Exception {
        String id = newId();
        FailedPayload small = failed(id, bytes(id, 900_000, "a b"), FailedPayload.State.OPEN);
        FailedPayload large = failed(id, bytes(id, 1_500_000, "c"), FailedPayload.State.OPEN);
        FailedPayload wordy = failed(id, bytes(id, 10, "d".repeat(100_000)), FailedPayload.State.OPEN);
        for (FailedPayload each : List.of(small, large, wordy)) {
            get(runs.checkpoints().failed(each));
        }

        List<FailedPayload> listed = runs.history()
                .failed(FailedQuery.of(null, FailedPayload.State.OPEN), null, 10)
                .data();

        assertThat(listed)
                .extracting(each -> each.payload().meta().get("name"))
                .containsExactlyInAnyOrder("a b", "c", "d".repeat(100_000));
        assertThat(listed).allMatch(each -> each.payload().bytes().length <= 10);
        assertThat(listed).allMatch(each -> each.payload().body().contentType().equals("text/plain"));
        assertThat(runs.history().failed(small.id()).orElseThrow().payload().bytes())
                .hasSize(900_000);
        assertThat(runs.history().failed(large.id()).orElseThrow().payload().bytes())
                .hasSize(1_500_000);
    }

    @Test
    void aMissingFileOfOneFailedPayloadHidesNoOtherOne() throws Exception {
        String id = newId();
        FailedPayload other = failed(id, bytes(id, 5, "a"), FailedPayload.State.OPEN);
        FailedPayload lost = failed(id, bytes(id, 1_500_000, "b"), FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(other));
        get(runs.checkpoints().failed(lost));
        Path file;
        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.delete(file);

        assertThat(runs.history()
                        .failed(FailedQuery.of(null, FailedPayload.State.OPEN), null, 10)
                        .data())
                .extracting(FailedPayload::id)
                .contains(other.id(), lost.id());
        FailedPayload found = runs.history().failed(lost.id()).orElseThrow();
        assertThat(found.lost()).contains("data/bodies/" + file.getFileName(), "backup");
        assertThat(runs.history().failed(other.id()).orElseThrow().lost()).isNull();
    }

    private static Payload bytes(String run, int size, String name) {
        return new Payload(
                Lineage.ofRun(run),
                new Body.Bytes(new byte[size], "text/plain"),
                RecordPath.ROOT,
                Map.of("name", name));
    }

    @Test
    void keepsCapturedPayloadsInTheOrderInWhichTheyWereTaken() {
        String id = newId();
        for (int i = 0; i < 5; i++) {
            runs.history().captured(captured(id, i % 2 == 0 ? "map" : "push", "n" + i, Duration.ofHours(1)));
        }
        runs.flush();
        assertThat(runs.history().payloads(id, null, true))
                .extracting(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .containsExactly("n0", "n1", "n2", "n3", "n4");
        assertThat(runs.history().payloads(id, "push", false))
                .hasSize(2)
                .allMatch(each -> each.bytes().length == 0 && each.size() == 2);
    }

    @Test
    void keepsWhatGoesWithACapturedPayload() {
        String id = newId();
        CapturedPayload.About about =
                new CapturedPayload.About(Map.of("path.sku", "A1 ü", "", "x"), Map.of("rate", "7"));
        runs.history()
                .captured(new CapturedPayload(
                        id, "map", Direction.IN, id, about, "x/y", 0, new byte[0], NOW, Duration.ofHours(1)));
        runs.history().captured(captured(id, "map", "n", Duration.ofHours(1)));
        runs.flush();

        assertThat(runs.history().payloads(id, null, false))
                .extracting(CapturedPayload::about)
                .containsExactly(about, CapturedPayload.About.NOTHING);
    }

    @Test
    void saysHowManyCapturedPayloadsItCouldNotKeep() throws Exception {
        String id = newId();
        byte[] large = new byte[900_000];
        for (int i = 0; i < 200; i++) {
            runs.history()
                    .captured(new CapturedPayload(
                            id,
                            "map",
                            Direction.OUT,
                            id,
                            CapturedPayload.About.NOTHING,
                            "x/y",
                            large.length,
                            large,
                            NOW,
                            Duration.ofHours(1)));
        }
        get(runs.checkpoints().finish(record(id, RunStatus.SUCCEEDED, NOW), null));
        runs.flush();
        int kept = runs.history().payloads(id, null, false).size();
        assertThat(kept).isBetween(1, 199);
        assertThat(runs.history().run(id).orElseThrow().logs())
                .last()
                .satisfies(line -> assertThat(line.text()).startsWith(200 - kept + " captured payloads"));
    }
}
