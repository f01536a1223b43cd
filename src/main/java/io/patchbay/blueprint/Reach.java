package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What files reach: secrets, hosts, code, instances. It is read from values as the program reads them, behind quotes and escapes; what
 * looks like a reference and is not understood is told as one that nobody permits.
 */
final class Reach {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern WORD = Pattern.compile("(?<![.\\w])secret\\b");
    /** All schemes but that of ids of Shopify, which lead nowhere. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\b(?!gid:)[a-z][a-z0-9+.-]*://([^/\\s?#'\"<>)]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern CALL = Pattern.compile("\\bconnector:(?://)?([A-Za-z0-9-]+)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");
    /** Hosts as they stand in settings, alone or in a list, maybe with ports; or numbers of IP version 4 or 6. */
    private static final Pattern HOSTS = Pattern.compile(
            "(?:[A-Za-z0-9_-]+\\.)+[A-Za-z][A-Za-z0-9-]+\\.?(?::[0-9]+)?|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?::[0-9]+)?|localhost(?::[0-9]+)?"
                    + "|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*]?(?::[0-9]+)?");
    /** Kept for examples, and nobody's (RFC 2606). */
    private static final Pattern NOBODY =
            Pattern.compile("(?:.*\\.)?(?:example(?:\\.(?:com|net|org))?|test|invalid)", Pattern.CASE_INSENSITIVE);

    /** Keys of a connector's definition that are for people: nothing calls an address that stands there. */
    private static final Set<String> READ = Set.of("docsUrl", "description", "title");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /** What calls instances. */
    private static final Set<@Nullable SourceKind> CALLING =
            EnumSet.of(SourceKind.FLOW, SourceKind.SERVICE, SourceKind.ENVIRONMENT);

    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final Set<String> code = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    private boolean definition;

    /** Adds what a file reaches. */
    void add(String path, String text) {
        SourceKind kind = SourceKind.of(path).orElse(null);
        if (path.endsWith(".md") || path.contains("/fixtures/") || path.equals(BlueprintReader.MANIFEST)) {
            return;
        }
        if (kind == SourceKind.FLOW_SCRIPT || kind == SourceKind.SCRIPT) {
            code.add(path.substring(path.lastIndexOf('/') + 1));
        }
        boolean tells = kind != SourceKind.TEST && kind != SourceKind.FLOW_SCHEMA && kind != SourceKind.SCHEMA;
        Node tree = path.endsWith(".yaml")
                ? new YamlReader().read(path, text, new Problems()).orElse(null)
                : null;
        if (tree == null) {
            value(text, tells);
            return;
        }
        definition = kind == SourceKind.CONNECTOR;
        walk(tree, tells);
        if (kind == SourceKind.INSTANCE && tree instanceof MapNode instance) {
            settings(instance.get("settings"));
        }
        for (References.Reference one : References.in(path, tree)) {
            if (one.kind() == References.Kind.INSTANCE && CALLING.contains(kind)) {
                instances.add(one.name());
            } else if (one.kind() == References.Kind.SECRET
                    && NAME.matcher(one.name()).matches()) {
                secrets.add(one.name());
            }
        }
    }

    private void walk(Node node, boolean tells) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(entry -> {
                value(entry.key(), tells);
                boolean read = definition && entry.value() instanceof ScalarNode && READ.contains(entry.key());
                walk(entry.value(), tells && !read);
            });
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> walk(item, tells));
        } else if (node instanceof ScalarNode scalar) {
            value(scalar.text(), tells);
        }
    }

    /** A system is often named by its host alone, and the connector makes the address of it. */
    private void settings(@Nullable Node node) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(entry -> settings(entry.value()));
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::settings);
        } else if (node instanceof ScalarNode scalar) {
            BETWEEN.splitAsStream(scalar.text())
                    .filter(one -> HOSTS.matcher(one).matches())
                    .map(one -> one.replaceFirst(":[0-9]+$", "").replaceFirst("\\.$", ""))
                    .filter(host -> !NOBODY.matcher(host).matches())
                    .forEach(hosts::add);
        }
    }

    private void value(String text, boolean tells) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            secrets(placeholder.group(1));
        }
        if (!tells) {
            return;
        }
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            String authority = address.group(1);
            if (!authority.isEmpty()) {
                hosts.add(host(authority));
            }
        }
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            instances.add(call.group(1));
        }
    }

    private void secrets(String inside) {
        Matcher known = References.SECRET.matcher(inside);
        int found = 0;
        while (known.find()) {
            found++;
            secrets.add(known.group(References.group(known)));
        }
        Matcher word = WORD.matcher(inside);
        int named = 0;
        while (word.find()) {
            named++;
        }
        if (named > found) {
            secrets.add("${" + inside + "}");
        }
    }

    /** Behind a placeholder, what follows it decides; a name and password in front of the host are no host. */
    private static String host(String authority) {
        if (authority.contains("@")) {
            return authority;
        }
        int end = authority.lastIndexOf('}');
        String fixed = end < 0 ? authority : "*" + authority.substring(end + 1);
        return fixed.replaceFirst(":(?:[0-9]+|\\$.*)?$", "");
    }

    Set<String> secrets() {
        return secrets;
    }

    /** Hosts; one that begins with a placeholder begins with a star. */
    Set<String> hosts() {
        return hosts;
    }

    Set<String> code() {
        return code;
    }

    Set<String> instances() {
        return instances;
    }

    /** Hosts that no permission covers. */
    static Set<String> uncovered(Set<String> hosts, Iterable<String> permitted) {
        Set<String> left = new TreeSet<>(hosts);
        for (String pattern : permitted) {
            left.removeIf(host -> covers(pattern, host));
        }
        return left;
    }

    private static boolean covers(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equalsIgnoreCase(host);
        }
        // Two names behind the star at least: *.com is everybody.
        return pattern.indexOf('.', 2) > 0
                && HOST.matcher(host.startsWith("*") ? host.substring(1) : host).matches()
                && host.toLowerCase(Locale.ROOT).endsWith(pattern.substring(1).toLowerCase(Locale.ROOT));
    }

    /** What a connector that is brought along reaches, as people read it. */
    static String told(Map<String, String> files) {
        Reach reach = new Reach();
        files.forEach(reach::add);
        return (reach.hosts.isEmpty() ? "" : ", reaches " + String.join(", ", reach.hosts))
                + (reach.code.isEmpty() ? "" : ", has code: " + String.join(", ", reach.code));
    }
}
