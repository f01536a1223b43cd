package io.patchbay.environment;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a flow's text names: told by keys, which mean the same in all shapes and triggers. Below keys that hold data only placeholders
 * count.
 */
public final class FlowNames {

    /** What a name is of. */
    public enum Kind {
        /** The flow itself. */
        SELF,
        /** A flow that it starts. */
        FLOW,
        /** An instance. */
        INSTANCE,
        /** A lookup table. */
        TABLE,
        /** A data pool. */
        POOL,
        /** A cache. */
        CACHE,
        /** A script. */
        SCRIPT,
        /** A path of a URL. */
        PATH,
        /** A name in a URL that is one segment. */
        SEGMENT,
        /** The key of an event that payloads wait for. */
        EVENT,
        /** A secret that the flow names itself. */
        SECRET;

        /** What people call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A name in a text.
     *
     * @param at where it begins, behind a quote
     */
    public record Name(Kind kind, String text, Location at) {}

    private static final Map<String, Kind> BY_KEY = Map.of(
            "instance", Kind.INSTANCE,
            "table", Kind.TABLE,
            "pool", Kind.POOL,
            "cache", Kind.CACHE,
            "file", Kind.SCRIPT,
            "secret", Kind.SECRET);

    /** What stands below these is handed on as it is. */
    private static final Set<String> DATA =
            Set.of("with", "variables", "json", "text", "xml", "csv", "body", "data", "value", "note", "message");

    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\$\\{([^}]*)}");

    /** A table in a placeholder; its name is in one of three groups. */
    private static final Pattern TABLE =
            Pattern.compile("(?<![.\\w])table\\s*(?:\\.\\s*([A-Za-z0-9_-]+)|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*])");

    /** A secret by reference, which is a whole value; texts with placeholders read none. */
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret\\.([A-Za-z][A-Za-z0-9_.-]*)}");

    private final List<Name> found = new ArrayList<>();

    private FlowNames() {}

    /** All names of a flow's text, each place once. */
    public static List<Name> in(MapNode flow) {
        FlowNames names = new FlowNames();
        flow.entries().values().forEach(entry -> names.top(entry));
        return names.found.stream().distinct().toList();
    }

    private void top(Entry entry) {
        switch (entry.key()) {
            case "flow" -> add(Kind.SELF, entry.value());
            case "trigger" -> {
                if (entry.value() instanceof ListNode list) {
                    list.items().forEach(this::trigger);
                }
            }
            default -> value(entry);
        }
    }

    private void value(Entry entry) {
        if (DATA.contains(entry.key())) {
            data(entry.value());
        } else {
            walk(entry.value(), entry.key());
        }
    }

    private void trigger(Node item) {
        if (item instanceof MapNode map) {
            for (Entry kind : map.entries().values()) {
                if (kind.value() instanceof MapNode settings) {
                    switch (kind.key()) {
                        case "webhook", "callback" -> add(Kind.PATH, settings.get("path"));
                        case "inbound" -> add(Kind.SEGMENT, settings.get("name"));
                        default -> {} // has no URL
                    }
                }
                walk(kind.value(), kind.key());
            }
        }
    }

    private void walk(Node node, String key) {
        if (node instanceof MapNode map) {
            boolean event = key.equals("wait")
                    && map.get("for") instanceof ScalarNode awaited
                    && awaited.text().equals("event");
            for (Entry entry : map.entries().values()) {
                Node value = entry.value();
                if (key.equals("wait")
                        && (entry.key().equals("release")
                                || (event && entry.key().equals("key")))) {
                    add(Kind.EVENT, value);
                } else if (key.equals("runFlow") && entry.key().equals("flow")) {
                    add(Kind.FLOW, value);
                } else if (key.equals("cache") && entry.key().equals("name")) {
                    add(Kind.CACHE, value);
                }
                value(entry);
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> walk(item, key));
        } else if (node instanceof ScalarNode scalar) {
            Kind kind = BY_KEY.get(key);
            if (kind != null && (kind != Kind.SECRET || !scalar.text().contains("${"))) {
                add(kind, scalar);
            }
            Matcher secret = SECRET.matcher(scalar.text());
            if (secret.matches()) {
                found.add(new Name(Kind.SECRET, secret.group(1), scalar.at(secret.start(1))));
            }
            placeholders(scalar);
        }
    }

    private void data(Node node) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(entry -> data(entry.value()));
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::data);
        } else if (node instanceof ScalarNode scalar) {
            placeholders(scalar);
        }
    }

    private void add(Kind kind, @Nullable Node node) {
        if (node instanceof ScalarNode scalar && scalar.value() instanceof String) {
            found.add(new Name(kind, scalar.text(), scalar.at(0)));
        }
    }

    private void placeholders(ScalarNode scalar) {
        Matcher placeholder = PLACEHOLDER.matcher(scalar.text());
        while (placeholder.find()) {
            Matcher table = TABLE.matcher(placeholder.group(1));
            while (table.find()) {
                int group = table.group(1) != null ? 1 : table.group(2) != null ? 2 : 3;
                found.add(
                        new Name(Kind.TABLE, table.group(group), scalar.at(placeholder.start(1) + table.start(group))));
            }
        }
    }
}
