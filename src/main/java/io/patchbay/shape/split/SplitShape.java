package io.patchbay.shape.split;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.SourcePath;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one element out of a payload. */
public final class SplitShape implements ShapeType<SplitShape.SplitSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "split",
            "Takes one element, with everything under it, out of each payload; it is the new payload.",
            """
            `level` is a path from the record (or from the root, with `$.`). From a payload with a list of records the elements
            of all of them are gathered into one list, in order; lists are joined end to end, their items are the new records.
            From a single record the element itself is the payload. `wrapper` puts the result under an element of that name.
            Records without the element give nothing; a payload that gives nothing at all ends here, with a line in the log.
            Metadata goes on unchanged.
            """,
            "What is not under the element is left behind; nothing else is lost.",
            """
            flow: addresses
            shapes:
              - id: customers
                manualPayload:
                  json: [ { id: 1, addresses: [ { city: York } ] }, { id: 2, addresses: [ { city: Bath }, { city: Ely } ] } ]
              - id: out
                split: { level: addresses, wrapper: places }
            """);

    /** Settings. */
    @Doc("What to take out")
    public record SplitSettings(
            @Doc("Path of the element, like customer.addresses")
            SourcePath level,

            @Doc("Name of an element that the result is put under") @Nullable
            String wrapper) {

        /** @throws IllegalArgumentException if the wrapper has no name */
        public SplitSettings {
            if (wrapper != null && wrapper.isBlank()) {
                throw new IllegalArgumentException("'wrapper' needs a name");
            }
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<SplitSettings> settings() {
        return SplitSettings.class;
    }

    @Override
    public Contract contract(SplitSettings settings, Surroundings around) {
        return Contract.atMostOne();
    }

    @Override
    public Plan plan(SplitSettings settings, Placed at, Surroundings around) {
        return new Plan.PerPayload((payload, attempt) -> out(settings, payload.parsed(), attempt));
    }

    private static @Nullable Payload out(SplitSettings settings, Payload payload, Attempt attempt)
            throws StepException {
        Numbering numbers = Numbering.of(payload);
        JsonNode taken = taken(settings.level(), payload, attempt, numbers);
        if (taken.isMissingNode()) {
            attempt.log(LogLevel.DEBUG, "the payload has no element '" + settings.level() + "' and ends here");
            return null;
        }
        String wrapper = settings.wrapper();
        if (wrapper == null) {
            return numbers.in(payload.withBody(new Body.Tree(taken), RecordPath.of(taken)));
        }
        JsonNode wrapped = Json.NODES.objectNode().set(wrapper, taken);
        return numbers.in(payload.withBody(new Body.Tree(wrapped), new RecordPath(List.of(wrapper), taken.isArray())));
    }

    private static JsonNode taken(SourcePath level, Payload payload, Attempt attempt, Numbering numbers)
            throws StepException {
        List<JsonNode> records = payload.records();
        if (level.fromRoot() || !payload.recordPath().each()) {
            JsonNode record = records.isEmpty() ? payload.tree() : records.get(0);
            JsonNode found = level.find(record, attempt.scope(payload, record));
            if (records.size() == 1) { // the root may hold more than one record, and then it is none's
                numbers.took(0, RecordPath.of(found).records(found).size());
            }
            return found;
        }
        ArrayNode all = Json.NODES.arrayNode();
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            JsonNode found = level.find(record, attempt.scope(payload, record));
            numbers.took(i, found.isArray() ? found.size() : found.isMissingNode() ? 0 : 1);
            if (found.isArray()) {
                found.forEach(all::add);
            } else if (!found.isMissingNode()) {
                all.add(found);
            }
        }
        return all.isEmpty() ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : all;
    }
}
