package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.shape.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expression that works on one record after the other, all of a payload in one call. A record of a list on which it fails
 * leaves its payload.
 */
record ExpressionPerRecord(Expression.Call call) implements Plan.PayloadWork {

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        if (payload.body() instanceof Body.Stored stored) {
            call.refuseIfLarger(stored.size());
        }
        if (call.isDocument(payload)) {
            Given given =
                    call.values(payload, List.of(call.data(payload)), attempt).get(0);
            return payload(payload, Results.records(given, call), false);
        }
        Payload parsed = payload.parsed();
        List<JsonNode> records = parsed.records();
        boolean list = parsed.recordPath().each();
        if (records.isEmpty() && !list) {
            return payload;
        }
        List<Data> data = new ArrayList<>(records.size());
        Map<Integer, StepException> unwritten = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            try {
                data.add(call.data(records.get(i)));
            } catch (StepException e) {
                unwritten.put(i, e);
            }
        }
        Iterator<Given> given = data.isEmpty()
                ? Collections.emptyIterator()
                : call.values(parsed, data, attempt).iterator();
        List<JsonNode> results = new ArrayList<>();
        boolean allFailed = !records.isEmpty();
        Numbering numbers = Numbering.of(parsed);
        for (int i = 0; i < records.size(); i++) {
            try {
                if (unwritten.containsKey(i)) {
                    throw Objects.requireNonNull(unwritten.get(i));
                }
                List<JsonNode> made = Results.records(given.next(), call);
                numbers.took(i, made.size());
                results.addAll(made);
                allFailed = false;
            } catch (StepException e) {
                if (!list) {
                    throw e;
                }
                attempt.failRecord(parsed, i, records.get(i), numbered(e, i));
            }
        }
        return allFailed ? null : numbers.in(payload(parsed, results, list));
    }

    private static Payload payload(Payload payload, List<JsonNode> results, boolean list) {
        if (list || results.size() > 1) {
            return payload.withBody(
                    new Body.Tree(Json.NODES.arrayNode(results.size()).addAll(results)), RecordPath.ROOT_LIST);
        }
        return results.isEmpty()
                ? payload.withBody(Body.EMPTY, RecordPath.ROOT)
                : payload.withBody(new Body.Tree(results.get(0)), RecordPath.ROOT);
    }

    /** People count from 1. */
    private static StepException numbered(StepException e, int index) {
        return new StepException(e.owner(), e.code(), "record " + (index + 1) + ": " + e.getMessage(), e.getCause());
    }
}
