package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.route.folder.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where files name what a blueprint brings. Flows, services, tests and instances are told by their keys: one name stands for one thing in
 * all files, {@code instance}, {@code pool}, {@code table}. Data that looks like it is told too, but only where its value is a name of
 * this blueprint; a plan shows each. Environments and packages are lists of names, and are told by their places.
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
        SECRET,
        ENVIRONMENT,
        /** What stands before paths of URLs in an environment. */
        PREFIX,
        PACKAGE;

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

    /** Under {@code replace} of an environment: names of flows, each with that which stands for it. */
    private static final Map<String, Kind> REPLACED = Map.of(
            "instances", Kind.INSTANCE,
            "tables", Kind.TABLE,
            "pools", Kind.POOL,
            "caches", Kind.CACHE,
            "scripts", Kind.SCRIPT);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern TABLE = Pattern.compile("(?<![.\\w])table\\.([A-Za-z0-9_-]+)");

    /** A secret in a placeholder; its name is in one of three groups. */
    static final Pattern SECRET =
            Pattern.compile("(?<![.\\w])secret\\s*(?:\\.\\s*([A-Za-z0-9_]+)|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*])");

    private final List<Reference> found = new ArrayList<>();

    private References() {}

    /** All that a file names, by the kind of file that its path tells. */
    static List<Reference> in(String path, Node root) {
        References references = new References();
        SourceKind kind = SourceKind.of(path).orElse(null);
        if (kind == SourceKind.ENVIRONMENT && root instanceof MapNode map) {
            references.environment(map);
        } else if (kind == SourceKind.PACKAGE && root instanceof MapNode map) {
            references.name(Kind.PACKAGE, map.get("package"));
            references.names(Kind.FLOW, map.get("flows"));
        } else {
            if (kind == SourceKind.SERVICE && root instanceof MapNode map) {
                references.name(Kind.FLOW, map.get("service"));
            }
            references.walk(root, "");
        }
        return references.found;
    }

    private void environment(MapNode map) {
        name(Kind.ENVIRONMENT, map.get("environment"));
        name(Kind.PREFIX, map.get("prefix"));
        names(Kind.PACKAGE, map.get("packages"));
        names(Kind.FLOW, map.get("flows"));
        if (map.get("flows") instanceof ListNode flows) {
            flows.items().forEach(flow -> walk(flow, ""));
        }
        if (map.get("replace") instanceof MapNode replace) {
            for (Entry entry : replace.entries().values()) {
                Kind kind = REPLACED.get(entry.key());
                if (kind == null) {
                    walk(entry.value(), entry.key());
                } else if (entry.value() instanceof MapNode pairs) {
                    for (Entry pair : pairs.entries().values()) {
                        found.add(new Reference(kind, pair.key(), pair.at()));
                        name(kind, pair.value());
                    }
                }
            }
        }
    }

    private void names(Kind kind, @Nullable Node node) {
        if (node instanceof ListNode list) {
            list.items().forEach(item -> name(kind, item));
        }
    }

    private void name(Kind kind, @Nullable Node node) {
        if (node instanceof ScalarNode scalar && scalar.value() instanceof String) {
            found.add(new Reference(kind, scalar.text(), scalar.at(0)));
        }
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
        if (kind != null) {
            name(kind, scalar);
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
