package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.mapping.Ruled;
import io.patchbay.mapping.Watching;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.problem.Location;
import io.patchbay.shape.map.Preview.Failure;
import io.patchbay.shape.map.Preview.FieldTrace;
import io.patchbay.shape.map.Preview.Outcome;
import io.patchbay.shape.map.Preview.StepTrace;
import io.patchbay.shape.map.Preview.ValueTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what the fields of a map do with one record. */
final class Tracing implements Watching {

    /** Of a list with a thousand items the first few show what happens. */
    static final int MOST_VALUES = 10;

    private final Budget budget;
    private final List<FieldTrace> fields = new ArrayList<>();
    private @Nullable Ruled field;
    private List<Value> values = new ArrayList<>();
    private int seen;
    private boolean written;
    private boolean present;
    private int function = -1;
    private @Nullable Failure failure;

    Tracing(Budget budget) {
        this.budget = budget;
    }

    /** A value on its way. */
    private record Value(@Nullable JsonNode in, List<StepTrace> steps) {}

    @Override
    public void begins(Ruled next) {
        field = next;
        budget.checkTime();
    }

    @Override
    public void ended() {
        written |= present;
        ends(written ? Outcome.WRITTEN : Outcome.NOTHING, null);
    }

    private void ends(Outcome outcome, @Nullable Failure why) {
        Ruled done = field;
        if (done != null) {
            fields.add(new FieldTrace(
                    done.rule().to().toString(),
                    done.at(),
                    outcome,
                    values.stream()
                            .map(one -> new ValueTrace(one.in(), one.steps()))
                            .toList(),
                    Math.max(0, seen - MOST_VALUES),
                    why));
        }
        field = null;
        values = new ArrayList<>();
        seen = 0;
        written = false;
        present = false;
        function = -1;
    }

    @Override
    public void read(JsonNode value) {
        seen++;
        budget.checkTime();
        function = -1;
        written |= present; // what the value before came to
        present = !value.isMissingNode();
        if (seen <= MOST_VALUES) {
            values.add(new Value(shown(value), new ArrayList<>()));
        }
    }

    @Override
    public void calls(int index) {
        function = index;
    }

    @Override
    public void step(String name, JsonNode value) {
        function = -1;
        if (seen <= MOST_VALUES && !values.isEmpty()) {
            values.get(values.size() - 1).steps().add(new StepTrace(name, shown(value)));
        }
        present = !value.isMissingNode();
    }

    @Override
    public void skipped(Ruled skipped) {
        field = skipped;
        ends(Outcome.SKIPPED, null);
    }

    /** All fields that fail are shown, as long as there is time. */
    @Override
    public boolean failed(String code, String message) {
        Ruled at = field;
        if (at == null) {
            return false;
        }
        FunctionCall call = function < 0 ? null : at.rule().then().get(function);
        Failure why = new Failure(code, message, call == null ? at.at() : call.at(), call == null ? null : call.name());
        failure = failure == null ? why : failure;
        ends(Outcome.FAILED, why);
        return !code.equals(Budget.TOO_SLOW);
    }

    /** What failed first, or null. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /** What each field did. */
    List<FieldTrace> fields() {
        return List.copyOf(fields);
    }

    /** Why a record failed outside of its fields. */
    static Failure failure(String code, String message, Location at) {
        return new Failure(code, message, at, null);
    }

    private @Nullable JsonNode shown(JsonNode value) {
        return value.isMissingNode() ? null : budget.shown(value);
    }
}
