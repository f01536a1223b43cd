package io.patchbay.shape.runflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Called;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Starts another flow with each payload. */
public final class RunFlowShape implements ShapeType<RunFlowShape.RunFlowSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "runFlow",
            "Starts another flow, once for each payload, and does not wait for it.",
            """
            The other flow gets the payload with its metadata and its records, or what `json` says in its place. `variables` sets
            variables that the other flow declares; the rest of them begin with their defaults. Each start goes through the queue with the
            other flow's own priority and overlap: with ten payloads it runs ten times. Nothing comes back; the payload goes on unchanged
            once the start is durable. The run record of the other flow names this run as its parent.

            The other flow must be there, and `active`, or the payload fails; a flow that runs itself, by whatever way round, is a problem.
            A flow whose file is wrong and of which no version ever ran is not there, so whoever starts it is refused with it.
            """,
            "Nothing: a start is durable before the payload goes on, and a run that is taken up again after a crash does not"
                    + " start the other flow a second time.",
            """
            flow: orders-one-by-one
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 }, { id: 2 } ] }
              - id: each
                flowControl: { size: 1, wrapSingle: false }
              - id: handed-over
                runFlow: { flow: one-order, variables: { shop: uk } }
            """);

    /** Settings. */
    @Doc("Which flow to start, and with what")
    public record RunFlowSettings(
            @Doc("Its id") String flow,

            @Doc("Values of its variables, by name") @Default("{}")
            Map<String, TemplateTree> variables,

            @Doc("What it gets in place of the payload, any value") @Nullable
            TemplateTree json) {

        Set<Ref> reads() {
            Set<Ref> reads = new LinkedHashSet<>();
            variables.values().forEach(value -> reads.addAll(value.reads()));
            if (json != null) {
                reads.addAll(json.reads());
            }
            return reads;
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<RunFlowSettings> settings() {
        return RunFlowSettings.class;
    }

    @Override
    public Contract contract(RunFlowSettings settings, Surroundings around) {
        return Contract.one().reading(References.state(settings.reads())).actingOutside();
    }

    @Override
    public Set<Ref> reads(RunFlowSettings settings) {
        return settings.reads();
    }

    @Override
    public List<Called> calls(RunFlowSettings settings, Placed at) {
        return List.of(new Called(settings.flow(), settings.variables().keySet(), at.at("flow")));
    }

    @Override
    public Plan plan(RunFlowSettings settings, Placed at, Surroundings around) {
        return new Plan.PerPayload((payload, attempt) -> {
            start(settings, payload, attempt, around.service(FlowCalls.class));
            return payload;
        });
    }

    private static void start(RunFlowSettings settings, Payload payload, Attempt attempt, FlowCalls calls)
            throws StepException {
        Payload handed = payload;
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        try {
            Payload read = References.readsData(settings.reads()) ? payload.parsed() : payload;
            Scope scope = attempt.scope(read, null);
            settings.variables().forEach((name, value) -> variables.put(name, value.value(scope)));
            TemplateTree json = settings.json();
            if (json != null) {
                JsonNode tree = json.value(scope);
                handed = payload.withBody(new Body.Tree(tree), RecordPath.of(tree));
            }
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        FlowCalls.Identity identity = new FlowCalls.Identity(
                attempt.runId(),
                attempt.queuedAt(),
                attempt.shape(),
                payload.lineage().text(),
                attempt.mayHaveSent());
        try {
            String run =
                    calls.start(identity, settings.flow(), handed, variables).join();
            attempt.log(LogLevel.INFO, "started flow '" + settings.flow() + "' as run " + run);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StepException why) {
                throw why;
            }
            throw new StepException(
                    Owner.LIMIT, "NOT_STARTED", "flow '" + settings.flow() + "' could not be started", e, true, null);
        }
    }
}
