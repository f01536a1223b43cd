package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.LookupTable;
import io.patchbay.flow.ShapeBinder;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A shape placed in no flow, for tests: reads its settings, and does its work on a payload. */
public final class PlacedShape {

    private final Problems problems = new Problems();
    private final Contract contract;
    private final Plan plan;

    private <C> PlacedShape(ShapeType<C> type, Node settings, Surroundings around, boolean skips) {
        C bound = ShapeBinder.ofAllShapes().bind(settings, type.settings(), problems);
        Placed placed = new Placed("it", settings, skips);
        if (bound != null) {
            References.check(type.reads(bound), around, problems);
            type.check(bound, placed, around, problems);
        }
        boolean usable = bound != null && !problems.anyError();
        contract = usable ? type.contract(bound, around) : null;
        plan = usable ? type.plan(bound, placed, around) : null;
    }

    /** Places a shape with settings written as YAML; {@link #problems} says what is wrong with them. */
    public static PlacedShape of(ShapeType<?> type, String yaml, Surroundings around) {
        return of(type, yaml, around, false);
    }

    /** Places a shape, likewise, with {@code onError: skip} around it or not. */
    public static PlacedShape of(ShapeType<?> type, String yaml, Surroundings around, boolean skips) {
        Problems reading = new Problems();
        Node node = new YamlReader()
                .read("x.flow.yaml", yaml, reading)
                .orElseThrow(() -> new AssertionError(reading.toString()));
        return new PlacedShape(type, node, around, skips);
    }

    /** Places a shape in a flow without variables, tables or services. */
    public static PlacedShape of(ShapeType<?> type, String yaml) {
        return of(type, yaml, surroundings(Map.of(), Map.of(), Map.of()));
    }

    /** Surroundings of a flow called {@code a-flow}. */
    public static Surroundings surroundings(
            Map<String, JsonNode> variables, Map<String, LookupTable> tables, Map<Class<?>, Object> services) {
        return new Surroundings("a-flow", Clock.systemUTC(), variables, tables, services);
    }

    public Problems problems() {
        return problems;
    }

    public Contract contract() {
        return contract;
    }

    public Plan plan() {
        return plan;
    }

    /** What comes out for a payload. */
    public List<Payload> work(Payload payload, Attempt attempt) throws StepException {
        if (plan == null) {
            throw new AssertionError(problems.toString());
        }
        if (plan instanceof Plan.PerPayload work) {
            Payload out = work.work().apply(payload, attempt);
            return out == null ? List.of() : List.of(out);
        }
        if (plan instanceof Plan.Later work) {
            Told told = new Told();
            work.work().begin(payload, attempt, told);
            return told.payloads();
        }
        if (plan instanceof Plan.Pausing work) {
            attempt.log(LogLevel.DEBUG, "pauses " + Durations.format(work.work().pause(payload, attempt)));
            return List.of(payload);
        }
        if (plan instanceof Plan.Yielding work) {
            return drained(work.work().open(payload, attempt), attempt);
        }
        if (plan instanceof Plan.Unless unless) {
            try {
                return List.of(looked(unless.known().look(payload, attempt).join(), payload));
            } catch (CompletionException e) {
                if (e.getCause() instanceof StepException why) {
                    throw why;
                }
                throw e;
            }
        }
        if (plan instanceof Plan.Collecting) {
            return collected(List.of(payload), attempt);
        }
        List<Payload> bucket = payload.isEmpty() ? List.of() : List.of(payload);
        ((Plan.PerBucket) plan).work().apply(bucket, attempt);
        return bucket;
    }

    /** What is known; else the payload as it came, as if the path had made that of it. */
    private static Payload looked(Plan.Looked looked, Payload payload) {
        if (looked instanceof Plan.Miss miss) {
            miss.keeper().keep(payload);
        }
        return looked instanceof Plan.Hit hit ? hit.payload() : payload;
    }

    /** What comes out of a shape that collects, for all payloads; those that go aside fail, numbered from 0. */
    public List<Payload> collected(List<Payload> bucket, Attempt attempt) throws StepException {
        return drained(((Plan.Collecting) plan).work().open(bucket, Lineage.ofRun("run-1"), attempt), attempt);
    }

    /** A payload of a run called {@code run-1}. */
    public static Payload payload(JsonNode body) {
        return body.isMissingNode() ? Payload.empty(Lineage.ofRun("run-1")) : Payload.of(Lineage.ofRun("run-1"), body);
    }

    /** Told at once how work ended. */
    private static final class Told implements Plan.Then {
        private final List<Payload> goesOn = new ArrayList<>();
        private java.util.Optional<StepException> why = java.util.Optional.empty();

        @Override
        public void goesOn(@org.jspecify.annotations.Nullable Payload payload) {
            if (payload != null) {
                goesOn.add(payload);
            }
        }

        @Override
        public void fails(StepException failure) {
            why = java.util.Optional.of(failure);
        }

        List<Payload> payloads() throws StepException {
            if (why.isPresent()) {
                throw why.get();
            }
            return goesOn;
        }
    }

    private static List<Payload> drained(Pull pull, Attempt attempt) throws StepException {
        List<Payload> payloads = new ArrayList<>();
        int asides = 0;
        try (pull) {
            while (true) {
                Pull.Element element = pull.next();
                if (element instanceof Pull.Page page) {
                    payloads.add(page.payload());
                } else if (element instanceof Pull.Aside aside) {
                    attempt.failPart(aside.payload(), asides++, aside.why());
                } else if (element instanceof Pull.Failed failed) {
                    throw failed.why();
                } else {
                    return payloads;
                }
            }
        }
    }
}
