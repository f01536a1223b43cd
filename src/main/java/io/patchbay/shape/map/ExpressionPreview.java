package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.map.Preview.Mapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries a map that is an expression: it has a result or a failure, and no fields that could be shown on their way. */
final class ExpressionPreview {

    private final Step step;
    private final Expression expression;
    private final Expression.Call call;
    private final Surroundings around;
    private final Sample sample;
    private final Budget budget;
    private final List<Mapped> mapped = new ArrayList<>();
    private final ArrayNode made = Json.NODES.arrayNode();

    private ExpressionPreview(
            Step step, Expression expression, Expression.Call call, Surroundings around, Sample sample, Budget budget) {
        this.step = step;
        this.expression = expression;
        this.call = call;
        this.around = around;
        this.sample = sample;
        this.budget = budget;
    }

    /** What the expression of a map makes of a sample; to read it is part of the time. */
    static Preview of(Step step, Expression expression, Surroundings around, Sample sample) {
        Budget budget = new Budget(around.clock());
        Expression.Call call;
        try {
            call = expression.call(around, Bounds.whole(null, budget.time()));
        } catch (LanguageException e) {
            Mapped first = failed(expression, 1, expression.failed(around, e));
            return new Preview(step.id(), expression.language().shown(), null, List.of(first), 0);
        }
        ExpressionPreview preview = new ExpressionPreview(step, expression, call, around, sample, budget);
        return expression.each() == MapShape.Each.PAYLOAD ? preview.ofPayload() : preview.ofRecords();
    }

    private Preview ofPayload() {
        JsonNode content = sample.payload();
        JsonNode result = null;
        try {
            Data data = expression.language().xml()
                    ? Data.of(XmlValues.payload(content, expression.element()))
                    : Data.of(content);
            List<JsonNode> values = Results.values(asked(data), call);
            result = values.size() == 1
                    ? values.get(0)
                    : Json.NODES.arrayNode(values.size()).addAll(values);
            budget.refuseIfLarger(result);
            mapped.add(new Mapped(1, result, null, List.of()));
        } catch (StepException e) {
            mapped.add(failed(expression, 1, e));
            result = null;
        }
        return new Preview(step.id(), expression.language().shown(), result, mapped, 0);
    }

    private Preview ofRecords() {
        List<JsonNode> records = sample.records().records(sample.payload());
        int looked = 0;
        while (looked < Math.min(records.size(), Sample.MOST) && !budget.isSpent()) {
            long number = sample.number(looked);
            try {
                List<JsonNode> results = Results.records(asked(call.data(records.get(looked))), call);
                JsonNode result = results.size() == 1
                        ? results.get(0)
                        : Json.NODES.arrayNode(results.size()).addAll(results);
                budget.refuseIfLarger(result);
                made.addAll(results);
                mapped.add(new Mapped(number, result, null, List.of()));
            } catch (StepException e) {
                mapped.add(failed(expression, number, e));
            }
            looked++;
        }
        boolean list = sample.records().each() || made.size() > 1;
        JsonNode result = list ? made : made.isEmpty() ? NullNode.getInstance() : made.get(0);
        return new Preview(
                step.id(), expression.language().shown(), result, mapped, records.size() - looked + sample.more());
    }

    private static Mapped failed(Expression expression, long number, StepException e) {
        return new Mapped(
                number,
                null,
                Tracing.failure(
                        e.code(),
                        String.valueOf(e.getMessage()),
                        expression.text().at()),
                List.of());
    }

    private Given asked(Data data) throws StepException {
        return call.values(Bounds.whole(expression.timeout(), budget.time()), variables(), List.of(data))
                .get(0);
    }

    private Map<String, JsonNode> variables() {
        ObjectNode meta = Json.NODES.objectNode();
        sample.meta().forEach(meta::put);
        ObjectNode flow = Json.NODES.objectNode();
        around.variableNames().forEach(name -> {
            JsonNode value =
                    sample.variables().getOrDefault(name, around.variables().get(name));
            flow.set(name, value == null ? NullNode.getInstance() : value);
        });
        ObjectNode run =
                sample.scope(NullNode.getInstance(), around, budget).tree("run").deepCopy();
        return Map.of("meta", meta, "flow", flow, "run", run.put("shape", step.id()));
    }
}
