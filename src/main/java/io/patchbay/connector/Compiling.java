package io.patchbay.connector;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the compilers of one file share: its problems, its places and the names that placeholders may use.
 *
 * @param root the file
 * @param problems gets what is wrong
 * @param settings names of settings, secrets among them
 * @param secrets names of secret settings
 * @param optional names of settings that an instance may leave out and that have no default value
 * @param files schemas beside the file
 * @param scripts code beside the file
 */
record Compiling(
        Node root,
        Problems problems,
        Set<String> settings,
        Set<String> secrets,
        Set<String> optional,
        SchemaFiles files,
        ScriptFiles scripts) {

    /** Roots of what is the same for all calls of an instance. */
    static final Set<String> STATIC = Set.of("settings");

    /** Roots of what differs from call to call. */
    static final Set<String> CALL = Set.of("settings", "with", "record", "payload", "meta");

    /**
     * Where placeholders stand.
     *
     * @param roots what may be read
     * @param inputs names behind {@code with}
     * @param secretsToo whether secret settings may stand here
     * @param proofs names behind {@code auth}; null when it is checked elsewhere
     */
    record Where(
            Set<String> roots,
            Set<String> inputs,
            boolean secretsToo,
            @Nullable Set<String> proofs) {

        Where(Set<String> roots, Set<String> inputs, boolean secretsToo) {
            this(roots, inputs, secretsToo, null);
        }

        static final Where AUTH = new Where(STATIC, Set.of(), true);
        static final Where FIXED = new Where(STATIC, Set.of(), false);

        static Where call(Set<String> inputs) {
            return new Where(CALL, inputs, false);
        }

        /** The same, and what the paginator puts there. */
        Where withPage() {
            Set<String> more = new java.util.HashSet<>(roots);
            more.add("page");
            return new Where(Set.copyOf(more), inputs, secretsToo, proofs);
        }

        /** The same without what these roots name. */
        Where without(Set<String> names) {
            Set<String> fewer = new java.util.HashSet<>(roots);
            fewer.removeAll(names);
            return new Where(Set.copyOf(fewer), inputs, secretsToo, proofs);
        }

        Where withSecrets() {
            return new Where(roots, inputs, true, proofs);
        }

        /** The same, and the proofs that go there. */
        Where withProofs(Set<String> names) {
            if (names.isEmpty()) {
                return this;
            }
            Set<String> more = new java.util.HashSet<>(roots);
            more.add("auth");
            return new Where(Set.copyOf(more), inputs, secretsToo, names);
        }
    }

    /** Place of a key, or of the deepest key above it that is there. */
    Location at(String... keys) {
        Node node = root;
        for (String key : keys) {
            Node below = node instanceof MapNode map ? map.get(key) : null;
            if (below == null) {
                break;
            }
            node = below;
        }
        return node.at();
    }

    /** What stands under a key; null where there is nothing. */
    @Nullable
    Node node(String... keys) {
        Node node = root;
        for (String key : keys) {
            node = node instanceof MapNode map ? map.get(key) : null;
        }
        return node;
    }

    void error(Location at, String code, String what, @Nullable String hint) {
        problems.error(at, code, what, hint);
    }

    /** Compiles a text; a constant that stands for it when it is wrong, so that the rest is checked too. */
    Template template(Text text, Where where) {
        Template template = Template.parse(text.node(), where.roots(), problems);
        if (template == null) {
            return constant("", text.at());
        }
        checkReads(template.reads(), template.at(), where);
        return template;
    }

    @Nullable
    Template optional(@Nullable Text text, Where where) {
        return text == null ? null : template(text, where);
    }

    static Template constant(String text, Location at) {
        Template template =
                Template.parse(Text.of(text.replace("${", "$${"), at).node(), Set.of(), new Problems());
        if (template == null) {
            throw new IllegalStateException("constant template");
        }
        return template;
    }

    void checkReads(Set<Ref> reads, Location at, Where where) {
        for (Ref ref : reads) {
            if (ref.root().equals("with") && !where.inputs().contains(ref.name())) {
                error(
                        at,
                        "UNKNOWN_INPUT",
                        "'" + ref.name() + "' is not an input of this endpoint",
                        where.inputs().isEmpty()
                                ? "it has none: declare it, inputs: { " + ref.name() + ": {} }"
                                : DidYouMean.hint(ref.name(), where.inputs()));
            }
            Set<String> proofs = where.proofs();
            if (ref.root().equals("auth") && proofs != null && !proofs.contains(ref.name())) {
                error(
                        at,
                        "UNKNOWN_PROOF",
                        "no auth of this connector puts '" + ref.name() + "' here",
                        DidYouMean.hint(ref.name(), proofs));
            }
            if (ref.root().equals("settings")) {
                checkSetting(ref.name(), at, where);
            }
        }
    }

    private void checkSetting(String name, Location at, Where where) {
        if (!settings.contains(name)) {
            error(
                    at,
                    "UNKNOWN_SETTING",
                    "'" + name + "' is not a setting of this connector",
                    DidYouMean.hint(name, settings));
        } else if (secrets.contains(name) && !where.secretsToo()) {
            error(
                    at,
                    "SECRET_NOT_HERE",
                    "the secret '" + name + "' may stand in auth and headers only",
                    "anything else is logged, recorded or cached on its way");
        }
    }

    List<Parameter> parameters(Map<String, Text> texts, Where where) {
        List<Parameter> parameters = new ArrayList<>();
        texts.forEach((name, text) -> parameters.add(Parameter.of(name, template(text, where), optional)));
        return parameters;
    }

    /** Compiles a path or another small language; null with a problem when it is wrong. */
    <T> @Nullable T parsed(@Nullable String text, Function<String, T> parse, String... keys) {
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            error(at(keys), "BAD_PATH", String.valueOf(e.getMessage()), rooted(text));
            return null;
        }
    }

    /** The same path from the root, which most people leave out. */
    private static @Nullable String rooted(String text) {
        return text.matches("[A-Za-z_][\\w.\\[\\]*'-]*") ? "did you mean '$." + text + "'?" : null;
    }

    @Nullable
    Pattern regex(@Nullable String text, String... keys) {
        if (text == null) {
            return null;
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            error(
                    at(keys),
                    "BAD_REGEX",
                    "'" + text + "' is not a regular expression: " + e.getDescription(),
                    "expressions are RE2: no look-around and no back-references");
            return null;
        }
    }

    /** Keys with further ones behind them. */
    static String[] below(String[] keys, String... more) {
        String[] all = java.util.Arrays.copyOf(keys, keys.length + more.length);
        System.arraycopy(more, 0, all, keys.length, more.length);
        return all;
    }
}
