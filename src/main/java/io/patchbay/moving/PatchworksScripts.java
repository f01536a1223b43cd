package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scripts of an export as scripts of ours, each with an adapter around it. */
final class PatchworksScripts {

    private static final String[] CODE = {"code", "source_code", "content", "source", "body", "script", "text"};

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final Report report;
    private final Map<String, JsonNode> scripts = new LinkedHashMap<>();
    private final Map<String, JsonNode> byVersion = new HashMap<>();
    /** Files by the version and the way in which they are called. */
    private final IdentityHashMap<JsonNode, Map<Boolean, String>> written = new IdentityHashMap<>();

    private final Set<JsonNode> used = Collections.newSetFromMap(new IdentityHashMap<>());

    PatchworksScripts(PatchworksReading reading, Parcel parcel, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.report = report;
        for (JsonNode script : reading.list(reading.of(reading.root()).get("scripts"))) {
            Fields fields = reading.of(script);
            for (String key : List.of("id", "script_id", "uuid", "name")) {
                String text = fields.text(key);
                if (!text.isBlank()) {
                    scripts.putIfAbsent(text, script);
                }
            }
            for (JsonNode version : versions(script)) {
                byVersion.putIfAbsent(reading.of(version).text("id", "uuid"), script);
            }
        }
    }

    private List<JsonNode> versions(JsonNode script) {
        return reading.list(reading.of(script).get("versions", "script_versions"));
    }

    /**
     * The script that settings name, as a file.
     *
     * @param value whether it is a transform of a map, with a value in and one out
     * @return null where nothing could be made of it, which was told
     */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // one that is the same, not one that says the same
    String file(Fields config, Place place, boolean value) {
        JsonNode named = config.get("script", "script_id", "script_name");
        JsonNode ofVersion = config.get("script_version", "script_version_id", "version", "version_id");
        String version = ofVersion.isObject()
                ? reading.of(ofVersion).text("id", "uuid", "number", "version")
                : reading.name(ofVersion);
        String key = reading.id(named);
        JsonNode script = scripts.get(key);
        if (script == null) {
            script = byVersion.get(version.isEmpty() ? key : version);
        }
        if (script == null && config.has("code", "source_code")) {
            return written(
                    config.source(), config.source(), reading.at(config.source(), place), "inline", place, value);
        }
        if (script == null && named.isObject() && reading.of(named).has(CODE)) {
            script = named;
        }
        if (script == null) {
            report.lost(
                    place,
                    "script '" + SourceText.shown(key) + "' is not in the file",
                    "write it to routes/scripts and name it in a shape script");
            return null;
        }
        used.add(script);
        Fields fields = reading.of(script);
        fields.pass(
                "id",
                "script_id",
                "uuid",
                "description",
                "is_deployed",
                "status",
                "created_at",
                "updated_at",
                "company_id");
        JsonNode own = version(script, version.isEmpty() && byVersion.get(key) == script ? key : version, place);
        String shown = fields.text("name").isBlank() ? key : fields.text("name");
        return written(script, own, reading.at(script, place), shown, place, value);
    }

    @SuppressWarnings("ReferenceEquality") // one that is the same, not one that says the same
    private JsonNode version(JsonNode script, String wanted, Place place) {
        List<JsonNode> versions = versions(script);
        if (versions.isEmpty()) {
            return script;
        }
        JsonNode chosen = chosen(versions, wanted, place);
        reading.of(chosen)
                .pass(
                        "id",
                        "uuid",
                        "number",
                        "version",
                        "iteration",
                        "name",
                        "status",
                        "is_deployed",
                        "created_at",
                        "updated_at",
                        "script_id");
        versions.stream().filter(one -> one != chosen).forEach(reading::whole);
        return chosen;
    }

    private JsonNode chosen(List<JsonNode> versions, String wanted, Place place) {
        for (JsonNode one : versions) {
            Fields fields = reading.of(one);
            for (String key : List.of("id", "uuid", "number", "version", "iteration", "name")) {
                if (!wanted.isBlank() && fields.text(key).equals(wanted)) {
                    return one;
                }
            }
        }
        if (versions.size() > 1 || !wanted.isBlank()) {
            report.look(
                    place,
                    wanted.isBlank()
                            ? "which version of a script is meant is not said; its last one was taken"
                            : "version '" + SourceText.shown(wanted)
                                    + "' of a script is not in the file; its last one was taken",
                    "compare the code with that of the version that runs there");
        }
        return versions.get(versions.size() - 1);
    }

    private @Nullable String written(
            JsonNode script, JsonNode version, Place at, String shown, Place place, boolean value) {
        JsonNode code = MissingNode.getInstance();
        String language = "";
        for (JsonNode from : List.of(version, script)) {
            Fields fields = reading.of(from);
            code = code.isTextual() ? code : fields.get(CODE);
            language =
                    language.isBlank() ? PatchworksParts.lower(fields.text("language", "runtime", "lang")) : language;
        }
        if (!code.isTextual() || code.asText().isBlank()) {
            report.lost(
                    at,
                    "script '" + SourceText.shown(shown) + "' has no code in the file",
                    "take its code from there, and put it into routes/scripts");
            return null;
        }
        Map<Boolean, String> files = written.computeIfAbsent(version, one -> new HashMap<>());
        String made = files.get(value);
        if (made != null) {
            return made;
        }
        String thing = String.valueOf(written.size()) + value;
        String text = Secrecy.code(code.asText(), at, shown, report, parcel);
        if (language.contains("python")) {
            report.look(
                    at,
                    "script '" + SourceText.shown(shown)
                            + "' is Python: its function must be called handle, and packages are not there",
                    "docs/reference/scripts.md#python says what is otherwise");
            if (value) {
                report.lost(
                        place,
                        "script '" + SourceText.shown(shown)
                                + "' is Python in a map: here its function is given value, record, meta and flow",
                        "let it return the new value");
            }
            made = parcel.script(
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
            made = parcel.script(
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
        files.put(value, made);
        return made;
    }

    /** Tells of scripts that no step names. */
    void finish() {
        Set<JsonNode> told = Collections.newSetFromMap(new IdentityHashMap<>());
        scripts.values().forEach(script -> {
            if (!used.contains(script) && told.add(script)) {
                report.look(
                        reading.at(script),
                        "script '" + SourceText.shown(reading.name(script))
                                + "' is named by no step, and no file is made of it",
                        null);
                reading.whole(script);
            }
        });
    }
}
