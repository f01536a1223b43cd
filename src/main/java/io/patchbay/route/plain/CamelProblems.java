package io.patchbay.route.plain;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Turns what Camel throws into problems that lead to the place in the file. */
final class CamelProblems {

    private static final int LONGEST = 300;

    private CamelProblems() {}

    /**
     * Adds a problem.
     *
     * @param root the file, or the part of it, that Camel was given
     */
    static void add(Throwable thrown, Node root, Problems problems) {
        Location at = place(thrown, root);
        RefusedException refused = cause(thrown, RefusedException.class);
        if (refused != null) {
            String written = refused.written();
            ScalarNode holder = written == null ? null : first(root, text -> text.contains(written));
            problems.error(
                    holder == null ? at : holder.at(holder.text().indexOf(String.valueOf(written))),
                    refused.refused().code(),
                    refused.refused().what(),
                    refused.refused().hint());
            return;
        }
        problems.error(at, "CAMEL_REFUSED", "Camel refuses this: " + message(thrown));
    }

    /** Where a route's id is written; the beginning of the file for an id that Camel made up. */
    static Location route(String id, Node root) {
        List<Node> sections = root instanceof ListNode list ? list.items() : List.of();
        return sections.stream()
                .filter(MapNode.class::isInstance)
                .flatMap(section -> ((MapNode) section).entries().values().stream())
                .map(entry -> entry.value() instanceof MapNode route ? route.get("id") : null)
                .filter(value ->
                        value instanceof ScalarNode scalar && scalar.text().equals(id))
                .map(Node::at)
                .findFirst()
                .orElse(root.at());
    }

    private static Location place(Throwable thrown, Node root) {
        MarkedYamlEngineException marked = cause(thrown, MarkedYamlEngineException.class);
        Mark mark = marked == null ? null : marked.getProblemMark().orElse(null);
        if (mark != null) {
            return new Location(root.at().file(), mark.getLine() + 1, mark.getColumn() + 1);
        }
        ResolveEndpointFailedException endpoint = cause(thrown, ResolveEndpointFailedException.class);
        if (endpoint == null) {
            return root.at();
        }
        String wanted = CamelRules.shown(normal(endpoint.getUri()));
        ScalarNode uri = first(root, text -> CamelRules.shown(normal(text)).equals(wanted));
        return uri == null ? root.at() : uri.at();
    }

    /** The first text that is like this. */
    private static @Nullable ScalarNode first(Node node, Predicate<String> wanted) {
        if (node instanceof ScalarNode scalar) {
            return wanted.test(scalar.text()) ? scalar : null;
        }
        if (node instanceof ListNode list) {
            return list.items().stream()
                    .map(item -> first(item, wanted))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
        return ((MapNode) node)
                .entries().values().stream()
                        .map(entry -> first(entry.value(), wanted))
                        .filter(found -> found != null)
                        .findFirst()
                        .orElse(null);
    }

    private static String normal(String uri) {
        return uri.replace("://", ":");
    }

    static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** What the innermost cause says, on one line. */
    static String message(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        String message = cause instanceof MarkedYamlEngineException marked ? marked.getProblem() : cause.getMessage();
        String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
