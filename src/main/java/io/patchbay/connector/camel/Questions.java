package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Join;
import io.patchbay.connector.Use;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the records of a payload ask, each question once. A record that has nothing to ask by asks nothing. */
final class Questions {

    private static final ObjectNode NONE = Json.NODES.objectNode();

    private final Use use;
    private final Join join;
    private final Values values;
    private final Inputs inputs;
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Map<Integer, Asker> byRecord = new HashMap<>();
    private final Map<Integer, StepException> failed = new HashMap<>();
    private @Nullable ObjectNode same;

    /** Completes the inputs of a call. */
    interface Values {
        /**
         * The completed inputs.
         *
         * @param record that asks; null for a call that reads none
         */
        ObjectNode complete(@Nullable JsonNode record, Map<String, JsonNode> more) throws StepException;
    }

    /**
     * A record that asks.
     *
     * @param keys what it is matched by
     */
    record Asker(Question question, Set<String> keys) {

        /** What was found for it. */
        List<JsonNode> found() {
            return question.of(keys);
        }
    }

    /**
     * One request.
     *
     * @param number its place among the requests of the payload
     * @param questions that it asks
     */
    record Ask(int number, List<Question> questions) {
        Ask {
            questions = List.copyOf(questions);
        }
    }

    Questions(Use use, Join join, Inputs inputs, Values values) {
        this.use = use;
        this.join = join;
        this.inputs = inputs;
        this.values = values;
    }

    /** Reads what the records ask. */
    void read(Payload payload, List<JsonNode> records, Attempt attempt) {
        for (int i = 0; i < records.size(); i++) {
            try {
                read(i, records.get(i), attempt.scope(payload, records.get(i)));
            } catch (StepException e) {
                failed.put(i, e);
            }
        }
    }

    private void read(int index, JsonNode record, Scope scope) throws StepException {
        Outputs.refuseOther(record);
        Join.By by = join.by();
        Set<String> keys = by == null
                ? null
                : Matching.texts(by.record().find(record, scope)).keySet();
        if (keys != null && keys.isEmpty()) {
            return;
        }
        Question question = use.match() == null ? alone(record) : together(scope, Objects.requireNonNull(keys));
        if (question != null) {
            Set<String> own = keys == null ? Set.of(Reading.ALL) : keys;
            question.asks(own);
            byRecord.put(index, new Asker(question, own));
        }
    }

    private Question alone(JsonNode record) throws StepException {
        ObjectNode with = same;
        if (with == null) {
            with = values.complete(use.perRecord() ? record : null, Map.of());
            same = use.perRecord() ? null : with;
        }
        ObjectNode inputsOfIt = with;
        return questions.computeIfAbsent(Inputs.text(with), text -> new Question(text, inputsOfIt, Map.of()));
    }

    private @Nullable Question together(Scope scope, Set<String> keys) throws StepException {
        String input = Objects.requireNonNull(use.match()).input();
        TemplateTree asking = Objects.requireNonNull(use.with().get(input));
        Map<String, JsonNode> wanted;
        try {
            wanted = Matching.texts(asking.find(scope));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        if (wanted.isEmpty()) {
            return null;
        }
        if (wanted.size() > join.bounds().batch()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_INPUT",
                    "the record asks for " + wanted.size() + " values, and one request takes at most "
                            + join.bounds().batch());
        }
        for (JsonNode value : wanted.values()) {
            inputs.checkItem(input, value);
        }
        if (same == null) {
            // The other inputs, for the question's text: what it asks for is told by itself.
            same = values.complete(
                    null,
                    Map.of(
                            input,
                            Json.NODES
                                    .arrayNode()
                                    .add(wanted.values().iterator().next())));
            same = same.deepCopy();
            same.remove(input);
        }
        String text = Inputs.text(same) + list(wanted.keySet()) + list(keys);
        return questions.computeIfAbsent(text, any -> new Question(text, NONE, wanted));
    }

    private static String list(Set<String> texts) {
        ArrayNode list = Json.NODES.arrayNode();
        new TreeSet<>(texts).forEach(list::add);
        return list.toString();
    }

    /** All questions by their texts. */
    Map<String, Question> all() {
        return questions;
    }

    /** What a record asks; null for nothing. */
    @Nullable
    Asker of(int index) {
        return byRecord.get(index);
    }

    /** Records that cannot ask, with the reason. */
    Map<Integer, StepException> failed() {
        return failed;
    }

    /** The requests for questions. */
    List<Ask> asks(List<Question> open) {
        List<Ask> asks = new ArrayList<>();
        if (use.match() == null) {
            open.forEach(question -> asks.add(new Ask(asks.size(), List.of(question))));
            return asks;
        }
        List<Question> some = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (Question question : open) {
            Set<String> wanted = question.wanted().keySet();
            long more = wanted.stream().filter(text -> !asked.contains(text)).count();
            if (asked.size() + more > join.bounds().batch()) {
                asks.add(new Ask(asks.size(), some));
                some.clear();
                asked.clear();
            }
            asked.addAll(wanted);
            some.add(question);
        }
        if (!some.isEmpty()) {
            asks.add(new Ask(asks.size(), some));
        }
        return asks;
    }

    /** The completed inputs of a request. */
    ObjectNode with(Ask ask) throws StepException {
        Use.Match match = use.match();
        if (match == null) {
            return ask.questions().get(0).with();
        }
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        ask.questions().forEach(question -> question.wanted().forEach(wanted::putIfAbsent));
        return values.complete(
                null, Map.of(match.input(), Json.NODES.arrayNode().addAll(wanted.values())));
    }
}
