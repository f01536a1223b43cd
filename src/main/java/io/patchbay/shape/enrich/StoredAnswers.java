package io.patchbay.shape.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Join;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.StepException;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.enrich.EnrichSettings.CacheSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers in a declared cache: a help, and not a need. Where it is full or does not answer, the log says so and the endpoint is
 * asked.
 *
 * @param endpoint who is asked, for people who look into the cache
 * @param way how answers are read, which the same question may be in another way elsewhere
 */
record StoredAnswers(
        Supplier<AnswerStore> store, String name, CacheRules rules, CacheSettings settings, String endpoint, String way)
        implements Join.Answers {

    private static final int LARGEST = 1024 * 1024;
    private static final int SHOWN = 120;
    private static final int HASHED = 16;

    @Override
    public Map<String, List<JsonNode>> find(Collection<String> questions, String of, Attempt attempt) {
        Map<String, String> byKey = new LinkedHashMap<>();
        questions.forEach(question -> byKey.put(key(question, of), question));
        Map<String, List<JsonNode>> found = new HashMap<>();
        try {
            store.get()
                    .find(name, rules, byKey.keySet(), attempt)
                    .forEach((key, records) -> found.put(String.valueOf(byKey.get(key)), records));
        } catch (StepException e) {
            told("kept answers are not used", e, attempt);
        }
        return found;
    }

    @Override
    public void keep(Map<String, List<JsonNode>> answers, String of, Attempt attempt) {
        Map<String, List<JsonNode>> hits = new LinkedHashMap<>();
        Map<String, List<JsonNode>> misses = new LinkedHashMap<>();
        answers.forEach((question, records) -> {
            if (KeptAnswers.written(records).length <= LARGEST) {
                (records.isEmpty() ? misses : hits).put(key(question, of), records);
            }
        });
        try {
            store.get().keep(name, rules, hits, settings.keepFor(), attempt);
            if (!settings.missesFor().isZero()) {
                store.get().keep(name, rules, misses, settings.missesFor(), attempt);
            }
        } catch (StepException e) {
            told("answers are not kept", e, attempt);
        }
    }

    private void told(String what, StepException why, Attempt attempt) {
        attempt.log(LogLevel.WARN, what + ", cache '" + name + "': " + why.getMessage() + " [" + why.code() + "]");
    }

    /** What people can read, and what tells it from all others. */
    private String key(String question, String of) {
        String shown = question.length() > SHOWN ? question.substring(0, SHOWN) + "..." : question;
        String readable = endpoint + " " + shown.replaceAll("[^ -~]", "?") + " ";
        int most = AnswerStore.LONGEST_KEY - 2 * HASHED;
        try {
            byte[] all = (of + "\n" + way + "\n" + question).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
            return readable.substring(0, Math.min(most, readable.length()))
                    + HexFormat.of().formatHex(hash, 0, HASHED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
