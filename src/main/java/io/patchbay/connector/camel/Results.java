package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.Part.Item;
import io.patchbay.payload.Body;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What becomes of the records of a payload, in their order, in whatever order the requests end. */
final class Results {

    private final Use.Output output;
    private final Payload input;
    private final @Nullable Matching matching;
    private final Map<Integer, Payload> answers = new TreeMap<>();
    private final Map<Integer, JsonNode> kept = new TreeMap<>();
    private final Map<Item, StepException> failures = new TreeMap<>(Comparator.comparingInt(Item::index));
    private int sent;
    private boolean whole = true;

    Results(Use.Output output, Payload input, @Nullable Matching matching) {
        this.output = output;
        this.input = input;
        this.matching = matching;
    }

    /** Records that ask for nothing go on without a match, and those that cannot ask have failed. */
    void inNoCall() throws StepException {
        if (matching == null || !(output instanceof Use.Into into)) {
            return;
        }
        for (Item item : matching.silent()) {
            kept.put(item.index(), Outputs.with(item.record(), into.name(), matching.nothing()));
        }
        failures.putAll(matching.failed());
        whole = failures.isEmpty();
    }

    /** Records were sent, and this was the answer. */
    void taken(Part part, @Nullable Payload answer) throws StepException {
        List<JsonNode> records = new ArrayList<>(part.records());
        if (output instanceof Use.Into into) {
            Matches matches = matching == null ? null : Matches.of(matching, part, Objects.requireNonNull(answer));
            JsonNode value = Outputs.value(matching == null ? answer : null);
            for (int i = 0; i < records.size(); i++) {
                JsonNode own = matches == null ? value : matches.of(part.items().get(i));
                records.set(i, Outputs.with(records.get(i), into.name(), own));
            }
        }
        if (output instanceof Use.Response) {
            answers.put(part.from(), Objects.requireNonNull(answer));
        }
        for (int i = 0; i < records.size(); i++) {
            kept.put(part.items().get(i).index(), records.get(i));
        }
        sent++;
    }

    /** Records do not go on; why says whether they failed. */
    void leaveOut(Part part, StepException why) {
        whole = false;
        if (!why.isSkipped()) {
            part.items().forEach(item -> failures.put(item, why));
        }
    }

    /** How many requests were answered. */
    int sent() {
        return sent;
    }

    /** Records that failed, in their order. */
    Map<Item, StepException> failures() {
        return failures;
    }

    /** What goes on. */
    Payload payload() throws StepException {
        if (output instanceof Use.Response) {
            return Outputs.all(input, List.copyOf(answers.values()));
        }
        if (whole && output instanceof Use.Input) {
            return input;
        }
        if (whole && kept.isEmpty()) {
            return input;
        }
        if (kept.isEmpty()) {
            return input.withBody(Body.EMPTY, RecordPath.ROOT);
        }
        Numbering numbers = Numbering.of(input);
        kept.keySet().forEach(numbers::took);
        return Objects.requireNonNull(numbers.in(input.withRecords(List.copyOf(kept.values()))));
    }
}
