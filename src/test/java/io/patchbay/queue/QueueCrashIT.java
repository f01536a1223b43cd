package io.patchbay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that accepts, again and again on the same folder, and holds its ledger against the queue. */
class QueueCrashIT {

    @TempDir
    Path data;

    @TempDir
    Path notes;

    @Test
    void nothingAcceptedIsLostAndNothingEndedComesBackOverSixKills() throws Exception {
        kill(6, System.nanoTime());
    }

    @Test
    @Tag("long")
    void nothingAcceptedIsLostAndNothingEndedComesBackOverAThousandKills() throws Exception {
        kill(1_000, System.nanoTime());
    }

    @Test
    void aSecondProgramOnTheSameFolderIsTurnedAwayWithASentence() throws Exception {
        Process first = start(notes.resolve("ledger"));
        try (BufferedReader out = new BufferedReader(new InputStreamReader(first.getInputStream()))) {
            assertThat(out.lines().anyMatch("READY"::equals)).isTrue();
            assertThatThrownBy(() -> Store.open(StoreProperties.embedded(), data, Clock.systemUTC()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process uses this folder");
        } finally {
            first.destroyForcibly().waitFor();
        }
        Store.open(StoreProperties.embedded(), data, Clock.systemUTC()).close();
    }

    private void kill(int times, long seed) throws Exception {
        Random random = new Random(seed);
        Path ledger = notes.resolve("ledger");
        for (int i = 0; i < times; i++) {
            Process process = start(ledger);
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                assertThat(out.lines().anyMatch("READY"::equals))
                        .as("seed %d, kill %d: began", seed, i)
                        .isTrue();
                assertThat(process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS))
                        .as("seed %d, kill %d: ended by itself", seed, i)
                        .isFalse();
            } finally {
                // SIGKILL
                process.destroyForcibly().waitFor();
            }
            if (times < 100 || i % 20 == 19) {
                check(ledger, "seed " + seed + ", kill " + i);
            }
        }
        check(ledger, "seed " + seed);
        assertThat(noted(ledger, "A")).as("the test did something").isNotEmpty();
        assertThat(noted(ledger, "D")).as("the test did something").isNotEmpty();
    }

    private Process start(Path ledger) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcceptingProcess.class.getName(),
                        data.toString(),
                        ledger.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void check(Path ledger, String what) throws Exception {
        Set<String> accepted = noted(ledger, "A");
        Set<String> perhapsEnded = noted(ledger, "E");
        Set<String> ended = noted(ledger, "D");
        Set<String> there = new HashSet<>();
        try (Store store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC())) {
            for (QueuedStart.State state : QueuedStart.State.values()) {
                String after = null;
                List<QueuedStart> part;
                do {
                    part = queue.lists().list(null, state, after, 1_000);
                    for (QueuedStart start : part) {
                        assertThat(there.add(start.id()))
                                .as("%s: twice in lists", what)
                                .isTrue();
                        after = start.id();
                    }
                } while (part.size() == 1_000);
            }
            assertThat(queue.queued().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("%s: counts", what)
                    .isEqualTo(there.size() - quarantined(queue));
        }
        Set<String> lost = new HashSet<>(accepted);
        lost.removeAll(there);
        lost.removeAll(perhapsEnded);
        assertThat(lost).as("%s: lost", what).isEmpty();
        ended.retainAll(there);
        assertThat(ended).as("%s: ended and back again", what).isEmpty();
    }

    private static int quarantined(TableQueue queue) {
        return queue.lists()
                .list(null, QueuedStart.State.QUARANTINED, null, 1_000)
                .size();
    }

    private static Set<String> noted(Path ledger, String what) throws IOException {
        try (Stream<String> lines = Files.lines(ledger)) {
            return new HashSet<>(lines.filter(line -> line.startsWith(what + " "))
                    .map(line -> line.substring(2))
                    .toList());
        }
    }
}
