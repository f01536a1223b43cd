package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What some records of a payload ask alike, and what was found for it. */
final class Question {

    private final String text;
    private final ObjectNode with;
    private final Map<String, JsonNode> wanted;
    private final Map<String, List<JsonNode>> found = new HashMap<>();
    private @Nullable StepException failure;

    /**
     * A question.
     *
     * @param text the same for the same question, and for no other one
     * @param with completed inputs, where it is asked alone
     * @param wanted the values that it asks for by their texts, where it is asked together with others
     */
    Question(String text, ObjectNode with, Map<String, JsonNode> wanted) {
        this.text = text;
        this.with = with;
        this.wanted = wanted;
    }

    String text() {
        return text;
    }

    ObjectNode with() {
        return with;
    }

    Map<String, JsonNode> wanted() {
        return wanted;
    }

    /** A record asks that is matched by these. */
    void asks(Set<String> keys) {
        keys.forEach(key -> found.putIfAbsent(key, List.of()));
    }

    /** What its records are matched by. */
    Set<String> keys() {
        return found.keySet();
    }

    /** Takes what was found. @return how many records it keeps */
    int answered(Reading reading) {
        found.replaceAll((key, none) -> reading.of(key));
        return found.values().stream().mapToInt(List::size).sum();
    }

    /** It stays without an answer. */
    void failed(StepException why) {
        failure = why;
        found.replaceAll((key, any) -> List.of());
    }

    @Nullable
    StepException failure() {
        return failure;
    }

    /** All that was found, each once. */
    List<JsonNode> all() {
        return of(found.keySet());
    }

    /** What was found for a record that is matched by these, each once. */
    List<JsonNode> of(Set<String> keys) {
        if (keys.size() == 1) {
            return found.getOrDefault(keys.iterator().next(), List.of());
        }
        Set<JsonNode> once = Collections.newSetFromMap(new IdentityHashMap<>());
        List<JsonNode> all = new ArrayList<>();
        for (String key : keys) {
            found.getOrDefault(key, List.of()).stream().filter(once::add).forEach(all::add);
        }
        return all;
    }
}
