package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.failed;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.page;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.run.Checkpoints.Progress;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints, and what a run that is taken up again finds of them. */
class JdbcCheckpointsTest {

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
    void aRunThatIsTakenUpAgainFindsItsOpenPagesMarksAndFailures() throws Exception {
        String id = runs.claim().start().id();
        Payload source = Payload.empty(Lineage.ofRun(id));
        List<Payload> pages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Payload page = page(source, i, 3);
            pages.add(page);
            get(runs.checkpoints().page(id, "pull", page, Json.NODES.numberNode(i + 1)));
        }
        Lineage sentOf0 = pages.get(0).lineage().child("map", 0);
        Lineage sentOf1 = pages.get(1).lineage().child("map", 0);
        get(runs.checkpoints().sent(id, "push", sentOf0.text(), null));
        get(runs.checkpoints().sent(id, "push", sentOf1.text(), page(source, 1, 1)));
        get(runs.checkpoints().delivered(id, "pull", pages.get(0), null, true));
        FailedPayload failed = failed(id, pages.get(1), FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(failed));
        get(runs.checkpoints().failed(failed(id, pages.get(2), FailedPayload.State.HELD)));
        runs.crash();
        Progress progress = runs.checkpoints().load(id);
        var pull = progress.pulls().get("pull|" + id);
        assertThat(pull.delivered()).isEqualTo(1);
        assertThat(pull.well()).isTrue();
        assertThat(pull.next()).isEqualTo(Json.NODES.numberNode(3));
        assertThat(pull.open()).hasSize(2);
        assertThat(pull.open().get(0).tree()).isEqualTo(pages.get(1).tree());
        assertThat(pull.open().get(0).recordPath()).isEqualTo(pages.get(1).recordPath());
        assertThat(progress.sent()).containsOnlyKeys("push|" + sentOf1.text());
        assertThat(progress.sent().get("push|" + sentOf1.text()).output()).isNotNull();
        assertThat(progress.failed()).containsOnlyKeys("push|" + pages.get(1).lineage());

        get(runs.checkpoints().page(id, "pull", page(source, 3, 1), null));
        get(runs.checkpoints().delivered(id, "pull", pages.get(1), null, false));
        pull = runs.checkpoints().load(id).pulls().get("pull|" + id);
        assertThat(pull.delivered()).isEqualTo(2);
        assertThat(pull.well()).as("once it is known").isTrue();
        assertThat(pull.next())
                .as("a page without a place to go on keeps the last one")
                .isEqualTo(Json.NODES.numberNode(3));
        assertThat(pull.open()).hasSize(2);
        assertThat(runs.checkpoints().load(id).sent()).isEmpty();
    }

    @Test
    void aRunThatGetsFurtherInEachLifeIsNeverPutAside() throws Exception {
        String id = runs.claim().start().id();
        for (int life = 1; life < 5; life++) {
            runs.crash();
            runs.queue().claim(1);
            runs.checkpoints().load(id);
            get(runs.checkpoints().sent(id, "push", id + "/pull#" + life, null));
        }
        runs.crash();
        assertThat(runs.queue().claim(1)).hasSize(1);
        assertThat(runs.checkpoints().load(id).sent()).hasSize(4);
    }

    @Test
    void deliveringAPageLeavesThePageWhoseNumberBeginsAlike() throws Exception {
        String id = newId();
        Payload source = Payload.empty(Lineage.ofRun(id));
        for (int i : List.of(1, 10)) {
            get(runs.checkpoints().page(id, "pull", page(source, i, 1), null));
            get(runs.checkpoints().sent(id, "push", page(source, i, 1).lineage().text(), null));
        }
        get(runs.checkpoints().delivered(id, "pull", page(source, 1, 1), null, false));
        Progress progress = runs.checkpoints().load(id);
        assertThat(progress.pulls().get("pull|" + id).open()).hasSize(1);
        assertThat(progress.sent()).containsOnlyKeys("push|" + id + "/pull#10");
    }

    @Test
    void theEndOfARunLeavesNothingButItsRecordAndItsFailedPayloads() throws Exception {
        Claim claim = runs.claim();
        String id = claim.start().id();
        Payload big = bigPage(Payload.empty(Lineage.ofRun(id)), 0);
        get(runs.checkpoints().page(id, "pull", big, null));
        get(runs.checkpoints().sent(id, "push", big.lineage().text(), big));
        get(runs.checkpoints().failed(failed(id, big, FailedPayload.State.OPEN)));
        assertThat(runs.files()).isEqualTo(3);
        get(runs.checkpoints().finish(record(id, RunStatus.PARTIAL, NOW), claim));
        assertThat(runs.files()).as("only the failed payload's").isEqualTo(1);
        assertThat(runs.checkpoints().load(id).pulls()).isEmpty();
        FailedPayload kept = runs.history()
                .failed(FailedQuery.of("orders", null), null, 10)
                .data()
                .get(0);
        assertThat(runs.history().failed(kept.id()).orElseThrow().payload().tree())
                .isEqualTo(big.tree());
    }

    @Test
    void aRunWhoseFailedPayloadLostItsFileIsTakenUpAgainAndTriesThatPayloadOnceMore() throws Exception {
        String id = runs.claim().start().id();
        Payload big = bigPage(Payload.empty(Lineage.ofRun(id)), 0);
        get(runs.checkpoints().page(id, "pull", page(Payload.empty(Lineage.ofRun(id)), 0, 1), null));
        FailedPayload lost = failed(id, big, FailedPayload.State.OPEN);
        get(runs.checkpoints().failed(lost));
        runs.crash();
        assertThat(runs.checkpoints().load(id).failed()).containsOnlyKeys("push|" + big.lineage());

        try (Stream<Path> files = Files.list(data.resolve("bodies"))) {
            Files.delete(files.findFirst().orElseThrow());
        }

        Progress progress = runs.checkpoints().load(id);
        assertThat(progress.pulls().get("pull|" + id).open()).isNotEmpty();
        assertThat(progress.failed()).containsOnlyKeys("push|?" + lost.id());
        FailedPayload told = progress.failed().get("push|?" + lost.id());
        assertThat(told.message()).isEqualTo(lost.message());
        assertThat(told.lost()).contains("its file is missing");
    }

    private static Payload bigPage(Payload source, int ordinal) {
        return Payload.of(
                source.lineage().child("pull", ordinal), Json.NODES.arrayNode().add("x".repeat(1_500_000)));
    }
}
