package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Arrival.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Which files a watch takes, when, and in what order. */
class WatchTest extends InboxWatch {

    @Test
    void takesAFileOnceWithItsContentAndName() throws Exception {
        arrivals.put("orders.json", "[{\"n\":1}]");
        Watch watch = arrivals.watch(trigger(null));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.started).singleElement().satisfies(start -> {
            assertThat(start.text()).isEqualTo("[{\"n\":1}]");
            assertThat(start.body().contentType()).isEqualTo("application/json");
            assertThat(start.flow()).isEqualTo("orders");
            assertThat(start.trigger()).isEqualTo("file");
            assertThat(start.meta())
                    .isEqualTo(Map.of(
                            "file.name", "orders.json",
                            "file.path", "orders.json",
                            "file.size", "9",
                            "file.modified", "2026-02-27T08:15:30Z"));
        });
        assertThat(in(".")).containsExactly("orders.json");
    }

    @Test
    void knowsTheMediaTypeByTheEnding() throws Exception {
        for (String ending : List.of("json", "csv", "xml", "ndjson", "dat")) {
            arrivals.put("a." + ending, "1");
        }
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        assertThat(arrivals.started)
                .extracting(start -> start.name() + " " + start.body().contentType())
                .containsExactly(
                        "a.csv text/csv",
                        "a.dat application/octet-stream",
                        "a.json application/json",
                        "a.ndjson application/x-ndjson",
                        "a.xml application/xml");
    }

    @Test
    void leavesAFileThatStillChanges() throws Exception {
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(trigger(null));
        look(watch);
        forward(Duration.ofSeconds(29));
        look(watch);
        assertThat(arrivals.started).isEmpty();

        arrivals.put("a.csv", "1,2");
        forward(Duration.ofSeconds(10));
        look(watch);
        forward(Duration.ofSeconds(29));
        look(watch);
        assertThat(arrivals.started).isEmpty();

        forward(Duration.ofSeconds(1));
        look(watch);
        assertThat(arrivals.started)
                .singleElement()
                .satisfies(start -> assertThat(start.text()).isEqualTo("1,2"));
    }

    @Test
    void takesOnlyWhatThePatternMeans() throws Exception {
        for (String name : List.of("a.csv", "b.json", "c.txt", ".hidden.csv")) {
            arrivals.put(name, "1");
        }
        arrivals.settleAndLook(arrivals.watch(patterned("*.{csv,json}", null)));

        assertThat(arrivals.names()).containsExactly("a.csv", "b.json");
    }

    @Test
    void doesNotTakeAFileThatGrowsBetweenListingAndReading() throws Exception {
        arrivals.put("a.csv", "1");
        FileArrivals.Parts parts = arrivals.parts(
                what -> new Arrivals.Passing(arrivals.folder(what)) {
                    @Override
                    public void read(String path, Sink sink, Call call) throws StepException {
                        append(arrivals.inbox.resolve(path));
                        super.read(path, sink, call);
                    }
                },
                "replica-1");
        arrivals.settleAndLook(arrivals.watch(trigger(null), parts));
        assertThat(arrivals.started).isEmpty();

        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        assertThat(arrivals.started).extracting(Arrivals.Started::text).containsExactly("1,2");
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "1,2");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void putThreeOfDifferentAge() throws Exception {
        arrivals.put("b.csv", "1", EARLIER);
        arrivals.put("a.csv", "1", EARLIER.plusSeconds(2));
        arrivals.put("c.csv", "1", EARLIER.plusSeconds(1));
    }

    @Test
    void takesFilesInTheWantedOrder() throws Exception {
        putThreeOfDifferentAge();
        arrivals.settleAndLook(arrivals.watch(trigger(null)));
        assertThat(arrivals.names()).containsExactly("a.csv", "b.csv", "c.csv");
    }

    @Test
    void takesTheOldestFirst() throws Exception {
        putThreeOfDifferentAge();
        arrivals.settleAndLook(arrivals.watch(trigger("inbox", Order.OLDEST, DataSize.ofMegabytes(1), null)));
        assertThat(arrivals.names()).containsExactly("b.csv", "c.csv", "a.csv");
    }

    @Test
    void takesTheNewestFirst() throws Exception {
        putThreeOfDifferentAge();
        arrivals.settleAndLook(arrivals.watch(trigger("inbox", Order.NEWEST, DataSize.ofMegabytes(1), null)));
        assertThat(arrivals.names()).containsExactly("a.csv", "c.csv", "b.csv");
    }

    @Test
    void takesSoManyAtATimeAndAsksToGoOn() throws Exception {
        for (int i = 0; i <= Watch.MOST_TAKEN; i++) {
            Files.writeString(arrivals.inbox.resolve("f" + i + ".csv"), "1");
        }
        Watch watch = arrivals.watch(trigger(null));
        watch.look(new Look());
        forward(Duration.ofSeconds(30));

        assertThat(watch.look(new Look())).isTrue();
        assertThat(arrivals.started).hasSize(Watch.MOST_TAKEN);
        assertThat(watch.look(new Look())).isFalse();
        assertThat(arrivals.started).hasSize(Watch.MOST_TAKEN + 1);
    }

    @Test
    void saysOnceThatAFolderIsMissingAndGoesOnWhenItIsThere() throws Exception {
        Files.delete(arrivals.inbox);
        Watch watch = arrivals.watch(trigger(null));
        List<String> said = new ArrayList<>();
        Handler handler = handler(said);
        java.util.logging.Logger log = java.util.logging.Logger.getLogger(FileArrivals.class.getName());
        log.addHandler(handler);
        try {
            look(watch);
            look(watch);
            look(watch);
            Files.createDirectories(arrivals.inbox);
            arrivals.put("a.csv", "1");
            arrivals.settleAndLook(watch);
        } finally {
            log.removeHandler(handler);
        }

        assertThat(said.stream().filter(line -> line.startsWith("WARNING"))).hasSize(1);
        assertThat(said).anyMatch(line -> line.startsWith("INFO") && line.contains("no more"));
        assertThat(arrivals.names()).containsExactly("a.csv");
    }

    private static Handler handler(List<String> said) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void streamsALargeFileIntoAStoredBody() throws Exception {
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(arrivals.inbox.resolve("large.ndjson"))) {
            for (int i = 0; i < 50; i++) {
                java.util.Arrays.fill(block, (byte) ('a' + i % 26));
                out.write(block);
            }
        }
        arrivals.settleAndLook(arrivals.watch(trigger(null)));

        Body.Stored body = (Body.Stored) arrivals.started.get(0).body();
        assertThat(body.size()).isEqualTo(50L << 20);
        assertThat(body.contentType()).isEqualTo("application/x-ndjson");
        assertThat(Files.mismatch(body.file(), arrivals.inbox.resolve("large.ndjson")))
                .isEqualTo(-1);
    }
}
