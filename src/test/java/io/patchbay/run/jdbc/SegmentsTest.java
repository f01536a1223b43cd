package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.captured;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static io.patchbay.run.jdbc.RunsFixture.newId;
import static io.patchbay.run.jdbc.RunsFixture.noise;
import static io.patchbay.run.jdbc.RunsFixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Captured payloads in segment files: how they lie, and how they go. */
class SegmentsTest {

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
    void manyPayloadsOfManyRunsLieInOneSmallFile() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String id = newId();
            ids.add(id);
            capture(
                    id,
                    "{\"order\": " + i + ", \"customer\": \"Ada Lovelace\", \"city\": \"London\"}".repeat(4),
                    Duration.ofDays(3));
        }
        runs.flush();
        assertThat(segments()).hasSize(1);
        assertThat(Files.size(segments().get(0))).isLessThan(500 * 100);
        assertThat(texts(ids.get(17))).singleElement().asString().contains("\"order\": 17,");
        runs.crash();
        assertThat(texts(ids.get(499))).singleElement().asString().contains("\"order\": 499,");
    }

    @Test
    void bytesThatManyPayloadsShareStandOnce() throws Exception {
        String id = newId();
        CapturedPayload one = captured(id, "map", noise(100_000), Duration.ofDays(1));
        for (int i = 0; i < 2; i++) {
            runs.history().captured(one);
        }
        runs.flush();
        assertThat(texts(id)).hasSize(2).allMatch(text -> text.length() == 100_000);
        assertThat(Files.size(segments().get(0))).isLessThan(110_000);
    }

    @Test
    void aSegmentGoesWholeWhenItsLastPayloadIsPastItsTime() throws Exception {
        String id = newId();
        capture(id, "soon gone", Duration.ofMinutes(10));
        capture(id, "stays", Duration.ofDays(30));
        runs.flush();
        assertThat(segments()).hasSize(2);
        runs.history().sweep(Instant.now().plus(Duration.ofMinutes(11)));
        assertThat(segments()).hasSize(1);
        assertThat(texts(id)).containsExactly("stays");
    }

    @Test
    void theOldestSegmentsGoBeyondTheBound() throws Exception {
        runs.close();
        runs.open(new HistoryProperties(Duration.ofDays(30), 100, Duration.ofDays(90), DataSize.ofKilobytes(300)));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(newId());
            capture(ids.get(i), i + noise(80_000), Duration.ofDays(1));
            runs.flush();
        }
        runs.history().sweep(NOW);
        long left = 0;
        for (Path segment : segments()) {
            left += Files.size(segment);
        }
        assertThat(left).isBetween(80_000L, 300L * 1024);
        assertThat(texts(ids.get(0))).isEmpty();
        assertThat(texts(ids.get(9))).hasSize(1);
    }

    @Test
    void aSegmentGoesWithTheLastRunThatIsInIt() throws Exception {
        runs.close();
        runs.open(new HistoryProperties(Duration.ofDays(30), 1, Duration.ofDays(90), DataSize.ofKilobytes(1600)));
        ended("old");
        runs.crash(); // its segment takes no more
        runs.close();
        runs.open(new HistoryProperties(Duration.ofDays(30), 1, Duration.ofDays(90), DataSize.ofKilobytes(1600)));
        String young = ended("young");
        assertThat(segments()).hasSize(2);
        runs.history().sweep(NOW);
        runs.history().sweep(NOW);
        assertThat(segments()).hasSize(1);
        assertThat(texts(young)).containsExactly("young");
    }

    @Test
    void aSegmentOfWhichLittleIsMeantIsWrittenAnew() throws Exception {
        String keeps = newId();
        capture(keeps, "kept" + noise(10_000), Duration.ofDays(3));
        for (int i = 0; i < 20; i++) {
            capture(newId(), noise(50_000 + i), Duration.ofDays(3));
        }
        runs.flush();
        runs.crash();
        Path before = segments().get(0);
        long size = Files.size(before);
        try (Connection connection = runs.store().database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from captured_block where run_id <> '" + keeps + "'");
        }
        runs.history().sweep(NOW);

        assertThat(segments()).hasSize(1).doesNotContain(before);
        assertThat(Files.size(segments().get(0))).isLessThan(size / 10);
        assertThat(texts(keeps)).singleElement().asString().startsWith("kept");
    }

    @Test
    void whatACrashToreIsLeftOutAndTheRestIsRead() throws Exception {
        String whole = newId();
        String torn = newId();
        capture(whole, "whole", Duration.ofDays(1));
        runs.flush();
        capture(torn, "torn", Duration.ofDays(1));
        runs.flush();
        Path segment = segments().get(0);
        long size = Files.size(segment);
        runs.crash();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(size - 3);
            file.write(0x55);
        }
        assertThat(texts(whole)).containsExactly("whole");
        assertThat(texts(torn)).isEmpty();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(size - 3);
        }
        assertThat(texts(whole)).containsExactly("whole");
        assertThat(texts(torn)).isEmpty();
    }

    @Test
    void aFileThatNobodyNamesGoesAfterAnHourAndOneThatIsGoneIsForgotten() throws Exception {
        String id = newId();
        capture(id, "here", Duration.ofDays(1));
        runs.flush();
        Path orphan = segments().get(0).resolveSibling("019ad3000000-0a1b2c3d-1-4320m.segment");
        Path foreign = segments().get(0).resolveSibling("notes.txt");
        Files.writeString(orphan, "x");
        Files.writeString(foreign, "of somebody");
        runs.history().sweep(NOW);
        assertThat(orphan).exists();
        Files.setLastModifiedTime(orphan, FileTime.from(NOW.minus(Duration.ofHours(2))));
        runs.history().sweep(NOW);
        assertThat(orphan).doesNotExist();
        assertThat(foreign).exists();

        runs.crash();
        Files.delete(segments().stream()
                .filter(each -> !each.equals(foreign))
                .findFirst()
                .orElseThrow());
        runs.history().sweep(NOW);
        assertThat(texts(id)).isEmpty();
    }

    @Test
    void whatANodeThatIsGoneCapturedIsForgottenAfterItsTimeAndCountsForNothing() throws Exception {
        String id = newId();
        capture(id, "here", Duration.ofDays(30));
        runs.flush();
        sql("insert into captured_segment values ('000000000001-gone-1-60m', 'another', 'file',"
                + " dateadd(day, 2, now()), 1000000000000)");
        sql("insert into captured_block values ('x', '000000000001-gone-1-60m', 0, 10, 10, dateadd(day, 2, now()))");
        runs.history().sweep(NOW);
        assertThat(count("captured_segment")).isEqualTo(2);
        assertThat(texts(id)).containsExactly("here");

        runs.history().sweep(NOW.plus(Duration.ofDays(3)));
        assertThat(count("captured_segment")).isEqualTo(1);
        assertThat(count("captured_block")).isEqualTo(1);
    }

    @Test
    void aRunSaysThatItsPayloadsCouldNotBeWritten() throws Exception {
        RunRecord run = record(newId(), RunStatus.SUCCEEDED, NOW);
        sql("alter table captured_block rename to away");
        capture(run.id(), "lost", Duration.ofDays(1));
        runs.flush();
        sql("alter table away rename to captured_block");
        get(runs.checkpoints().finish(run, null));
        runs.flush();

        assertThat(runs.history().run(run.id()).orElseThrow().logs())
                .last()
                .extracting(RunRecord.LogLine::text)
                .isEqualTo("1 captured payloads are not kept: they could not be written");
    }

    @Test
    void payloadsThatOlderVersionsKeptInRowsAreRead() throws Exception {
        String id = newId();
        try (Connection connection = runs.store().database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into captured_payload (run_id, taken, shape, direction, lineage, content_type,"
                            + " size, kept, taken_at, expires_at, about) values ('" + id + "', 1, 'map', 'out', '" + id
                            + "', 'text/plain', 3, 3, now(), dateadd(day, 1, now()), null)");
            statement.executeUpdate("insert into captured_bytes values ('" + id + "', 1, x'6f6c64')");
        }
        capture(id, "new", Duration.ofDays(1));
        runs.flush();
        assertThat(texts(id)).containsExactly("old", "new");
    }

    private void sql(String text) throws Exception {
        try (Connection connection = runs.store().database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(text);
        }
    }

    private int count(String table) throws Exception {
        try (Connection connection = runs.store().database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String ended(String text) throws Exception {
        RunRecord run = record(newId(), RunStatus.SUCCEEDED, NOW);
        get(runs.checkpoints().finish(run, null));
        capture(run.id(), text, Duration.ofDays(3));
        runs.flush();
        return run.id();
    }

    private void capture(String run, String text, Duration keep) {
        runs.history().captured(captured(run, "map", text, keep));
    }

    private List<String> texts(String run) {
        return runs.history().payloads(run, null, true).stream()
                .map(each -> new String(each.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<Path> segments() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("captured"))) {
            return files.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList();
        }
    }
}
