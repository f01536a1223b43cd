package io.patchbay.shape.enrich;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.patchbay.connector.Join;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.shape.enrich.EnrichSettings.CacheSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers that are used most, as bytes of JSON: those are bounded exactly, a tree is not. Kept in the memory of this process,
 * so that to find one costs no query; each replica has its own.
 */
final class KeptAnswers implements Join.Answers {

    /** What an entry costs beside its bytes, about. */
    private static final int ENTRY = 100;

    private final Cache<String, byte[]> kept;

    KeptAnswers(Clock clock, CacheSettings settings) {
        byte[] none = written(List.of());
        this.kept = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .maximumWeight(settings.bytes())
                .weigher((String question, byte[] answer) -> ENTRY + 2 * question.length() + answer.length)
                .expireAfter(Expiry.creating((String question, byte[] answer) ->
                        answer.length == none.length ? settings.missesFor() : settings.keepFor()))
                .build();
    }

    @Override
    public Map<String, List<JsonNode>> find(Collection<String> questions, String of, Attempt attempt) {
        Map<String, List<JsonNode>> found = new HashMap<>();
        for (String question : questions) {
            byte[] answer = kept.getIfPresent(of + question);
            if (answer != null) {
                found.put(question, read(answer));
            }
        }
        return found;
    }

    @Override
    public void keep(Map<String, List<JsonNode>> answers, String of, Attempt attempt) {
        answers.forEach((question, answer) -> kept.put(of + question, written(answer)));
    }

    static byte[] written(List<JsonNode> records) {
        try {
            return Json.MAPPER.writeValueAsBytes(records);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    private static List<JsonNode> read(byte[] answer) {
        try {
            List<JsonNode> records = new ArrayList<>();
            Json.KEPT.readTree(answer).forEach(records::add);
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("a kept answer could not be read", e);
        }
    }
}
