package io.patchbay.shape.runflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Starts another flow with each payload. */
public final class RunFlowShape implements ShapeType<RunFlowShape.RunFlowSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "runFlow",
            "Starts another flow, once for each payload; with `wait: true` the payload goes on with what comes of it.",
            """
            The other flow gets the payload with its metadata and its records, or what `json` says in its place. `variables` sets
            variables that the other flow declares; the rest of them begin with their defaults. Each start goes through the queue with the
            other flow's own priority and overlap: with ten payloads it runs ten times. Unless `wait` is said nothing comes back: the
            payload goes on unchanged once the start is durable. The run record of the other flow names this run as its parent.

            With `wait: true` the payload waits until the other flow's run has ended, and goes on with what reached its end, or, where
            it has a shape `callback`, what reached that: one payload as it is, with its metadata; several as one JSON list with an item for
            each (content that is no JSON is a text) and the metadata that all of them have alike; when nothing did, nothing goes on. A
            run that is partial gives what went through. When the run fails, the payload fails with its first failure: the same code, and a
            message that names the run. When it does not end within `timeout`, counted from its start, the payload fails with CALL_TIMEOUT;
            the other run goes on by itself.

            No thread waits. A run that does nothing else gives its place among the runs that go on to another one, and what it waits for
            goes before all that is queued, so runs that wait for each other cannot hold each other up; `patchbay.runs.calls` bounds how many
            are waited for, and a payload beyond that is tried again and then fails with CALLS_FULL. With `parallel: n` beside it n payloads
            wait at one time. A `timeout` beside the shape, not under it, keeps the place.

            The other flow must be there, and `active`, or the payload fails; a flow that runs itself, by whatever way round, is a problem.
            A flow whose file is wrong and of which no version ever ran is not there, so whoever starts it is refused with it.
            """,
            "Nothing: a start is durable before the payload goes on, and a run that is taken up again after a crash does not"
                    + " start the other flow a second time; it waits for the run that it started, whose result is on disk with its end.",
            """
            flow: orders-one-by-one
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 }, { id: 2 } ] }
              - id: each
                flowControl: { size: 1, wrapSingle: false }
              - id: handed-over
                runFlow: { flow: one-order, variables: { shop: uk } }
              - id: priced
                parallel: 4
                runFlow: { flow: price-of, wait: true, timeout: 5m }
            """);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    /** Settings. */
    @Doc("Which flow to start, and with what")
    public record RunFlowSettings(
            @Doc("Its id") String flow,

            @Doc("Values of its variables, by name") @Default("{}")
            Map<String, TemplateTree> variables,

            @Doc("What it gets in place of the payload, any value") @Nullable
            TemplateTree json,

            @Doc("true: the payload waits for the end of the run, and goes on with what reached it")
            @Key("wait")
            @Default("false")
            boolean waits,

            @Doc("How long it waits at most") @Default("1h") Duration timeout,

            @Doc("Most bytes of what it goes on with") @Default("10MB")
            DataSize most) {

        /** @throws IllegalArgumentException if a bound is out of its range */
        public RunFlowSettings {
            if (timeout.compareTo(LEAST) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new WrongValueException(
                        "'timeout' must be 1s to 30d, found " + Durations.format(timeout), "for example timeout: 5m");
            }
            if (most.toBytes() < 1 || most.compareTo(LARGEST) > 0) {
                throw new WrongValueException("'most' must be 1B to 1GB, found " + most, "for example most: 10MB");
            }
        }

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
        Contract contract = settings.waits() ? Contract.atMostOne() : Contract.one();
        return contract.reading(References.state(settings.reads())).actingOutside();
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
        if (settings.waits()) {
            return new Plan.Later((payload, attempt, then) -> {
                FlowCalls.Call call = made(
                        settings,
                        payload,
                        attempt,
                        (identity, handed, variables) -> around.service(FlowCalls.class)
                                .call(
                                        identity,
                                        settings.flow(),
                                        handed,
                                        variables,
                                        settings.most().toBytes()));
                attempt.log(LogLevel.INFO, "called flow '" + settings.flow() + "' as run " + call.run());
                new Awaited(settings.flow(), settings.timeout(), call, payload, attempt, then).begin(around.clock());
            });
        }
        return new Plan.PerPayload((payload, attempt) -> {
            String run = made(
                    settings,
                    payload,
                    attempt,
                    (identity, handed, variables) ->
                            around.service(FlowCalls.class).start(identity, settings.flow(), handed, variables));
            attempt.log(LogLevel.INFO, "started flow '" + settings.flow() + "' as run " + run);
            return payload;
        });
    }

    /** Writes a start. */
    private interface Starting<T> {
        CompletableFuture<T> start(FlowCalls.Identity identity, Payload handed, Map<String, JsonNode> variables);
    }

    private static <T> T made(RunFlowSettings settings, Payload payload, Attempt attempt, Starting<T> starting)
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
            return starting.start(identity, handed, variables).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StepException why) {
                throw why;
            }
            throw new StepException(
                    Owner.LIMIT, "NOT_STARTED", "flow '" + settings.flow() + "' could not be started", e, true, null);
        }
    }
}
