package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands beside the flow in an export of Patchworks, found by the id or the name that a step has for it. */
final class PatchworksParts {

    private final SourceText.Document document;
    private final Parcel parcel;
    private final Report report;
    private final Map<String, JsonNode> scripts = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();

    PatchworksParts(SourceText.Document document, Parcel parcel, Report report) {
        this.document = document;
        this.parcel = parcel;
        this.report = report;
        for (JsonNode script : list(document.root().path("scripts"))) {
            Fields fields = new Fields(script);
            for (String key : List.of("id", "script_id", "uuid", "name")) {
                scripts.putIfAbsent(fields.text(key), script);
            }
            for (JsonNode version : list(fields.get("versions", "script_versions"))) {
                scripts.putIfAbsent("version " + new Fields(version).text("id"), version);
                scripts.putIfAbsent("of " + new Fields(version).text("id"), script);
            }
        }
    }

    Parcel parcel() {
        return parcel;
    }

    /** A list, or the values of an object: exports of lists that lost items are written as such. */
    static List<JsonNode> list(JsonNode value) {
        List<JsonNode> all = new ArrayList<>();
        if (value.isContainerNode()) {
            value.forEach(all::add);
        }
        return all;
    }

    /** A name, or an object with one. */
    static String name(JsonNode value) {
        if (value.isObject()) {
            return new Fields(value).text("name", "key", "slug", "id", "uuid");
        }
        return value.isValueNode() ? value.asText() : "";
    }

    /** The script that a step names. @return its file; null where nothing could be made of it, which was told */
    @Nullable
    String script(Fields config, Place place, boolean value) {
        JsonNode named = config.get("script", "script_id", "script_name");
        String version = name(config.get("script_version", "script_version_id", "version", "version_id"));
        String key = named.isObject() ? new Fields(named).text("id", "uuid", "name") : name(named);
        JsonNode script = scripts.get(key);
        if (script == null) {
            script = scripts.get("of " + (version.isEmpty() ? key : version));
        }
        if (script == null) {
            report.lost(
                    place,
                    "script '" + SourceText.shown(key) + "' is not in the file",
                    "write it to routes/scripts and name it in a shape script");
            return null;
        }
        JsonNode code = code(script, version);
        Fields fields = new Fields(script);
        String shown = fields.text("name").isBlank() ? key : fields.text("name");
        Place at = document.at(script);
        String language = (fields.text("language", "runtime", "lang")
                        + new Fields(scripts.getOrDefault("version " + version, MissingNode.getInstance()))
                                .text("language", "runtime"))
                .toLowerCase(Locale.ROOT);
        if (!code.isTextual() || code.asText().isBlank()) {
            report.lost(
                    at,
                    "script '" + SourceText.shown(shown) + "' has no code in the file",
                    "take its code from there, and put it into routes/scripts");
            return null;
        }
        String text = Secrecy.code(code.asText(), at, shown, report, parcel);
        String thing = key + "/" + version + "/" + value;
        String made = written.get(thing);
        if (made != null) {
            return made;
        }
        String file;
        if (language.contains("python")) {
            report.look(
                    at,
                    "script '" + SourceText.shown(shown)
                            + "' is Python: its function must be called handle, and packages are not there",
                    "docs/reference/scripts.md#python says what is otherwise");
            file = parcel.script(
                    thing,
                    shown,
                    ".py",
                    "# Made by 'patchbay import'. Look at it before it runs.\n" + text.strip() + "\n");
        } else if (language.contains("javascript")
                || language.contains("node")
                || language.startsWith("js")
                || language.isEmpty()) {
            List<String> missing = Adapters.missing(text);
            if (!missing.isEmpty()) {
                report.lost(
                        at,
                        "script '" + SourceText.shown(shown) + "' uses " + String.join(", ", missing)
                                + ", which no script has here",
                        "a connection makes calls; docs/reference/scripts.md says what a script has");
            }
            report.look(
                    at,
                    "script '" + SourceText.shown(shown)
                            + "' has an adapter around it, which hands it what it was written for",
                    "read it, and give it a test");
            String origin = "script '" + shown + "' of an export of Patchworks";
            file = parcel.script(
                    thing,
                    shown,
                    ".js",
                    value ? Adapters.patchworksValue(origin, text) : Adapters.patchworks(origin, text));
        } else {
            report.lost(
                    at,
                    "script '" + SourceText.shown(shown) + "' is written in " + SourceText.shown(language)
                            + ", which does not run here",
                    "write it anew in JavaScript or Python; its code is in the file that was read");
            return null;
        }
        written.put(thing, file);
        return file;
    }

    private JsonNode code(JsonNode script, String version) {
        JsonNode own = scripts.get("version " + version);
        for (JsonNode from : own == null ? List.of(script) : List.of(own, script)) {
            JsonNode code = new Fields(from).get("code", "content", "source", "body", "script", "text");
            if (code.isTextual()) {
                return code;
            }
        }
        List<JsonNode> versions = list(new Fields(script).get("versions", "script_versions"));
        return versions.isEmpty()
                ? MissingNode.getInstance()
                : new Fields(versions.get(versions.size() - 1)).get("code", "content", "source", "body", "script");
    }

    /** The lookup table that a transform names, written as a file; one whose rows are not in the file is told. */
    String table(JsonNode named, Place place) {
        String shown = name(named);
        String table = Names.kebab(shown, "table");
        for (JsonNode one :
                beside("cross_reference_lookups", "cross_references", "lookups", "lookup_tables", "tables", "xrefs")) {
            Fields fields = new Fields(one);
            if (fields.text("id").equals(shown)
                    || fields.text("name").equals(shown)
                    || fields.text("id").equals(new Fields(named).text("id"))) {
                table = Names.kebab(fields.text("name"), table);
                StringBuilder csv = new StringBuilder("left,right\n");
                for (JsonNode row : list(fields.get("values", "rows", "entries", "data"))) {
                    Fields cells = new Fields(row);
                    csv.append(cell(cells.text("left_value", "left", "key")))
                            .append(',')
                            .append(cell(cells.text("right_value", "right", "value")))
                            .append('\n');
                }
                parcel.table(table, csv.toString());
                return table;
            }
        }
        report.lost(
                place,
                "the rows of lookup table '" + SourceText.shown(shown) + "' are not in the file",
                "export them as CSV, and put them into routes/tables/" + table + ".csv; the first line is left,right");
        parcel.table(table, "left,right\nexample,example\n");
        return table;
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Entries of a list that stands at the top or under dependencies, by whatever name it goes. */
    List<JsonNode> beside(String... names) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode holder : List.of(document.root(), document.root().path("dependencies"))) {
            Fields fields = new Fields(holder);
            for (String name : names) {
                all.addAll(list(fields.get(name)));
            }
        }
        return all;
    }
}
