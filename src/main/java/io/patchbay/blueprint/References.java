package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where files name what a blueprint brings. Flows, tests and instances are told by their keys: one name stands for one thing in all
 * files, {@code instance}, {@code pool}, {@code table}. Data that looks like it is told too, but only where its value is a name of this
 * blueprint; a plan shows each.
 */
final class References {

    /** What a name is of. */
    enum Kind {
        FLOW,
        INSTANCE,
        TABLE,
        POOL,
        CACHE,
        SCRIPT,
        SCHEMA,
        SECRET;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A name in a file.
     *
     * @param at where its text begins, behind a quote
     */
    record Reference(Kind kind, String name, Location at) {}

    private static final Map<String, Kind> BY_KEY = Map.of(
            "flow", Kind.FLOW,
            "test", Kind.FLOW,
            "instance", Kind.INSTANCE,
            "table", Kind.TABLE,
            "pool", Kind.POOL,
            "cache", Kind.CACHE,
            "file", Kind.SCRIPT,
            "schema", Kind.SCHEMA,
            "xsd", Kind.SCHEMA,
            // hmac: { secret: NAME }
            "secret", Kind.SECRET);

    /** Maps whose keys are names: of stores, and of what tests give and expect. */
    private static final Map<String, Kind> MAPS =
            Map.of("pools", Kind.POOL, "caches", Kind.CACHE, "tables", Kind.TABLE);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern TABLE = Pattern.compile("(?<![.\\w])table\\.([A-Za-z0-9_-]+)");

    /** A secret in a placeholder; its name is in one of three groups. */
    static final Pattern SECRET =
            Pattern.compile("(?<![.\\w])secret\\s*(?:\\.\\s*([A-Za-z0-9_]+)|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*])");

    private final List<Reference> found = new ArrayList<>();

    private References() {}

    /** All that a file names. */
    static List<Reference> in(Node root) {
        References references = new References();
        references.walk(root, "");
        return references.found;
    }

    private void walk(Node node, String key) {
        if (node instanceof MapNode map) {
            Kind ofKeys = MAPS.get(key);
            for (Entry entry : map.entries().values()) {
                if (ofKeys != null) {
                    found.add(new Reference(ofKeys, entry.key(), entry.at()));
                }
                // enrich: { cache: { name: … } }
                walk(entry.value(), key.equals("cache") && entry.key().equals("name") ? "cache" : entry.key());
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> walk(item, key));
        } else if (node instanceof ScalarNode scalar) {
            scalar(scalar, key);
        }
    }

    private void scalar(ScalarNode scalar, String key) {
        Kind kind = BY_KEY.get(key);
        if (kind != null && scalar.value() instanceof String) {
            found.add(new Reference(kind, scalar.text(), scalar.at(0)));
        }
        Matcher placeholder = PLACEHOLDER.matcher(scalar.text());
        while (placeholder.find()) {
            Matcher table = TABLE.matcher(placeholder.group(1));
            while (table.find()) {
                found.add(new Reference(Kind.TABLE, table.group(1), scalar.at(placeholder.start(1) + table.start(1))));
            }
            Matcher secret = SECRET.matcher(placeholder.group(1));
            while (secret.find()) {
                int group = group(secret);
                found.add(new Reference(
                        Kind.SECRET, secret.group(group), scalar.at(placeholder.start(1) + secret.start(group))));
            }
        }
    }

    /** The group of {@link #SECRET} that has the name. */
    static int group(Matcher secret) {
        return secret.group(1) != null ? 1 : secret.group(2) != null ? 2 : 3;
    }
}
