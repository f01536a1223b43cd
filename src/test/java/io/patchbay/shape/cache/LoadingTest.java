package io.patchbay.shape.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.CacheRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    private static final CacheSpace SPACE = new CacheSpace("stock", CacheRules.DEFAULT, "f");

    @TempDir
    private Path folder;

    private final Kept kept = new Kept();

    private Loading bounded() {
        return new Loading(kept, folder, bytes -> {
            if (bytes > 1_000_000) {
                throw new StepException(Owner.LIMIT, "TOO_LARGE", "more than 1000000");
            }
        });
    }

    @Test
    void whatIsTooMuchTogetherIsNotGatheredFirst() throws Exception {
        kept.entries = entries(5_000, CacheEntry.Kind.VALUE, 1, 10_000);

        assertThatThrownBy(() -> bounded().all(SPACE, KeyPattern.ALL)).hasMessageContaining("more than 1000000");

        assertThat(kept.parts).isEqualTo(100);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsTooMuchAloneIsNotRead() {
        kept.entries = entries(1, CacheEntry.Kind.LIST, 400, 40_000_000);

        assertThatThrownBy(() -> bounded().one(SPACE, "0")).hasMessageContaining("more than 1000000");
        kept.entries = entries(1, CacheEntry.Kind.VALUE, 1, 40_000_000);
        assertThatThrownBy(() -> bounded().one(SPACE, "0")).hasMessageContaining("more than 1000000");

        assertThat(kept.parts).isZero();
    }

    @Test
    void whatFitsIsRead() throws Exception {
        kept.entries = entries(100, CacheEntry.Kind.VALUE, 1, 10_000);

        assertThat(bounded().all(SPACE, KeyPattern.ALL).orElseThrow().records()).hasSize(100);
        assertThat(bounded().one(SPACE, "7").orElseThrow().records()).hasToString("[{\"n\":1}]");
    }

    @Test
    void whatWentMeanwhileIsNotCounted() throws Exception {
        kept.entries = entries(150, CacheEntry.Kind.VALUE, 1, 10_000);
        kept.gone = 60;

        assertThat(bounded().all(SPACE, KeyPattern.ALL).orElseThrow().records()).hasSize(90);
    }

    private static List<CacheEntry> entries(int count, CacheEntry.Kind kind, int parts, long bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new CacheEntry("id" + i, "" + i, kind, parts, bytes, Instant.EPOCH, Instant.MAX))
                .toList();
    }

    /** Entries whose parts are small, whatever is said of them. */
    private static final class Kept implements Caches {
        private List<CacheEntry> entries = List.of();
        private int parts;
        private int gone;

        @Override
        public Optional<CacheEntry> find(CacheSpace space, String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most) {
            int from = after == null ? 0 : Integer.parseInt(after) + 1;
            return entries.subList(from, Math.min(entries.size(), from + most));
        }

        @Override
        public Optional<Payload> part(CacheEntry entry, int part, Path folder) {
            if (gone > 0) {
                gone--;
                return Optional.empty();
            }
            parts++;
            return Optional.of(
                    Payload.of(new Lineage(""), Json.NODES.objectNode().put("n", 1)));
        }

        @Override
        public void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep, @Nullable Maker maker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int delete(CacheSpace space, KeyPattern keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean claimed(CacheSpace space, String key, Maker maker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean claim(CacheSpace space, String key, Maker maker, Duration time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(CacheSpace space, String key, Maker maker) {
            throw new UnsupportedOperationException();
        }
    }
}
