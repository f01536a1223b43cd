package io.patchbay.payload.schema;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The schemas that flows may name: files in folders called {@code schemas} below {@code routes}, by the names of the files. */
public final class FlowSchemas {

    /** None at all. */
    public static final FlowSchemas NONE = new FlowSchemas(Map.of(), List.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(json|xsd)");

    private final Map<String, Named> byName;
    private final List<Problem> problems;

    private FlowSchemas(Map<String, Named> byName, List<Problem> problems) {
        this.byName = byName;
        this.problems = problems;
    }

    /**
     * A file.
     *
     * @param path as people know it
     * @param text its content
     */
    public record Source(String path, String text) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * A schema by name.
     *
     * @param source what was read
     * @param json the schema of a .json file that is right, else null
     * @param xml the schema of an .xsd file that is right, else null
     */
    public record Named(
            Source source,
            @Nullable PayloadSchema json,
            @Nullable XmlSchema xml) {

        /** Whether it can be used. */
        public boolean right() {
            return json != null || xml != null;
        }
    }

    /** Reads the files there are now; those that did not change since {@code before} are not read again. */
    public static FlowSchemas read(List<Source> files, FlowSchemas before) {
        Map<String, Named> byName = new TreeMap<>();
        Map<String, String> paths = new HashMap<>();
        Problems problems = new Problems();
        for (Source file : files) {
            String other = paths.putIfAbsent(file.name(), file.path());
            if (other != null) {
                problems.error(
                        Location.of(file.path()),
                        "DUPLICATE_SCHEMA",
                        "the schema '" + file.name() + "' is taken by " + other,
                        "give this file another name");
                continue;
            }
            Named known = before.byName.get(file.name());
            byName.put(
                    file.name(),
                    known != null && known.right() && known.source().equals(file) ? known : read(file, problems));
        }
        return new FlowSchemas(byName, problems.list());
    }

    private static Named read(Source file, Problems problems) {
        if (!NAME.matcher(file.name()).matches()) {
            problems.error(
                    Location.of(file.path()),
                    "BAD_NAME",
                    "the name '" + file.name() + "' must hold letters, digits, . - and _ only",
                    "rename the file");
            return new Named(file, null, null);
        }
        if (file.name().endsWith(".xsd")) {
            try {
                return new Named(file, null, XmlSchema.read(file.text()));
            } catch (XmlSchema.Broken e) {
                problems.error(
                        new Location(file.path(), e.line(), e.column()),
                        "BAD_SCHEMA",
                        "this is no XML Schema that can be used: " + e.getMessage(),
                        "it stands in one file: nothing that it includes or imports by place is read");
                return new Named(file, null, null);
            }
        }
        // JSON is YAML but for tabs, which are no indentation there
        Node root = new YamlReader()
                .read(file.path(), file.text().replace('\t', ' '), problems)
                .orElse(null);
        return new Named(file, root == null ? null : SchemaReader.read(root, problems), null);
    }

    /** What is wrong with the files. */
    public List<Problem> problems() {
        return problems;
    }

    /** Names of all files. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** A schema; null when there is no such file. */
    public @Nullable Named named(String name) {
        return byName.get(name);
    }
}
