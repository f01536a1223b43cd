package io.patchbay.route.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {

    @TempDir
    Path home;

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Generations generations;

    @BeforeEach
    void first() {
        generations = new Generations(List.of(home), FolderLimits.DEFAULT, snapshots::add, nanos::get);
        generations.first();
        snapshots.clear();
    }

    @Test
    void takesFilesThatAreWrittenOneAfterTheOtherAsOneGeneration() throws IOException {
        for (int i = 0; i < 200; i++) {
            write("routes/f" + i + ".flow.yaml", "flow: f" + i);
            if (i % 50 == 0) {
                generations.look();
            }
        }
        generations.look();
        generations.look();

        assertThat(snapshots)
                .singleElement()
                .satisfies(all -> assertThat(all.files()).hasSize(200));
    }

    @Test
    void takesNoFileThatIsStillBeingWritten() throws IOException {
        write("routes/a.flow.yaml", "flow:");
        generations.look();
        write("routes/a.flow.yaml", "flow: a and");
        generations.look();
        write("routes/a.flow.yaml", "flow: a and more");
        generations.look();
        assertThat(snapshots).isEmpty();

        generations.look();

        assertThat(last()).containsExactly("flow: a and more");
    }

    @Test
    void takesWhatIsAtRestWhenAnotherFileGoesOnChangingForASecond() throws IOException {
        write("routes/done.flow.yaml", "flow: done");
        write("routes/slow.flow.yaml", "flow:");
        generations.look();
        write("routes/slow.flow.yaml", "flow: s");
        generations.look();
        assertThat(snapshots).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        write("routes/slow.flow.yaml", "flow: slo");

        generations.look();

        assertThat(last()).containsExactly("flow: done");
        generations.look();
        generations.look();
        assertThat(last()).containsExactly("flow: done", "flow: slo");
    }

    @Test
    void keepsTheOldTextOfAFileThatGoesOnChanging() throws IOException {
        write("routes/slow.flow.yaml", "flow: old");
        generations.look();
        generations.look();
        write("routes/done.flow.yaml", "flow: done");
        write("routes/slow.flow.yaml", "flow: new");
        generations.look();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        write("routes/slow.flow.yaml", "flow: newer");

        generations.look();

        assertThat(last()).containsExactly("flow: done", "flow: old");
    }

    @Test
    void saysNothingWhenAFileIsTouchedOnly() throws IOException {
        Path file = write("routes/a.flow.yaml", "flow: a");
        generations.look();
        generations.look();
        snapshots.clear();

        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_000));
        generations.look();
        generations.look();

        assertThat(snapshots).isEmpty();
    }

    private List<String> last() {
        return snapshots.get(snapshots.size() - 1).files().stream()
                .map(SourceFile::text)
                .toList();
    }

    private Path write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
