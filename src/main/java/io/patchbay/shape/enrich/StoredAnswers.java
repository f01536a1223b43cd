package io.patchbay.shape.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Join;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.enrich.EnrichSettings.CacheSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
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
        Supplier<Caches> caches, String name, CacheRules rules, CacheSettings settings, String endpoint, String way)
        implements Join.Answers {

    private static final int LARGEST = 1024 * 1024;
    private static final int SHOWN = 120;

    @Override
    public Map<String, List<JsonNode>> find(Collection<String> questions, String of, Attempt attempt) {
        CacheSpace space = CacheSpace.of(name, rules, attempt);
        Map<String, List<JsonNode>> found = new HashMap<>();
        try {
            for (String question : questions) {
                CacheEntry entry = caches.get().find(space, key(question, of)).orElse(null);
                Payload answer = entry == null
                        ? null
                        : caches.get().part(entry, 0, attempt.spillFolder()).orElse(null);
                if (answer != null) {
                    found.put(question, records(answer));
                }
            }
        } catch (StepException e) {
            told("kept answers are not used", e, attempt);
        }
        return found;
    }

    private static List<JsonNode> records(Payload answer) throws StepException {
        try {
            return List.copyOf(answer.records());
        } finally {
            if (answer.body() instanceof Body.Stored stored) {
                delete(stored);
            }
        }
    }

    private static void delete(Body.Stored stored) throws StepException {
        try {
            Files.deleteIfExists(stored.file());
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "a copy of a kept answer cannot be deleted", e);
        }
    }

    @Override
    public void keep(Map<String, List<JsonNode>> answers, String of, Attempt attempt) {
        List<CacheWrite> hits = new ArrayList<>();
        List<CacheWrite> misses = new ArrayList<>();
        answers.forEach((question, records) -> {
            Payload answer = new Payload(
                    Lineage.ofRun(attempt.runId()),
                    new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records)),
                    RecordPath.ROOT_LIST,
                    Map.of());
            if (answer.bytes().length <= LARGEST) {
                (records.isEmpty() ? misses : hits)
                        .add(new CacheWrite(key(question, of), CacheWrite.How.PUT, answer, null));
            }
        });
        try {
            write(hits, settings.keepFor(), attempt);
            write(misses, settings.missesFor(), attempt);
        } catch (StepException e) {
            told("answers are not kept", e, attempt);
        }
    }

    /** Without a maker: what is put there twice is the same, so nobody need remember that it was. */
    private void write(List<CacheWrite> writes, Duration keep, Attempt attempt) throws StepException {
        if (!writes.isEmpty() && !keep.isZero()) {
            caches.get().write(CacheSpace.of(name, rules, attempt), writes, keep, null);
        }
    }

    private void told(String what, StepException why, Attempt attempt) {
        attempt.log(LogLevel.WARN, what + ", cache '" + name + "': " + why.getMessage() + " [" + why.code() + "]");
    }

    /** What people can read, and what tells it from all others. */
    private String key(String question, String of) {
        String shown = question.length() > SHOWN ? question.substring(0, SHOWN) + "..." : question;
        String readable = endpoint + " " + shown.replaceAll("[^ -~]", "?") + " ";
        try {
            byte[] all = (of + "\n" + way + "\n" + question).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
            return cut(readable) + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String cut(String readable) {
        int most = CacheWrite.LONGEST_KEY - 32;
        return readable.length() <= most ? readable : readable.substring(0, most);
    }
}
