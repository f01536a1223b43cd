package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.CacheWrite.How;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What caches promise, whatever database they are in. */
abstract class CachesContract {

    private static final CacheSpace SHARED =
            new CacheSpace("stock", rules(Scope.COMPANY, DataSize.ofMegabytes(50), 1_000), "");

    @TempDir
    Path data;

    final SettableClock clock = new SettableClock();
    private Store one;
    private Store two;
    private JdbcCaches caches;
    private JdbcCaches others;

    /** Opens a program on the database; the second one may be the first one again, where only one can have it open. */
    abstract Store open(Path folder) throws Exception;

    abstract boolean shared();

    @BeforeEach
    void openBoth() throws Exception {
        one = open(data.resolve("one"));
        two = shared() ? open(data.resolve("two")) : one;
        caches = new JdbcCaches(one, clock);
        others = new JdbcCaches(two, clock);
    }

    @AfterEach
    void closeBoth() throws Exception {
        caches.delete(SHARED, KeyPattern.ALL);
        one.close();
        if (shared()) {
            two.close();
        }
    }

    @Test
    void replacesWhatStandsUnderAKey() throws Exception {
        put(SHARED, "a", "{\"n\":1}");
        put(SHARED, "a", "{\"n\":2}");

        assertThat(read(SHARED, "a")).hasToString("[{\"n\":2}]");
        assertThat(caches.kept().spaces("stock", null, 10))
                .singleElement()
                .satisfies(space -> assertThat(space.entries()).isEqualTo(1));
    }

