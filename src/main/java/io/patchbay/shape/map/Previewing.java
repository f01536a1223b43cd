package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.FieldMap;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.map.MapShape.MapSettings;
import io.patchbay.shape.map.Preview.Mapped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tries a map on a sample and tells what each of its fields does. Nothing is sent or stored; scripts run as in a run. */
public final class Previewing {

    private final Step step;
    private final MapSettings settings;
    private final Surroundings around;
    private final FieldMap fields;
    private final Sample sample;
    private final Budget budget;
    private final List<Mapped> mapped = new ArrayList<>();
    private final ArrayNode made = Json.NODES.arrayNode();

    private Previewing(Step step, Surroundings around, Sample given) {
        this.step = step;
        this.settings = (MapSettings) step.settings();
        this.around = around;
        this.fields = settings.map();
        this.sample = settings.wrapInput() ? given.wrapped() : given;
        this.budget = new Budget(around.clock());
    }

    /** Whether a shape is a map. */
    public static boolean maps(Step step) {
        return step.settings() instanceof MapSettings;
    }

    /** What a map makes of a sample; the shape is one that {@link #maps}. */
    public static Preview of(Step step, Surroundings around, Sample sample) {
        Expression expression = ((MapSettings) step.settings()).expression();
        return expression != null
                ? ExpressionPreview.of(step, expression, around, sample)
                : new Previewing(step, around, sample).preview();
    }

    private Preview preview() {
        List<JsonNode> all = sample.records().records(sample.payload());
        List<JsonNode> records = all.size() > Sample.MOST ? all.subList(0, Sample.MOST) : all;
        Function<JsonNode, Scope> scopes = record -> sample.scope(record, around, budget);
        int looked = records.size();
        List<Regrouping.Unit> units = units(records, scopes);
        for (int i = 0; i < units.size(); i++) {
            if (budget.isSpent()) {
                looked = units.get(i).index();
                break;
            }
            if (!map(units.get(i), scopes)) {
                looked = units.get(i).index() + 1;
                break;
            }
        }
        return new Preview(step.id(), null, result(), mapped, all.size() - looked + sample.more());
    }

    private List<Regrouping.Unit> units(List<JsonNode> records, Function<JsonNode, Scope> scopes) {
        Regrouping.Work work = new Regrouping.Work(
                true,
                scopes,
                (index, came, e) -> mapped.add(new Mapped(
                        sample.number(index),
                        null,
                        Tracing.failure(e.code(), String.valueOf(e.getMessage()), outside()),
                        List.of())));
        try {
            return settings.regroup().units(records, work);
        } catch (StepException e) {
            throw new IllegalStateException("a preview takes what fails", e);
        }
    }

    private Location outside() {
        return step.placed().at(settings.explode() == null ? "group" : "explode");
    }

    /** Maps what one record makes; false when no more is shown, because an exploded record may be many. */
    private boolean map(Regrouping.Unit unit, Function<JsonNode, Scope> scopes) {
        List<JsonNode> results = new ArrayList<>();
        boolean failed = false;
        for (JsonNode record : unit.records()) {
            if (mapped.size() >= Sample.MOST || budget.isSpent()) {
                made.addAll(results);
                return false;
            }
            Tracing tracing = new Tracing(budget);
            try {
                JsonNode result = fields.apply(record, scopes.apply(record), tracing);
                budget.refuseIfLarger(result);
                results.add(result);
                mapped.add(new Mapped(sample.number(unit.index()), result, null, tracing.fields()));
            } catch (StepException e) {
                failed = true;
                Preview.Failure failure = tracing.failure();
                mapped.add(new Mapped(
                        sample.number(unit.index()),
                        null,
                        failure != null
                                ? failure
                                : Tracing.failure(
                                        e.code(),
                                        String.valueOf(e.getMessage()),
                                        step.placed().settings().at()),
                        tracing.fields()));
            }
        }
        if (!failed) {
            made.addAll(results);
        }
        return true;
    }

    private JsonNode result() {
        boolean list = sample.records().each() || settings.wrapOutput() || settings.regroups();
        return list ? made : made.isEmpty() ? Json.NODES.nullNode() : made.get(0);
    }
}
