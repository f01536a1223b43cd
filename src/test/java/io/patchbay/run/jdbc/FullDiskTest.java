package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.captured;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.noise;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.queue.Claim;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.SmallDisk;
import io.patchbay.store.StoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A disk that is really full: what is given up first, what is refused, and how the runtime goes on by itself. */
class FullDiskTest {

    private static final int MOST_RUNS = 200;
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    Path temporary;

    private SmallDisk disk;
    private RunsFixture runs;

    @BeforeEach
    void open() throws Exception {
        disk = SmallDisk.mount(temporary.resolve("disk"), 128).orElse(null);
        assumeTrue(disk != null, "mounting is not allowed here");
        runs = new RunsFixture(
                disk.folder().resolve("data"),
                new StoreProperties(null, null, null, 12, DataSize.ofMegabytes(16)),
                new HistoryProperties(Duration.ofDays(30), MOST_RUNS, Duration.ofDays(90), DataSize.ofGigabytes(2)));
    }

    @AfterEach
    void close() throws Exception {
        if (runs != null) {
            runs.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void capturedPayloadsStopFirstAndTheRunSaysSo() throws Exception {
        fillWithCaptures();
        assertThat(runs.store().disk().refusing()).as("intake goes on").isFalse();
        String id = newId();
        runs.history().captured(captured(id, "map", "too much", Duration.ofDays(1)));
        get(runs.checkpoints().finish(record(id, RunStatus.FAILED, NOW), runs.claim()));

        assertThat(runs.history().run(id).orElseThrow().logs())
                .last()
                .satisfies(line -> assertThat(line.text())
                        .isEqualTo("1 captured payloads are not kept: there was too little room on the disk"));
    }

    @Test
    void goesOnByItselfWhenAnotherProgramTookAllRoom() throws Exception {
        List<String> promised = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            promised.add(runs.accept());
        }
        Claim going = runs.queue().claim(1).get(0);
        fillWithCaptures();
        Path file = disk.fill();
        long taken = Files.size(file);
        try {
            runs.accept();
        } catch (Exception refused) {
            assertThat(refused).hasRootCauseInstanceOf(IntakeRefusedException.class);
        }

        await().atMost(LONG).until(() -> !runs.store().disk().refusing());
        get(runs.checkpoints().finish(record(going.start().id(), RunStatus.SUCCEEDED, NOW), going));
        promised.add(runs.accept());
        Set<String> ended = new HashSet<>(Set.of(going.start().id()));
        for (Claim claim : runs.queue().claim(10)) {
            get(runs.checkpoints().finish(record(claim.start().id(), RunStatus.SUCCEEDED, NOW), claim));
            ended.add(claim.start().id());
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(promised);
        assertThat(Files.size(file)).as("what the other program has").isEqualTo(taken);
    }

    @Test
    void prunesAlthoughTheDiskIsFullAndGivesItBack() throws Exception {
        List<RunRecord> known = fillWithCaptures();
        long before = size(disk.folder().resolve("data"));
        Path file = disk.fill();

        await().atMost(LONG)
                .ignoreExceptions() // the database is closed for a moment
                .untilAsserted(() -> assertThat(runs.history()
                                .runs(RunQuery.of(null, null, 500))
                                .data())
                        .hasSize(MOST_RUNS)
                        .extracting(RunRecord::id)
                        .contains(known.get(known.size() - 1).id()));
        assertThat(size(disk.folder().resolve("data"))).isLessThan(before - (10 << 20));
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void refusesWhileThereIsNothingToGiveUp() throws Exception {
        disk.fill();
        await().atMost(LONG).until(() -> runs.store().disk().refusing());
        assertThatThrownBy(() -> runs.accept()).hasRootCauseInstanceOf(IntakeRefusedException.class);
        assertThat(runs.queue().claim(1)).isEmpty();
    }

    private static long size(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(FullDiskTest::length)
                    .sum();
        }
    }

    /** A file may go while it is looked at. */
    private static long length(Path file) {
        return file.toFile().length();
    }

    /** Runs with payloads, one after the other, until no more are captured. */
    private List<RunRecord> fillWithCaptures() throws Exception {
        String noise = noise(200_000);
        List<RunRecord> all = new ArrayList<>();
        while (!runs.store().disk().tight()) {
            RunRecord run = record(newId(), RunStatus.SUCCEEDED, NOW);
            runs.history().captured(captured(run.id(), "map", noise.substring(all.size() % 1000), Duration.ofDays(1)));
            runs.flush();
            get(runs.checkpoints().finish(run, null));
            get(runs.checkpoints().finish(record(newId(), RunStatus.PARTIAL, NOW), null));
            all.add(run);
        }
        return all;
    }
}
