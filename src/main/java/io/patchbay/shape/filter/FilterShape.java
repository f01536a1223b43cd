package io.patchbay.shape.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Ref;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps or drops records. */
public final class FilterShape implements ShapeType<FilterShape.FilterSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "filter",
            "Keeps the records that meet a condition, or drops them.",
            """
            The condition is tested on each record of each payload. With `keep` the records that meet it stay, with `drop` they
            go; what stands around the records in the payload stays as it is. A payload without records after that ends here,
            unless `dropEmpty: false` lets it go on empty.

            A record whose field cannot be compared (text where `as: number` was said) is a failed payload of its own. The
            others go on with `onError: skip` or in a try; else the run stops, and they are held for a replay. A missing field is no failure: see the table of conditions.
            """,
            "Loses nothing but what the condition says; dropped records are counted, not kept.",
            """
            flow: paid-orders
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1, status: paid, total: "10.00" }, { id: 2, status: open, total: "3.50" } ] }
              - id: only-paid
                filter: { keep: { all: [ { field: status, is: paid }, { field: total, as: number, above: 5 } ] } }
            """);

    /** Settings of a filter. */
    @Doc("Keeps the records that meet a condition, or drops them")
    public record FilterSettings(
            @Doc("Records that meet this stay") @Nullable Condition keep,
            @Doc("Records that meet this go") @Nullable Condition drop,

            @Doc("A payload without records ends here") @Default("true")
            boolean dropEmpty) {

        /** @throws IllegalArgumentException unless there is one condition */
        public FilterSettings {
            if (keep != null && drop != null) {
                throw new WrongValueException(
                        "a filter has either 'keep' or 'drop', found both",
                        "take one out; for both, put a second filter behind this one");
            }
            if (keep == null && drop == null) {
                throw new WrongValueException(
                        "a filter needs either 'keep' or 'drop', found neither",
                        "for example keep: { field: status, is: paid }");
            }
        }

        Condition condition() {
            return Objects.requireNonNull(keep != null ? keep : drop);
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<FilterSettings> settings() {
        return FilterSettings.class;
    }

    @Override
    public Contract contract(FilterSettings settings, Surroundings around) {
        return Contract.atMostOne()
                .reading(References.state(settings.condition().reads()));
    }

    @Override
    public Set<Ref> reads(FilterSettings settings) {
        return settings.condition().reads();
    }

    @Override
    public boolean keepsRecords(FilterSettings settings) {
        return true;
    }

    @Override
    public Plan plan(FilterSettings settings, Placed at, Surroundings around) {
        Condition condition = settings.condition();
        boolean wanted = settings.keep() != null;
        return new Plan.PerPayload(new RecordWork(
                (record, scope) -> condition.test(record, scope) == wanted ? record : null,
                (payload, records, same) -> left(payload, records, same, settings.dropEmpty())));
    }

    private static @Nullable Payload left(Payload payload, List<JsonNode> records, boolean same, boolean dropEmpty)
            throws StepException {
        if (records.isEmpty() && dropEmpty) {
            return null;
        }
        return same ? payload : payload.withRecords(records);
    }
}
