package io.patchbay.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What stands for what in the flows of an environment; each by the name that flow files have. */
@Doc("What stands for what in the flows of an environment")
public record Replacements(
        @Doc("Instances: those of the flow files, and which are called in their place") @Default("{}")
        Map<String, String> instances,

        @Doc("Lookup tables") @Default("{}") Map<String, String> tables,

        @Doc("Data pools. One that is not named here is NAME@ID: the environment's own. To share it, name it for"
                + " itself")
        @Default("{}")
        Map<String, String> pools,

        @Doc("Caches. One that is not named here is NAME@ID: the environment's own. To share it, name it for itself")
        @Default("{}")
        Map<String, String> caches,

        @Doc("Files in routes/scripts") @Default("{}") Map<String, String> scripts,

        @Doc("Flow variables: what runs of the flows that have them begin with") @Default("{}")
        Map<String, JsonNode> variables) {

    /** Nothing stands for anything. */
    public static final Replacements NONE =
            new Replacements(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /** Names are put into a text as they are, so they are such that mean nothing else there. */
    private static final Pattern NAME =
            Pattern.compile("(?!(?i:null|true|false)$)(?=.{1,150}$)[A-Za-z][A-Za-z0-9_-]*([.@][A-Za-z0-9_-]+)*");

    /** @throws WrongValueException when a name is none */
    public Replacements {
        check("instances", instances);
        check("tables", tables);
        check("pools", pools);
        check("caches", caches);
        check("scripts", scripts);
        instances = Map.copyOf(instances);
        tables = Map.copyOf(tables);
        pools = Map.copyOf(pools);
        caches = Map.copyOf(caches);
        scripts = Map.copyOf(scripts);
        variables = Map.copyOf(variables);
    }

    private static void check(String key, Map<String, String> names) {
        names.forEach((name, other) -> {
            if (!NAME.matcher(other).matches()) {
                throw new WrongValueException(
                        "what stands for '" + name + "' under '" + key + "' is no name: '" + other + "'",
                        "names have letters, digits, '-' and '_'",
                        key,
                        name);
            }
        });
    }

    /** What stands for names of one kind, by the key of the file; in order. */
    public Map<String, Map<String, String>> names() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        all.put("instances", instances);
        all.put("tables", tables);
        all.put("pools", pools);
        all.put("caches", caches);
        all.put("scripts", scripts);
        return all;
    }
}
