package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotTaken;
import io.patchbay.expression.MapSecrets;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.FieldMap;
import io.patchbay.mapping.FieldRule;
import io.patchbay.mapping.Renames;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Between;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Described;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reshapes records field by field. */
public final class MapShape implements ShapeType<MapShape.MapSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "map",
            "Makes a new record of each record, field by field.",
            """
            Each field has a target (`to`) and one source: `from` (a path, or a list of paths), `value` (a constant) or `template` (text,
            an object or a list with placeholders), and may send the value through functions (`then`). A field without a source begins
            with a function that makes its value. The new record has the mapped fields only, unless `keepOthers: true` carries the
            others over. A payload with a list of records becomes a list of new records, a single record a single one; what stood around
            the records stays behind.

            **Lists.** `[*]` in source and target are lined up from the outside, item by item:
            `{ to: "lines[*].item", from: "line_items[*].sku" }` makes one line per line item, and a second field with
            `lines[*]` writes into the same lines by position. An item without the source field has a line without the target
            field. A `[*]` in the source alone yields a list; one in the target alone goes over the lines that fields before it
            made, to give each the same value. With `flatten: true` all items of the source are one list:
            `{ to: "rows[*].code", from: "orders[*].lines[*].sku", flatten: true }` makes one row per line of all orders. What a filter
            or slice picks is lined up like `[*]`: `{ to: "gifts[*].sku", from: "lines[?@.type == 'gift'].sku" }`.

            **Several sources.** `from: [ first, last ]` gives a list of the values, for functions that take one; what leads nowhere is null
            in it. Where the target has `[*]`, the sources are lined up with each other, and one with fewer `[*]` gives each item the same.
            With `to: [ a, b ]` all targets get the same value.

            **Conditions.** A field with `when` writes only for records for which the [condition](../conditions.md) holds. Fields of
            one target with a `when` each are tried in their order: the first whose condition holds writes, and the last may be without.

            **Missing.** A field whose source leads nowhere is left out, unless `default` stands in; `null` is
            copied. Where a field is `required`, a record fails in which its value is missing, null or empty text; in a list that is
            asked of each item. A value that a function cannot work on fails its record, too: in a list it is a failed payload of its own. The
            others go on with `onError: skip` or in a try; else the run stops, and they are held for a replay. The message names field and
            function, never the value.

            **Order.** The members of the new record stand in the order of the fields. Else the order matters only where fields of one
            target have a `when`, and where a field goes over a list that fields before it made; a field that would write over another is a
            problem at deploy.

            **The rest.** `rename: { old: new }` is short for fields without functions; with `keepOthers` the old names are
            not carried over. `remove` takes members out of the new record in the end, wherever they come from.

            **Other records.** `explode: { list: line_items }` makes a record of each item of a list before it is mapped: the item stands in the
            list's place, so that `line_items.sku` is the item's and `name` is the order's. A record with an item that fails fails as a
            whole. `group: { by: [ order_no ] }` makes one record of all that have the same values there: the first of them, with all of them as
            the list `rows`. Groups are made within a payload, and stand in the order of their first records; where rows of one
            key come in several pages, put a [collect](collect.md) before the map. A group that cannot be mapped is one failed
            payload, the list of its records. The result is a list in both cases.

            **Checked.** Where the endpoints before and behind it have [schemas](../formats.md#schemas), a map is held against them when it is
            deployed: names that are not there, with the nearest, members that are needed and not written, and types that do not fit are warnings. Paths
            in `when` and in settings of functions are looked at like sources. Where the endpoint before it has no schema, its fixtures are looked at: they do
            not say all, so only a name that is near to one of theirs is told; so it is of a manual payload. What
            another map before it gives is known. `patchbay map suggest` [proposes](../command-line.md#suggest) fields. `patchbay map try`
            [shows](../command-line.md#map) what a map makes of a sample.

            **Wrapped.** `wrapOutput: true` makes a list of a single record; `wrapInput: true` maps a single record as if it were a list of
            it, also for paths with `$`.

            **Expressions.** In place of fields the new record can be what one expression says, in a language that you know
            already: `jq: '{ orderNo: .name, lines: [.line_items[] | { sku }] }'`, or `jq: { file: order.jq }` for a file in `routes/scripts`.
            It works on each record, or with `each: payload` on the whole content. `jsonata`, `jslt`, `xslt` and `xquery` stand in the same way. What it can read and what it cannot reach, its bounds and
            what becomes of its result stand in [languages](../languages.md).
            """,
            "Nothing: the same record is always mapped to the same record; but an expression that asks for the time may answer otherwise.",
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

            @Doc("The fields of the new record, in order") @Nullable
            FieldMap fields,

            @Doc("Members of the record that no field writes are carried over") @Default("false")
            boolean keepOthers,

            @Doc("Members that only change name or place, as old: new; they come before the fields") @Nullable
            Renames rename,

            @Doc("What is taken out of the new record in the end: names, [n] and [*]") @Default("[]")
            List<TargetPath> remove,

            @NotTaken(
                    because = "what no field writes is kept by another word",
                    instead = "write keepOthers: true, and under remove what is to be left out")
            @Nullable
            Node rest,

            @Doc("Makes a record of each item of a list in the record, before it is mapped") @Nullable
            ExplodeSettings explode,

            @Doc("Makes one record of all that have the same key, before it is mapped") @Nullable
            GroupSettings group,

            @Doc("A payload that is one record is mapped as a list of it") @Default("false")
            boolean wrapInput,

            @Doc("The result is a list, also of a single record") @Default("false")
            boolean wrapOutput,

            @Doc("In place of fields: an expression in jq, or { file: NAME } for one in routes/scripts") @Nullable
            ExpressionText jq,

            @Doc("In place of fields: an expression in JSONata, or { file: NAME }") @Nullable
            ExpressionText jsonata,

            @Doc("In place of fields: an expression in JSLT, or { file: NAME }") @Nullable
            ExpressionText jslt,

            @Doc("In place of fields: a stylesheet in XSLT 3.0, or { file: NAME }") @Nullable
            ExpressionText xslt,

            @Doc("In place of fields: a query in XQuery 3.1, or { file: NAME }") @Nullable
            ExpressionText xquery,

            @Doc("What an expression works on") @Default("record")
            Each each,

            @Doc("With xslt and xquery: the name of the element that a record is") @Default("record")
            String element,

            @Doc("How long an expression may take for a record or payload, at most patchbay.languages.time") @Nullable
            Duration timeout) {

        /** @throws IllegalArgumentException when there is nothing to do, or when it is too much at once */
        public MapSettings {
            boolean rules = fields != null
                    || keepOthers
                    || rename != null
                    || !remove.isEmpty()
                    || explode != null
                    || group != null
                    || wrapInput
                    || wrapOutput;
            boolean expression = ExpressionSettings.isOne(rules, jq, jsonata, jslt, xslt, xquery);
            ExpressionSettings.checkBeside(expression, each, timeout, element, xslt != null || xquery != null);
            if (!expression
                    && fields == null
                    && rename == null
                    && remove.isEmpty()
                    && explode == null
                    && group == null) {
                throw new IllegalArgumentException("a map needs 'fields', or an expression like 'jq'");
            }
            if (!expression && fields == null && rename == null && !keepOthers) {
                throw new IllegalArgumentException(
                        "a map without 'fields' needs 'keepOthers: true', or all records would be empty");
            }
            if (explode != null && group != null) {
                throw new IllegalArgumentException("a map has 'explode' or 'group'; use two maps, one after the other");
            }
        }

        @Nullable
        Expression expression() {
            return ExpressionSettings.of(each, element, timeout, jq, jsonata, jslt, xslt, xquery);
        }

        /** What the map, or the expression, reads. */
        Set<Ref> reads() {
            Expression expression = expression();
            return expression != null ? expression.reads() : map().reads();
        }

        /** Whether its records are others than those that come. */
        boolean regroups() {
            return explode != null || group != null;
        }

        /** What makes the records that are mapped of those that come. */
        Regrouping.Regroup regroup() {
            if (explode != null) {
                return Regrouping.exploding(explode);
            }
            return group == null ? Regrouping.EACH : Regrouping.grouping(group);
        }

        /** The map with all that is said about it. */
        FieldMap map() {
            return (fields == null ? FieldMap.EMPTY : fields)
                    .with(keepOthers, rename == null ? Renames.NONE : rename, remove);
        }
    }

    /** What an expression works on. */
    public enum Each {
        /** One record after the other. */
        RECORD,
        /** The payload. */
        PAYLOAD
    }

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
        Expression expression = settings.expression();
        return expression != null
                ? expression.contract(around)
                : Contract.atMostOne().reading(References.state(settings.reads()));
    }

    @Override
    public Set<Ref> reads(MapSettings settings) {
        return settings.reads();
    }

    @Override
    public void check(MapSettings settings, Placed at, Surroundings around, Problems problems) {
        Expression expression = settings.expression();
        if (expression != null) {
            expression.check(at, around, problems);
            return;
        }
        FieldMap fields = settings.fields() == null ? FieldMap.EMPTY : settings.fields();
        Renames renames = settings.rename() == null ? Renames.NONE : settings.rename();
        FieldMap.check(fields, renames, settings.remove(), problems);
        if (!settings.keepOthers()) {
            FieldMap.checkLists(fields, renames, problems);
        }
        constants(fields, at, problems);
        fields.rules()
                .forEach(ruled -> ruled.rule().then().forEach(call -> {
                    call.function().check(around.tables(), problems);
                    secret(call, around, problems);
                }));
    }

    /** A warning: a secret may come later than the flow. */
    private static void secret(FunctionCall call, Surroundings around, Problems problems) {
        String secret = call.function().secret();
        if (secret != null && around.services().get(MapSecrets.class) instanceof MapSecrets known) {
            String lacks = known.lacks(secret);
            if (lacks != null) {
                problems.warning(
                        call.at(), "NO_SECRET", lacks, "as long as that is so, each record that comes here fails");
            }
        }
    }

    private static void constants(FieldMap fields, Placed at, Problems problems) {
        for (int i = 0; i < fields.rules().size(); i++) {
            FieldRule rule = fields.rules().get(i).rule();
            if (rule.looksLikeTemplate()) {
                problems.warning(
                        at.item("fields", i, "value"),
                        "PLACEHOLDER",
                        "the value of field '" + rule.to() + "' has a placeholder inside, and is written as it stands",
                        "write 'template' instead of 'value' if it is to be filled");
            }
        }
    }

    /** What its fields write: all that there is, unless others are carried over. */
    @Override
    public @Nullable Described gives(MapSettings settings, Surroundings around) {
        if (settings.expression() != null || settings.keepOthers()) {
            return null;
        }
        List<TargetPath> targets = new ArrayList<>();
        (settings.rename() == null ? Renames.NONE : settings.rename())
                .list()
                .forEach(rename -> targets.add(rename.to()));
        (settings.fields() == null ? FieldMap.EMPTY : settings.fields())
                .rules()
                .forEach(ruled -> targets.addAll(ruled.rule().to().paths()));
        return new Described("the map before it", Written.schema(targets), false);
    }

    @Override
    public void checkBetween(MapSettings settings, Placed at, Between between, Problems problems) {
        if (settings.expression() == null) {
            new Neighbourhood(settings, at, between, problems).check();
        }
    }

    @Override
    public Plan plan(MapSettings settings, Placed at, Surroundings around) {
        Expression expression = settings.expression();
        if (expression != null) {
            return expression.plan(around);
        }
        FieldMap fields = settings.map();
        Plan.PayloadWork work = settings.regroups()
                ? new Regrouping(fields, settings.regroup())
                : new RecordWork(
                        fields::apply, (payload, records, same) -> mapped(payload, records, settings.wrapOutput()));
        return new Plan.PerPayload(settings.wrapInput() ? wrapped(work) : work);
    }

    /** The work on a payload that is one record as on a list of it. */
    private static Plan.PayloadWork wrapped(Plan.PayloadWork work) {
        return (payload, attempt) -> {
            Payload parsed = payload.parsed();
            boolean list = parsed.isEmpty() || parsed.recordPath().each();
            return work.apply(
                    list
                            ? parsed
                            : parsed.withBody(
                                    new Body.Tree(Json.NODES.arrayNode(1).addAll(parsed.records())),
                                    RecordPath.ROOT_LIST),
                    attempt);
        };
    }

    private static @Nullable Payload mapped(Payload payload, List<JsonNode> records, boolean list) {
        if (payload.recordPath().each()) {
            boolean allFailed = records.isEmpty() && payload.recordCount() > 0;
            return allFailed
                    ? null
                    : payload.withBody(
                            new Body.Tree(Json.NODES.arrayNode(records.size()).addAll(records)), RecordPath.ROOT_LIST);
        }
        if (records.isEmpty()) {
            return payload;
        }
        return list
                ? payload.withBody(new Body.Tree(Json.NODES.arrayNode(1).addAll(records)), RecordPath.ROOT_LIST)
                : payload.withBody(new Body.Tree(records.get(0)), RecordPath.ROOT);
    }
}
