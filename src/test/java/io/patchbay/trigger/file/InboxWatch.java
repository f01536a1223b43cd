package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.trigger;

import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FileArrival.Then;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of watches on a folder of this machine share; the clock goes when the test says so. */
abstract class InboxWatch {

    static final Instant EARLIER = Instant.parse("2026-02-27T08:00:00Z");

    @TempDir
    Path home;

    Arrivals arrivals;

    @BeforeEach
    void open() throws Exception {
        arrivals = new Arrivals(home);
    }

    @AfterEach
    void close() throws Exception {
        arrivals.close();
    }

    void look(Watch watch) {
        watch.look(new Look());
    }

    void forward(Duration by) {
        arrivals.clock.forward(by);
    }

    /** A watch on all of the inbox that has taken {@code a.csv}. */
    Watch watchThatTookAFile(Then then) throws IOException {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(then));
        arrivals.settleAndLook(watch);
        return watch;
    }

    /** Ends the run of {@code a.csv}, and lets the watch see it. */
    void endAndLook(Watch watch, Outcome outcome) {
        arrivals.end("a.csv", outcome);
        look(watch);
    }

    /** The names of the files in a folder of the inbox. */
    List<String> in(String folder) throws IOException {
        Path path = arrivals.inbox.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static FileArrival patterned(String pattern, Then then) {
        FileArrival all = trigger(then);
        return new FileArrival(
                all.instance(),
                all.path(),
                pattern,
                all.order(),
                all.every(),
                all.stableFor(),
                null,
                all.maxSize(),
                then);
    }
}