    @Test
    void losesNothingThatTwoProgramsAppendAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            JdbcCaches by = thread % 2 == 0 ? caches : others;
            int first = thread * 50;
            all.add(threads.submit(() -> {
                for (int i = first; i < first + 50; i++) {
                    by.write(SHARED, List.of(append("list", "[" + i + "]"), add("sum", i)), null, null);
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        List<Integer> values = new ArrayList<>();
        read(SHARED, "list").forEach(value -> values.add(value.get(0).asInt()));
        assertThat(values).hasSize(400).doesNotHaveDuplicates();
        assertThat(read(SHARED, "sum")).hasToString("[" + (399 * 400 / 2) + "]");
    }

    @Test
    void makesAChangeOfARunOnceHoweverOftenItIsAsked() throws Exception {
        Caches.Maker maker = new Caches.Maker("run-1", "kept|run-1/pull#0|0");
        for (int i = 0; i < 3; i++) {
            caches.write(SHARED, List.of(append("list", "[1]"), add("sum", 5)), null, maker);
        }
        caches.write(SHARED, List.of(append("list", "[1]")), null, new Caches.Maker("run-2", maker.mark()));

        assertThat(read(SHARED, "list")).hasToString("[[1],[1]]");
        assertThat(read(SHARED, "sum")).hasToString("[5]");
    }

    @Test
    void makesAllChangesOrNone() throws Exception {
        put(SHARED, "text", "\"no number\"");

        assertThatThrownBy(() -> caches.write(SHARED, List.of(append("a", "[1]"), add("text", 1)), null, null))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("key 'text' of cache 'stock' holds no number");
        assertThat(caches.find(SHARED, "a")).isEmpty();
    }

    @Test
    void refusesWhatIsMoreThanItsBoundsAndMakesRoomByWhatIsPastItsTime() throws Exception {
        CacheSpace small = new CacheSpace("small", rules(Scope.COMPANY, DataSize.ofBytes(1_600), 3), "");
        String large = "\"" + "x".repeat(700) + "\"";
        put(small, "a", large);

        assertThatThrownBy(() -> put(small, "b", large))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("cache 'small' would have ")
                .hasMessageContaining("bytes, more than its 1600B; declare 'most'");
        clock.forward(Duration.ofDays(2));
        put(small, "b", large);
        assertThat(caches.find(small, "a")).isEmpty();
        put(small, "c", "1");
        put(small, "d", "1");
        assertThatThrownBy(() -> put(small, "e", "1")).hasMessageContaining("4 entries, more than its 3");
        assertThat(caches.delete(small, KeyPattern.ALL)).isEqualTo(3);
        assertThat(caches.kept().spaces("small", null, 10)).isEmpty();
    }

    @Test
    void keepsLargeBodiesInFilesAndGivesThemUpWithTheEntry() throws Exception {
        Path from = Files.writeString(data.resolve("large.json"), "[" + "{\"n\":1},".repeat(30_000) + "{\"n\":2}]");
        Body.Stored body = new Body.Stored(from, "application/json", Files.size(from), 30_001);
        Payload large = new Payload(new Lineage("x"), body, RecordPath.ROOT_LIST, Map.of("page", "1"));
        caches.write(SHARED, List.of(new CacheWrite("big", How.PUT, large, null)), null, null);
        assertThat(files()).isEqualTo(1);

        CacheEntry entry = others.find(SHARED, "big").orElseThrow();
        Payload read = caches.part(entry, 0, data.resolve("spill")).orElseThrow();
        caches.delete(SHARED, KeyPattern.exactly("big"));

        assertThat(read.body()).isInstanceOf(Body.Stored.class);
        assertThat(read.recordCount()).isEqualTo(30_001);
        assertThat(Files.size(((Body.Stored) read.body()).file())).isEqualTo(Files.size(from));
        await().untilAsserted(() -> assertThat(files()).isZero());
    }

    @Test
    void listsKeysInOrderByWildcardsAndFromAKeyOn() throws Exception {
        for (String key : List.of("order-2", "order-1", "order-%", "order*x", "other")) {
            put(SHARED, key, "1");
        }

        assertThat(keys(KeyPattern.parse("order-*"), null)).containsExactly("order-%", "order-1", "order-2");
        assertThat(keys(KeyPattern.parse("order-*"), "order-1")).containsExactly("order-2");
        assertThat(keys(KeyPattern.parse("order\\**"), null)).containsExactly("order*x");
        assertThat(keys(KeyPattern.parse("*1"), null)).containsExactly("order-1");
        assertThat(keys(KeyPattern.parse("order-%"), null)).containsExactly("order-%");
    }

    @Test
    void startsPagesAnewWithEachRun() throws Exception {
        for (String run : List.of("run-1", "run-2")) {
            for (int i = 0; i < 2; i++) {
                Payload page = Payload.of(new Lineage("x"), Json.MAPPER.readTree("\"" + run + "\""));
                CacheWrite write = new CacheWrite("pages", How.PAGE, page, null);
                caches.write(SHARED, List.of(write), null, new Caches.Maker(run, "p|" + i));
            }
        }

        assertThat(read(SHARED, "pages")).hasToString("[\"run-2\",\"run-2\"]");
    }

    @Test
    void givesAKeyToOneMakerAtATime() throws Exception {
        Caches.Maker first = new Caches.Maker("run-1", "run-1/pull#0");
        Caches.Maker second = new Caches.Maker("run-1", "run-1/pull#1");
        Caches.Maker other = new Caches.Maker("run-2", "run-2");
        assertThat(caches.claimed(SHARED, "a", first)).isFalse();
        assertThat(caches.claim(SHARED, "a", first, Duration.ofSeconds(30))).isTrue();
        assertThat(others.claimed(SHARED, "a", first)).as("its own").isFalse();
        assertThat(others.claimed(SHARED, "a", second))
                .as("another payload of the run")
                .isTrue();
        assertThat(others.claim(SHARED, "a", second, Duration.ofSeconds(30))).isFalse();
        assertThat(others.claim(SHARED, "a", other, Duration.ofSeconds(30))).isFalse();
        assertThat(caches.claim(SHARED, "a", first, Duration.ofSeconds(30))).isTrue();
        others.release(SHARED, "a", other);
        assertThat(others.claimed(SHARED, "a", other)).isTrue();

        clock.forward(Duration.ofSeconds(31));
        assertThat(others.claimed(SHARED, "a", other)).isFalse();
        assertThat(others.claim(SHARED, "a", other, Duration.ofSeconds(30))).isTrue();
        others.release(SHARED, "a", other);
        assertThat(caches.claim(SHARED, "a", first, Duration.ofSeconds(30))).isTrue();
        caches.sweep().free("run-10");
        assertThat(others.claimed(SHARED, "a", other)).isTrue();
        caches.sweep().free("run-1");
        assertThat(others.claimed(SHARED, "a", other)).isFalse();
    }

    @Test
    void freesWhatIsPastItsTimeAndWhatARunHad() throws Exception {
        CacheSpace ofRun = new CacheSpace("parts", CacheRules.DEFAULT, "run-7");
        caches.write(ofRun, List.of(append("a", "[1]")), null, new Caches.Maker("run-7", "m"));
        put(SHARED, "old", "1");
        clock.forward(Duration.ofHours(25));
        put(SHARED, "new", "1");

        caches.sweep().sweep(clock.instant());
        assertThat(caches.kept().spaces(null, null, 100))
                .extracting("cache", "entries")
                .contains(
                        org.assertj.core.groups.Tuple.tuple("stock", 1L),
                        org.assertj.core.groups.Tuple.tuple("parts", 1L));
        assertThat(caches.wrote("run-7")).isTrue();
        caches.sweep().free("run-7");

        assertThat(caches.kept().spaces("parts", null, 10)).isEmpty();
        assertThat(caches.find(ofRun, "a")).isEmpty();
    }

    private static CacheRules rules(Scope scope, DataSize most, int entries) {
        return new CacheRules(scope, Duration.ofDays(1), most, entries);
    }

    private List<String> keys(KeyPattern pattern, String after) throws StepException {
        return caches.list(SHARED, pattern, after, 10).stream()
                .map(CacheEntry::key)
                .toList();
    }

    private long files() throws Exception {
        try (Stream<Path> all = Files.list(data.resolve("one/bodies"))) {
            return all.count();
        }
    }

    private void put(CacheSpace space, String key, String json) throws Exception {
        Payload payload = Payload.of(new Lineage("x"), Json.MAPPER.readTree(json));
        caches.write(space, List.of(new CacheWrite(key, How.PUT, payload, null)), null, null);
    }

    private static CacheWrite append(String key, String json) throws Exception {
        return new CacheWrite(key, How.APPEND, Payload.of(new Lineage("x"), Json.MAPPER.readTree(json)), null);
    }

    private static CacheWrite add(String key, int number) {
        return new CacheWrite(key, How.ADD, null, BigDecimal.valueOf(number));
    }

    /** The parts of an entry as the other program sees them. */
    private JsonNode read(CacheSpace space, String key) throws Exception {
        CacheEntry entry = others.find(space, key).orElseThrow();
        var parts = Json.NODES.arrayNode();
        for (int i = 0; i < entry.parts(); i++) {
            parts.add(others.part(entry, i, data).orElseThrow().tree());
        }
        return parts;
    }
}
