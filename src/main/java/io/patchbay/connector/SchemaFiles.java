package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.SchemaReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON Schemas in a connector's folder: each is read once, and what was read is part of the connector's content. */
final class SchemaFiles {

    private static final Pattern NAME = Pattern.compile(
            "\\./(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.schema\\.(json|yaml)");
    private static final long LARGEST = 1_000_000;

    private final @Nullable Path folder;
    private final String shown;
    private final Problems problems;
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, PayloadSchema> schemas = new TreeMap<>();

    /**
     * Schemas of a folder.
     *
     * @param folder null where there is none
     * @param shown the folder as people know it
     * @param problems gets what is wrong
     */
    SchemaFiles(@Nullable Path folder, String shown, Problems problems) {
        this.folder = folder;
        this.shown = shown;
        this.problems = problems;
    }

    /** No folder: what names a file is refused. */
    static SchemaFiles none(Problems problems) {
        return new SchemaFiles(null, "", problems);
    }

    /** What was read, by the names of the files. */
    Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** What was read, as one text: another one is another connector. */
    String content() {
        StringBuilder all = new StringBuilder();
        texts.forEach((name, text) -> all.append('\n')
                .append(name)
                .append('\n')
                .append(text.length())
                .append('\n')
                .append(text));
        return all.toString();
    }

    /** The schema in a file, or null with a problem. */
    @Nullable
    PayloadSchema schema(String name, Location at) {
        PayloadSchema known = schemas.get(name);
        if (known != null) {
            return known;
        }
        String text = folder == null ? null : text(folder, name, at);
        if (text == null || texts.put(name, text) != null) {
            return null;
        }
        String file = shown + "/" + name.substring(2);
        // JSON is YAML but for tabs, which are no indentation there
        Node root = new YamlReader()
                .read(file, name.endsWith(".json") ? text.replace('\t', ' ') : text, problems)
                .orElse(null);
        PayloadSchema schema = root == null ? null : SchemaReader.read(root, problems);
        if (schema != null) {
            schemas.put(name, schema);
        }
        return schema;
    }

    private @Nullable String text(Path home, String name, Location at) {
        return new FolderText(home, shown, NAME, LARGEST)
                .read(
                        name,
                        "schema",
                        "a file below the connector's folder, like ./order.schema.json",
                        (code, what, hint) -> problems.error(at, code, what, hint));
    }
}
