package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.LookupTable.Match;
import io.patchbay.expression.LookupTable.Row;
import io.patchbay.expression.LookupTable.Way;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what a table has for the value in its place. */
final class LookupFunction implements MapFunction {

    private static final int MOST_FAULTS = 10;

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.OTHER,
                            "lookup",
                            "What a [lookup table](files.md#lookup-tables-routestablesnamecsv) has for this value: the first row whose"
                                    + " column `from` answers to it gives what stands in its column `to`. `where` asks for further"
                                    + " columns by fields of the record, and several columns under `to` give an object. `match` says how"
                                    + " cells answer: `exact`, `ignoreCase`, `wildcard` (`DE-*`) or `range` (`0..9.99`, `100..`, both"
                                    + " ends among it; numbers or dates). A value that the table has not becomes `else`: `keep` is the"
                                    + " value itself, `null` nothing, `fail` (as without `else`) an error, and anything else stands in;"
                                    + " `{ value: keep }` is the text keep. What stands in a cache is put into the record before the"
                                    + " map by [loadFromCache](shapes/loadFromCache.md) with `into`, and what another system knows"
                                    + " by [enrich](shapes/enrich.md): both ask for a whole payload at once, and the map reads a"
                                    + " field.")
                    .from(ValueKind.SCALARS, ValueKind.ANY)
                    .example("{ lookup: { table: carriers, else: STD } }", "DHL", "\"7\"")
                    .example("{ lookup: { table: carriers, from: value, to: key } }", "\"7\"", "DHL")
                    .example("{ lookup: { table: carriers, match: ignoreCase, as: number } }", "dhl", "7")
                    .example("{ lookup: { table: carriers, else: keep } }", "ACME", "ACME"),
            LookupSettings.class,
            LookupFunction::new,
            false);

    /** Settings. */
    @Doc("Which table, and how it is asked")
    record LookupSettings(
            @Doc("The table's name") TableName table,

            @Doc("The column that is asked; the table's first") @Nullable
            String from,

            @Doc(
                    "The column whose cell is the result, or a list of columns for an object; the table's second, or its first where"
                            + " the second is asked")
            @Nullable
            Columns to,

            @Doc("Further columns that are asked, each by a path relative to the record") @Default("{}")
            Map<String, SourcePath> where,

            @Doc("How cells answer") @Default("exact") Match match,

            @Doc("What the result is: text, or a number or boolean that the cell is written as") @Default("text")
            As as,

            @Doc("What a value becomes that the table has not: keep, null, fail, or what stands in")
            @Key("else")
            @Nullable
            JsonNode otherwise) {}

    /** What a result is. */
    enum As {
        /** The cell. */
        TEXT,
        /** The number that the cell is. */
        NUMBER,
        /** Whether the cell is true. */
        BOOLEAN
    }

    private final LookupSettings settings;
    private final List<SourcePath> further;
    private final Otherwise otherwise;
    private volatile @Nullable Ready ready;

    /** How a table is asked: worked out once for it. */
    private record Ready(LookupTable table, Way way) {}

    LookupFunction(LookupSettings settings) {
        this.settings = settings;
        this.further = List.copyOf(settings.where().values());
        this.otherwise = Otherwise.of(settings.otherwise());
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        LookupTable table = scope.table(settings.table().name());
        if (table == null) {
            throw new FunctionException("there is no table '" + settings.table().name() + "'");
        }
        Row row = table.find(ready(table).way(), asked(value, record, scope));
        return row == null ? otherwise.of(value, this::missing) : result(table, row);
    }

    private FunctionException missing() {
        return new FunctionException("table '" + settings.table().name() + "' has no such key, and there is no 'else'");
    }

    private List<String> asked(JsonNode value, JsonNode record, Scope scope) {
        if (further.isEmpty()) {
            return List.of(Found.text(value));
        }
        List<String> asked = new ArrayList<>();
        asked.add(Found.text(value));
        for (SourcePath path : further) {
            JsonNode found = path.find(record, scope);
            asked.add(Values.absent(found) ? "" : Found.text(found));
        }
        return asked;
    }

    @SuppressWarnings("ReferenceEquality") // the very table, of which there is one for each version of its file
    private Ready ready(LookupTable table) {
        Ready known = ready;
        if (known == null || known.table() != table) {
            known = new Ready(table, way(table));
            ready = known;
        }
        return known;
    }

    private Way way(LookupTable table) {
        List<String> columns = new ArrayList<>();
        columns.add(from(table));
        columns.addAll(settings.where().keySet());
        return new Way(settings.match(), columns);
    }

    private String from(LookupTable table) {
        return settings.from() == null ? table.columns().get(0) : settings.from();
    }

    private List<String> to(LookupTable table) {
        if (settings.to() != null) {
            return settings.to().names();
        }
        List<String> all = table.columns();
        return List.of(all.get(0).equals(from(table)) ? all.get(1) : all.get(0));
    }

    private JsonNode result(LookupTable table, Row row) {
        List<String> columns = to(table);
        if (settings.to() == null || !settings.to().list()) {
            return typed(table.cell(row, columns.get(0)));
        }
        ObjectNode result = Json.NODES.objectNode();
        columns.forEach(column -> result.set(column, typed(table.cell(row, column))));
        return result;
    }

    private JsonNode typed(String cell) {
        return switch (settings.as()) {
            case TEXT -> Json.NODES.textNode(cell);
            case BOOLEAN -> Json.NODES.booleanNode(cell.strip().equalsIgnoreCase("true"));
            case NUMBER -> Found.node(Found.number(Json.NODES.textNode(cell.strip())));
        };
    }

    @Override
    public List<FieldRef> fields() {
        return further.stream().map(path -> new FieldRef(path, null)).toList();
    }

    @Override
    public Set<Ref> reads() {
        return Set.of(new Ref(
                "table", List.of(settings.table().name()), settings.table().at()));
    }

    @Override
    public void check(Map<String, LookupTable> tables, Problems problems) {
        LookupTable table = tables.get(settings.table().name());
        if (table == null) {
            return; // told with what the function reads
        }
        List<String> unknown = Stream.of(
                        Stream.ofNullable(settings.from()),
                        settings.where().keySet().stream(),
                        Stream.ofNullable(settings.to()).flatMap(to -> to.names().stream()))
                .flatMap(names -> names)
                .filter(name -> !table.columns().contains(name))
                .distinct()
                .toList();
        unknown.forEach(name -> problems.error(
                settings.table().at(),
                "UNKNOWN_COLUMN",
                "table '" + settings.table().name() + "' has no column '" + name + "'",
                DidYouMean.nearest(name, table.columns())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("it has " + String.join(", ", table.columns()))));
        if (unknown.isEmpty()) {
            checkRows(table, problems);
        }
    }

    private void checkRows(LookupTable table, Problems problems) {
        table.faults(way(table)).stream()
                .limit(MOST_FAULTS)
                .forEach(fault -> problems.warning(
                        settings.table().at(),
                        "UNUSED_ROW",
                        shown(fault.line()) + fault.what(),
                        "look at the table's file"));
        if (settings.as() == As.TEXT) {
            return;
        }
        table.rows().stream()
                .flatMap(row -> to(table).stream()
                        .filter(column -> !typable(table.cell(row, column)))
                        .map(column -> shown(row.line()) + "column '" + column + "' is no "
                                + settings.as().name().toLowerCase(java.util.Locale.ROOT)))
                .limit(MOST_FAULTS)
                .forEach(what -> problems.error(
                        settings.table().at(), "WRONG_CELL", what, "correct the table, or leave out 'as'"));
    }

    private String shown(int line) {
        return "table '" + settings.table().name() + "'" + (line > 0 ? ", line " + line : "") + ": ";
    }

    private boolean typable(String cell) {
        String plain = cell.strip();
        if (settings.as() == As.BOOLEAN) {
            return plain.equalsIgnoreCase("true") || plain.equalsIgnoreCase("false");
        }
        BigDecimal number = Values.number(Json.NODES.textNode(plain));
        return number != null;
    }
}
