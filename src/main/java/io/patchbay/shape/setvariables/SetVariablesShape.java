package io.patchbay.shape.setvariables;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Metadata;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets flow variables and metadata. */
public final class SetVariablesShape implements ShapeType<SetVariablesShape.SetVariablesSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "setVariables",
            "Sets variables of the flow and metadata of the payload.",
            """
            Works once per payload, whose content goes on unchanged. A flow variable must be declared under the flow's
            `variables`; its new value lasts for the rest of the run and keeps its type. Metadata is text, belongs to the
            payload and goes along with everything made from it; all of it together may have 10,240 bytes. All values are read
            before the first is set. `${record.x}` reads the payload's only record; cut a list into batches of one first.

            Where shapes behind this one read the variable, the run waits until every payload has passed here; they then see
            the value that the last payload set.
            """,
            "Nothing: the same payload sets the same values when it comes again.",
            """
            flow: remember-shop
            variables: { currency: GBP }
            shapes:
              - id: order
                manualPayload: { json: { id: 7, currency: EUR, shop: de } }
              - id: keep
                setVariables: { flow: { currency: "${record.currency}" }, meta: { shop: "${record.shop}" } }
              - id: told
                notify: { log: info, text: "${meta.shop} pays in ${flow.currency}" }
            """);

    /** Settings. */
    @Doc("Values by name")
    public record SetVariablesSettings(
            @Doc("Flow variables, declared under the flow's variables") @Default("{}")
            Map<String, TemplateTree> flow,

            @Doc("Metadata of the payload, as text") @Default("{}")
            Map<String, Template> meta) {

        /** @throws IllegalArgumentException if nothing is set, or a metadata name could not be read again */
        public SetVariablesSettings {
            if (flow.isEmpty() && meta.isEmpty()) {
                throw new IllegalArgumentException("setVariables needs 'flow' or 'meta'");
            }
            for (String name : meta.keySet()) {
                if (!Metadata.names(name)) {
                    throw new IllegalArgumentException(
                            "'" + name + "' is not a name for metadata, like shop or order.id");
                }
            }
        }

        Set<Ref> reads() {
            Set<Ref> reads = new LinkedHashSet<>();
            flow.values().forEach(value -> reads.addAll(value.reads()));
            meta.values().forEach(value -> reads.addAll(value.reads()));
            return reads;
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<SetVariablesSettings> settings() {
        return SetVariablesSettings.class;
    }

    @Override
    public Contract contract(SetVariablesSettings settings, Surroundings around) {
        return Contract.one()
                .reading(References.state(settings.reads()))
                .writing(settings.flow().keySet().stream()
                        .map(StateRef::variable)
                        .collect(Collectors.toSet()));
    }

    @Override
    public void check(SetVariablesSettings settings, Placed at, Surroundings around, Problems problems) {
        settings.flow().keySet().forEach(name -> References.variable(name, at.key("flow", name), around, problems));
    }

    @Override
    public Set<Ref> reads(SetVariablesSettings settings) {
        return settings.reads();
    }

    @Override
    public boolean keepsRecords(SetVariablesSettings settings) {
        return true;
    }

    @Override
    public Plan plan(SetVariablesSettings settings, Placed at, Surroundings around) {
        boolean readsData = References.readsData(settings.reads());
        return new Plan.PerPayload(
                (payload, attempt) -> set(settings, readsData ? payload.parsed() : payload, attempt));
    }

    private static Payload set(SetVariablesSettings settings, Payload payload, Attempt attempt) throws StepException {
        Scope scope = attempt.scope(payload, null);
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        Payload result = payload;
        try {
            for (Map.Entry<String, TemplateTree> variable : settings.flow().entrySet()) {
                variables.put(variable.getKey(), variable.getValue().value(scope));
            }
            for (Map.Entry<String, Template> meta : settings.meta().entrySet()) {
                result = result.withMeta(meta.getKey(), meta.getValue().text(scope));
            }
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        Payload bounded = Metadata.bounded(result);
        variables.forEach(attempt::setVariable);
        return bounded;
    }
}
