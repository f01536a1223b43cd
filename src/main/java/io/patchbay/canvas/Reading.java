package io.patchbay.canvas;

import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ValueReader} may use while it reads one file.
 *
 * @param binder binds parts of the value
 * @param problems gets what is wrong
 */
public record Reading(Binder binder, Problems problems) {

    private static final int MOST_SHOWN = 40;

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

    /** Adds an error of what a record refuses. */
    void error(MapNode map, IllegalArgumentException refused) {
        WrongValueException wrong = refused instanceof WrongValueException told ? told : null;
        problems.error(
                wrong == null ? map.at() : wrong.place(map),
                "BAD_VALUE",
                String.valueOf(refused.getMessage()),
                wrong == null ? null : wrong.hint());
    }

    /** The node as a mapping, or null with a problem. */
    public @Nullable MapNode map(Node node, String what) {
        return map(node, what, null);
    }

    /** The node as a mapping, or null with a problem that has this hint. */
    public @Nullable MapNode map(Node node, String what, @Nullable String hint) {
        if (node instanceof MapNode map) {
            return map;
        }
        error(node, "WRONG_TYPE", what + " must be a mapping, found " + found(node), hint);
        return null;
    }

    /** What stands there, for messages: as much of it as may be repeated. */
    public String found(Node node) {
        return binder.quotes() ? shown(node) : node.kind();
    }

    /** What stands there, for messages: its kind, and a scalar's text as far as it is short. */
    public static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar) || scalar.value() == null) {
            return node.kind();
        }
        String line = scalar.text().lines().findFirst().orElse("");
        boolean whole =
                line.length() <= MOST_SHOWN && line.length() == scalar.text().length();
        return node.kind() + " '" + (whole ? line : line.substring(0, Math.min(MOST_SHOWN, line.length())) + "…") + "'";
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

    /** What is made of a text, or null with a problem: the sentence is that of the IllegalArgumentException. */
    public <T> @Nullable T made(Node node, String what, String code, Function<String, T> of) {
        return made(node, what, code, of, text -> Optional.empty());
    }

    /** The same with a hint on how to mend a wrong text. */
    public <T> @Nullable T made(
            Node node, String what, String code, Function<String, T> of, Function<String, Optional<String>> hint) {
        String text = text(node, what);
        if (text == null) {
            return null;
        }
        try {
            return of.apply(text);
        } catch (IllegalArgumentException e) {
            error(node, code, String.valueOf(e.getMessage()), hint.apply(text).orElse(null));
            return null;
        }
    }

    /**
     * Adds an error for every key that is not known.
     *
     * @return keys that are not there and that those were most likely meant to be
     */
    public Set<String> refuseUnknownKeys(MapNode map, Collection<String> known, String what) {
        Set<String> meant = new HashSet<>();
        for (Node.Entry entry : map.entries().values()) {
            if (!known.contains(entry.key())) {
                problems.error(
                        entry.at(),
                        "UNKNOWN_KEY",
                        what + " has no key '" + entry.key() + "'",
                        DidYouMean.hint(entry.key(), known));
                DidYouMean.nearest(entry.key(), known).ifPresent(meant::add);
            }
        }
        meant.removeAll(map.entries().keySet());
        return meant;
    }
}
