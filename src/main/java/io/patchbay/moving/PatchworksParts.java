package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What stands beside the flow in an export of Patchworks, found by the id or the name that a step has for it. */
final class PatchworksParts {

    /** Kinds of parts, each by the names that its list goes by. */
    enum Kind {
        FLOW("flows process_flows called_flows sub_flows"),
        CACHE("caches cache"),
        POOL("data_pools pools deduplication_pools"),
        TABLE("cross_reference_lookups cross_references lookups lookup_tables tables xrefs"),
        GROUP("notification_groups groups"),
        BROKER("message_brokers brokers event_connectors"),
        ENTITY("entity_types entities"),
        INSTANCE("connectors instances");

        private final String lists;

        Kind(String lists) {
            this.lists = lists;
        }

        List<String> lists() {
            return List.of(lists.split(" "));
        }
    }

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final Report report;
    private final Map<Kind, List<JsonNode>> beside = new HashMap<>();
    private final Set<JsonNode> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, String> names = new HashMap<>();

    PatchworksParts(PatchworksReading reading, Parcel parcel, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.report = report;
        for (Kind kind : Kind.values()) {
            beside.put(kind, beside(kind.lists()));
        }
    }

    Parcel parcel() {
        return parcel;
    }

    PatchworksReading reading() {
        return reading;
    }

    private List<JsonNode> beside(List<String> lists) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode holder : List.of(reading.root(), reading.root().path("dependencies"))) {
            Fields fields = reading.of(holder);
            for (String name : lists) {
                all.addAll(reading.list(fields.get(name)));
            }
        }
        return all;
    }

    List<JsonNode> all(Kind kind) {
        return beside.getOrDefault(kind, List.of());
    }

    /** The part that is meant by an id, a name or an object with one of them; missing where it is not in the file. */
    JsonNode find(Kind kind, JsonNode named) {
        String name = reading.name(named);
        String id = reading.id(named);
        for (JsonNode one : all(kind)) {
            Fields fields = reading.of(one);
            for (String key : List.of("id", "uuid", "name", "flow_id", "slug")) {
                String text = fields.text(key);
                if (!text.isBlank() && (text.equals(id) || text.equals(name))) {
                    used.add(one);
                    fields.pass(
                            "id",
                            "uuid",
                            "slug",
                            "flow_id",
                            "description",
                            "created_at",
                            "updated_at",
                            "company_id",
                            "labels");
                    return one;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** What people call a part: by the file where it is in it, else as the step says. */
    String name(Kind kind, JsonNode named) {
        String name = reading.of(find(kind, named)).text("name", "flow_name");
        return name.isBlank() ? reading.name(named) : name;
    }

    /**
     * A name of ours for a part of theirs, the same in each import of it. Two parts that would have one name are told.
     *
     * @param otherwise where no letter of the name can stand in one of ours
     */
    String ours(Kind kind, String theirs, String otherwise, Place place) {
        String ours = Names.kebab(theirs, otherwise);
        String before = names.putIfAbsent(kind + " " + ours, theirs);
        if (before != null && !before.equals(theirs)) {
            report.lost(
                    place,
                    "'" + SourceText.shown(theirs) + "' and '" + SourceText.shown(before)
                            + "' are two there, and both are called '" + ours + "' here",
                    "give one of them another name, wherever it stands");
        }
        return ours;
    }

    /** The lookup table that a transform names, written as a file; one whose rows are not in the file is told. */
    String table(JsonNode named, Place place) {
        String shown = name(Kind.TABLE, named);
        String table = ours(Kind.TABLE, shown, "table", place);
        JsonNode found = find(Kind.TABLE, named);
        List<JsonNode> rows = reading.list(reading.of(found).get("values", "rows", "entries", "data"));
        if (found.isMissingNode() || rows.isEmpty()) {
            report.lost(
                    place,
                    "the rows of lookup table '" + SourceText.shown(shown) + "' are not in the file",
                    "export them as CSV, and put them into routes/tables/" + table
                            + ".csv; the first line is left,right");
            parcel.table(table, "left,right\nexample,example\n");
            return table;
        }
        StringBuilder csv = new StringBuilder("left,right\n");
        for (JsonNode row : rows) {
            Fields cells = reading.of(row);
            cells.pass("id", "created_at", "updated_at");
            csv.append(cell(cells.text("left_value", "left", "key")))
                    .append(',')
                    .append(cell(cells.text("right_value", "right", "value")))
                    .append('\n');
        }
        parcel.table(table, csv.toString());
        return table;
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Tells of parts that no step names. */
    void finish() {
        for (Kind kind : Kind.values()) {
            if (kind == Kind.INSTANCE) {
                continue;
            }
            for (JsonNode one : all(kind)) {
                if (!used.contains(one)) {
                    report.look(
                            reading.at(one),
                            "'" + SourceText.shown(reading.name(one)) + "' among "
                                    + kind.lists().get(0).replace('_', ' ')
                                    + " is named by no step, and nothing is made of it",
                            null);
                    reading.whole(one);
                }
            }
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).strip();
    }
}
