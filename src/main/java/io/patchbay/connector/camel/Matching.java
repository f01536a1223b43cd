package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a payload ask for what, cut into calls of at most so many values. Values are alike when their texts are: 7 and
 * "7", but not "007". A value is asked for once; a record that has nothing to ask for is in no call.
 */
final class Matching {

    private static final int MOST_SHOWN = 60;

    private final Use.Match match;
    private final TemplateTree asking;
    private final Inputs inputs;
    private final int most;
    private final Function<JsonNode, Scope> scopes;
    private final List<List<Item>> calls = new ArrayList<>();
    private final List<Map<String, JsonNode>> asked = new ArrayList<>();
    private final Map<String, Integer> callOf = new HashMap<>();
    private final Map<Integer, Set<String>> keys = new HashMap<>();
    private final Map<Item, StepException> failed = new LinkedHashMap<>();
    private final List<Item> silent = new ArrayList<>();

    /**
     * A matching.
     *
     * @param inputs check each value
     * @param most values that one call takes
     * @param scopes where the placeholders of a record read
     */
    private Matching(Use use, Inputs inputs, int most, Function<JsonNode, Scope> scopes) {
        this.match = Objects.requireNonNull(use.match());
        this.asking = Objects.requireNonNull(use.with().get(match.input()));
        this.inputs = inputs;
        this.most = most;
        this.scopes = scopes;
    }

    /** The matching that a use wants; null when it wants none. */
    static @Nullable Matching of(Use use, Operation operation, @Nullable Attempt attempt, Payload input) {
        Use.Match match = use.match();
        if (match == null || attempt == null) {
            return null;
        }
        InputConfig list = operation.endpoint().config().inputs().get(match.input());
        Integer most = list == null ? null : list.maxItems();
        return new Matching(
                use,
                operation.inputs(),
                most == null ? InputConfig.USUAL_ITEMS : most,
                record -> attempt.scope(input, record));
    }

    Use.Match match() {
        return match;
    }

    /** The calls for a payload. */
    List<Part> parts(Payload payload) throws StepException {
        for (Item item : Part.items(payload.records())) {
            try {
                add(item);
            } catch (StepException e) {
                failed.put(item, e);
            }
        }
        List<Part> parts = new ArrayList<>();
        calls.forEach(items -> parts.add(new Part(payload::withRecords, parts.size(), items)));
        return parts;
    }

    private void add(Item item) throws StepException {
        Outputs.refuseOther(item.record());
        Scope scope = scopes.apply(item.record());
        Set<String> own = texts(match.record().find(item.record(), scope)).keySet();
        Map<String, JsonNode> wanted = own.isEmpty() ? Map.of() : wanted(scope);
        if (wanted.isEmpty()) {
            silent.add(item);
            return;
        }
        if (wanted.size() > most) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_INPUT",
                    "the record asks for " + wanted.size() + " values, and '" + match.input() + "' takes at most "
                            + most);
        }
        for (JsonNode value : wanted.values()) {
            inputs.checkItem(match.input(), value);
        }
        int call = call(wanted);
        calls.get(call).add(item);
        keys.put(item.index(), own);
        wanted.forEach((text, value) -> {
            asked.get(call).putIfAbsent(text, value);
            callOf.putIfAbsent(text, call);
        });
    }

    /** The call that asks for all of these already, or the last one if it has room, or a new one. */
    private int call(Map<String, JsonNode> wanted) {
        Integer same = callOf.get(wanted.keySet().iterator().next());
        if (same != null && asked.get(same).keySet().containsAll(wanted.keySet())) {
            return same;
        }
        int last = asked.size() - 1;
        if (last >= 0) {
            long more = wanted.keySet().stream()
                    .filter(text -> !asked.get(last).containsKey(text))
                    .count();
            if (asked.get(last).size() + more <= most) {
                return last;
            }
        }
        calls.add(new ArrayList<>());
        asked.add(new LinkedHashMap<>());
        return last + 1;
    }

    private Map<String, JsonNode> wanted(Scope scope) throws StepException {
        try {
            return texts(asking.find(scope));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** What a record of an answer is matched by. */
    Set<String> answered(JsonNode record) throws StepException {
        return texts(match.answer().find(record, scopes.apply(record))).keySet();
    }

    /** Values by their text; none for what is empty. */
    static Map<String, JsonNode> texts(JsonNode found) throws StepException {
        Map<String, JsonNode> texts = new LinkedHashMap<>();
        for (JsonNode value : found.isArray() ? found : List.of(found)) {
            if (value.isContainerNode()) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_INPUT",
                        "what records are matched by must be text, a number or a list of them, found " + cut(value));
            }
            if (!Values.empty(value)) {
                texts.putIfAbsent(text(value), value);
            }
        }
        return texts;
    }

    private static String cut(JsonNode value) {
        String text = value.toString();
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    /** 7, 7.0 and "7" are one value. */
    private static String text(JsonNode value) {
        if (!value.isNumber()) {
            return Values.text(value);
        }
        BigDecimal number = value.decimalValue();
        return Values.plain(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
    }

    /** What a call asks for, as a value of its input. */
    Map<String, JsonNode> asks(Part part) {
        return Map.of(
                match.input(),
                Json.NODES.arrayNode().addAll(asked.get(part.number()).values()));
    }

    /** What a record in a call is matched by. */
    Set<String> keys(Item item) {
        return keys.getOrDefault(item.index(), Set.of());
    }

    /** Records that ask for nothing. */
    List<Item> silent() {
        return silent;
    }

    /** Records that cannot ask, with the reason. */
    Map<Item, StepException> failed() {
        return failed;
    }

    /** What a record gets that nothing matches. */
    JsonNode nothing() {
        return match.many() ? Json.NODES.arrayNode() : NullNode.getInstance();
    }
}
