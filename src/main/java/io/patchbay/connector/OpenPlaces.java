package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.Template;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks places of a request that stay open in the definition: parameters whose names a flow gives, paths of several parts, and
 * {@code ${page.NAME}}, which paging and {@code incremental} fill.
 */
final class OpenPlaces {

    private static final Pattern INPUT = Pattern.compile("\\$\\{\\s*with\\.([A-Za-z0-9_-]+)\\s*}");
    private static final Pattern PAGE = Pattern.compile("\\$\\{[^}]*?\\bpage\\.([A-Za-z0-9_-]+)");

    private final Compiling compiling;
    private final EndpointConfig endpoint;

    OpenPlaces(Compiling compiling, EndpointConfig endpoint) {
        this.compiling = compiling;
        this.endpoint = endpoint;
    }

    /** Whether a text is the whole of one input that is an object. */
    static boolean isObject(EndpointConfig endpoint, String text) {
        InputConfig input = input(endpoint, text);
        return input != null && input.type() == ValueType.OBJECT;
    }

    private static @Nullable InputConfig input(EndpointConfig endpoint, String text) {
        Matcher matcher = INPUT.matcher(text);
        return matcher.matches() ? endpoint.inputs().get(matcher.group(1)) : null;
    }

    /** Parameters; {@code *} among them stands for the members of an object. */
    List<Parameter> parameters(Map<String, Text> texts, Where where) {
        Text each = texts.get(Parameter.EACH);
        if (each != null && !isObject(endpoint, each.node().text())) {
            compiling.error(
                    each.at(),
                    "WRONG_TYPE",
                    "'*' stands for the members of an input of type object, found '"
                            + each.node().text() + "'",
                    "like '*': '${with.query}' with inputs: { query: { type: object, default: {} } }");
        }
        return compiling.parameters(texts, where);
    }

    /** Parameters of a query: a list may be there once for each item. */
    List<Parameter> query(Map<String, Text> texts, Where where) {
        return parameters(texts, where).stream()
                .map(parameter -> {
                    InputConfig input = input(endpoint, parameter.value().toString());
                    return input != null && input.repeat() ? parameter.eachItem() : parameter;
                })
                .toList();
    }

    /** An input that holds several parts of a path stands alone between slashes. */
    void checkPath(Template part) {
        boolean several = part.reads().stream()
                .map(ref -> ref.root().equals("with") ? endpoint.inputs().get(ref.name()) : null)
                .anyMatch(input -> input != null && input.type() == ValueType.PATH);
        if (several && input(endpoint, part.toString()) == null) {
            compiling.error(
                    part.at(),
                    "BAD_PATH",
                    "an input of type path stands alone between slashes, found '" + part + "'",
                    "like /api/${with.path}");
        }
    }

    /** Where placeholders of the request stand, with those that are filled; each of them must be read, and no other. */
    Where filled(Where where, String[] keys) {
        Map<String, String[]> names = new LinkedHashMap<>();
        if (endpoint.paginator() != null) {
            add(names, endpoint.paginator().inject(), Compiling.below(keys, "paginator", "inject"));
        }
        if (endpoint.incremental() != null) {
            add(names, endpoint.incremental().lower(), Compiling.below(keys, "incremental", "lower"));
            add(names, endpoint.incremental().upper(), Compiling.below(keys, "incremental", "upper"));
        }
        if (names.isEmpty()) {
            return where;
        }
        Set<String> read = new HashSet<>();
        gather(compiling.node(Compiling.below(keys, "request")), read);
        names.forEach((name, place) -> {
            if (!read.contains(name)) {
                compiling.error(
                        compiling.at(place),
                        "BAD_VALUE",
                        "the request has no place for '" + name + "'",
                        "write it as ${page." + name + "} in request: {query, headers or body}");
            }
        });
        for (String name : read) {
            if (!names.containsKey(name)) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "request")),
                        "BAD_VALUE",
                        "the request reads ${page." + name + "}, which nothing sets",
                        "set are " + String.join(", ", names.keySet()));
            }
        }
        return where.withPage();
    }

    private static void add(Map<String, String[]> names, @Nullable InjectConfig inject, String[] place) {
        if (inject != null && inject.into() == Into.TEMPLATE && inject.name() != null) {
            names.put(inject.name(), place);
        }
    }

    private static void gather(@Nullable Node node, Set<String> into) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(entry -> gather(entry.value(), into));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> gather(item, into));
        } else if (node instanceof Node.ScalarNode scalar) {
            Stream.of(scalar.text()).map(PAGE::matcher).forEach(matcher -> {
                while (matcher.find()) {
                    into.add(matcher.group(1));
                }
            });
        }
    }
}
