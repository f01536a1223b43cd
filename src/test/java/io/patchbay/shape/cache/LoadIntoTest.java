package io.patchbay.shape.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.cache.LoadFromCacheShape.LoadFromCacheSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadIntoTest {

    private final FakeAttempt attempt = new FakeAttempt();
    private int reads;

    @Test
    void leavesNoCopyInAFileBehind(@TempDir Path folder) throws Exception {
        Payload given = records(3);

        Payload made = load(given, keys -> inFile(folder, keys, keys.equals("1") ? 2_000_000 : 10));

        assertThat(made.records()).hasSize(2);
        assertThat(made.records().get(0).at("/found/text").asText()).hasSize(10);
        assertThat(attempt.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(failed.why()).hasMessageContaining("'into' puts at most 1000000");
        });
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void boundsWhatTheRecordsOfAPayloadGetTogether() throws Exception {
        Payload large = text(900_000);

        Payload made = load(records(100), keys -> large);

        assertThat(made.records()).hasSize(71);
        assertThat(attempt.failed())
                .hasSize(29)
                .allSatisfy(failed ->
                        assertThat(failed.why()).hasMessageContaining("more than 64 MB out of the cache together"));
    }

    @Test
    void remembersNoMoreThanFitsIntoMemory() throws Exception {
        ArrayNode twice = Json.NODES.arrayNode();
        for (int i = 0; i < 60; i++) {
            twice.addObject().put("id", i % 30);
        }

        load(Payload.of(new Lineage("p"), twice), keys -> text(900_000));

        assertThat(reads).isEqualTo(30 + (30 - 17));
    }

    private Payload load(Payload given, Function<String, Payload> stored) throws StepException {
        LoadFromCacheSettings settings = settings();
        LoadInto.Finds finds = new LoadInto.Finds() {
            @Override
            public Optional<Payload> find(KeyPattern keys) {
                reads++;
                return Optional.of(stored.apply(keys.prefix()));
            }

            @Override
            public StepException miss(KeyPattern keys) {
                return new StepException(Owner.AUTHOR, "CACHE_MISS", "nothing");
            }
        };
        return new LoadInto(settings, Objects.requireNonNull(settings.into()), finds).apply(given, attempt);
    }

    private static LoadFromCacheSettings settings() {
        Problems problems = new Problems();
        Node node = new YamlReader()
                .read("x.yaml", "{ cache: c, key: \"${record.id}\", into: found }", problems)
                .orElseThrow();
        LoadFromCacheSettings settings = new Binder(Map.of()).bind(node, LoadFromCacheSettings.class, problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(settings);
    }

    private static Payload records(int count) {
        ArrayNode records = Json.NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            records.addObject().put("id", i);
        }
        return Payload.of(new Lineage("p"), records);
    }

    private static Payload text(int length) {
        JsonNode tree = Json.NODES.objectNode().put("text", "x".repeat(length));
        return Payload.of(new Lineage(""), tree);
    }

    private static Payload inFile(Path folder, String key, int length) {
        try {
            Path file = Files.write(folder.resolve(key + ".spill"), text(length).bytes());
            Body body = new Body.Stored(file, "application/json", Files.size(file));
            return new Payload(new Lineage(""), body, RecordPath.ROOT, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
