package io.patchbay.canvas;

import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.lang.reflect.Type;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ValueReader} may use while it reads one file.
 *
 * @param binder binds parts of the value
 * @param problems gets what is wrong
 */
public record Reading(Binder binder, Problems problems) {

    /** Binds a part; null when it was wrong. */
    public <T> @Nullable T bind(Node node, Class<T> type) {
        return binder.bind(node, type, problems);
    }

    /** Binds a part of a generic type; null when it was wrong. */
    public @Nullable Object bind(Node node, Type type) {
        return binder.bindAny(node, type, problems);
    }

    /** Adds an error at a node. */
    public void error(Node node, String code, String what, @Nullable String hint) {
        problems.error(node.at(), code, what, hint);
    }

    /** The node as a mapping, or null with a problem. */
    public @Nullable MapNode map(Node node, String what) {
        if (node instanceof MapNode map) {
            return map;
        }
        error(node, "WRONG_TYPE", what + " must be a mapping, found " + node.kind(), null);
        return null;
    }

    /** The node as text (numbers and booleans as they were written), or null with a problem. */
    public @Nullable String text(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.value() != null) {
            return scalar.text();
        }
        String hint = node instanceof MapNode ? "if the value begins with ${, put it in double quotes" : null;
        error(node, "WRONG_TYPE", what + " must be text, found " + node.kind(), hint);
        return null;
    }

    /** Adds an error for every key that is not known. */
    public void refuseUnknownKeys(MapNode map, Collection<String> known, String what) {
        for (Node.Entry entry : map.entries().values()) {
            if (!known.contains(entry.key())) {
                problems.error(
                        entry.at(),
                        "UNKNOWN_KEY",
                        what + " has no key '" + entry.key() + "'",
                        DidYouMean.hint(entry.key(), known));
            }
        }
    }
}
