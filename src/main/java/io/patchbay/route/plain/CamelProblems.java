package io.patchbay.route.plain;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
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
            problems.error(
                    at,
                    refused.refused().code(),
                    refused.refused().what(),
                    refused.refused().hint());
            return;
        }
        problems.error(at, "CAMEL_REFUSED", "Camel refuses this: " + message(thrown));
    }

    private static Location place(Throwable thrown, Node root) {
        MarkedYamlEngineException marked = cause(thrown, MarkedYamlEngineException.class);
        Mark mark = marked == null ? null : marked.getProblemMark().orElse(null);
        if (mark != null) {
            return new Location(root.at().file(), mark.getLine() + 1, mark.getColumn() + 1);
        }
        ResolveEndpointFailedException endpoint = cause(thrown, ResolveEndpointFailedException.class);
        ScalarNode uri = endpoint == null ? null : scalar(root, CamelRules.shown(normal(endpoint.getUri())));
        return uri == null ? root.at() : uri.at();
    }

    /** The first text that begins with a URI, in either of its spellings. */
    private static @Nullable ScalarNode scalar(Node node, String uri) {
        if (node instanceof ScalarNode scalar) {
            return CamelRules.shown(normal(scalar.text())).equals(uri) ? scalar : null;
        }
        if (node instanceof ListNode list) {
            return list.items().stream()
                    .map(item -> scalar(item, uri))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
        return ((MapNode) node)
                .entries().values().stream()
                        .map(entry -> scalar(entry.value(), uri))
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
