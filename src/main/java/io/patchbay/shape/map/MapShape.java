package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.mapping.FieldMap;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reshapes records field by field. */
public final class MapShape implements ShapeType<MapShape.MapSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "map",
            "Makes a new record of each record, field by field.",
            """
            Each field has a target (`to`) and one source: `from` (a path), `value` (a constant) or `template` (text with
            placeholders), and may send the value through functions (`then`). Fields work in their order. The new record has the
            mapped fields only, unless `keepOthers: true` carries the others over. A payload with a list of records becomes a
            list of new records, a single record a single one; what stood around the records stays behind.

            **Lists.** `[*]` in source and target are lined up from the outside, item by item:
            `{ to: "lines[*].item", from: "line_items[*].sku" }` makes one line per line item, and a second field with
            `lines[*]` writes into the same lines by position. An item without the source field has a line without the target
            field. A `[*]` in the source alone yields a list; one in the target alone goes over the lines that fields before it
            made, to give each the same value.

            **Missing.** A field whose source leads nowhere is left out, unless the function `default` stands in; `null` is
            copied. A value that a function cannot work on fails its record: in a list it is a failed payload of its own. The
            others go on with `onError: skip` or in a try; else the run stops, and they are held for a replay. The message names field and function, never the value.
            """,
            "Nothing: the same record is always mapped to the same record.",
            """
            flow: to-erp
            shapes:
              - id: orders
                manualPayload:
                  json:
                    - { name: "#1001", created_at: "2026-03-01T10:00:00+01:00", total: "12.50", line_items: [ { sku: A1, quantity: 2 } ] }
              - id: to-erp-order
                map:
                  to: json
                  fields:
                    - { to: orderNo, from: name, then: [ { replace: { search: "#" } } ] }
                    - { to: placed, from: created_at, then: [ { date: { to: yyyy-MM-dd } } ] }
                    - { to: total, from: total, then: [ { number: { decimals: 2 } } ] }
                    - { to: currency, from: currency, then: [ { default: GBP } ] }
                    - { to: "lines[*].item", from: "line_items[*].sku" }
                    - { to: "lines[*].count", from: "line_items[*].quantity" }
                    - { to: source, value: web }
            """);

    /** Settings of a map. */
    @Doc("What the new record is made of")
    public record MapSettings(
            @Doc("Format of the result") @Default("json") Format to,
            @Doc("The fields of the new record, in order") FieldMap fields,

            @Doc("Members of the record that no field writes are carried over") @Default("false")
            boolean keepOthers) {}

    /** Formats. */
    public enum Format {
        /** JSON. */
        JSON
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<MapSettings> settings() {
        return MapSettings.class;
    }

    /** At most one: a page whose records all failed is nothing. */
    @Override
    public Contract contract(MapSettings settings, Surroundings around) {
        return Contract.atMostOne().reading(References.state(settings.fields().reads()));
    }

    @Override
    public Set<Ref> reads(MapSettings settings) {
        return settings.fields().reads();
    }

    @Override
    public Plan plan(MapSettings settings, Placed at, Surroundings around) {
        FieldMap fields = settings.fields();
        boolean keepOthers = settings.keepOthers();
        return new Plan.PerPayload(new RecordWork(
                (record, scope) -> fields.apply(record, scope, keepOthers),
                (payload, records, same) -> mapped(payload, records)));
    }

    private static @Nullable Payload mapped(Payload payload, List<JsonNode> records) {
        if (payload.recordPath().each()) {
            boolean allFailed = records.isEmpty() && payload.recordCount() > 0;
            return allFailed
                    ? null
                    : payload.withBody(
                            new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records)), RecordPath.ROOT_LIST);
        }
        return records.isEmpty() ? payload : payload.withBody(new Body.Tree(records.get(0)), RecordPath.ROOT);
    }
}
