package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the texts of one way to prove who calls, and remembers which settings they read. */
final class AuthTexts {

    private final Compiling compiling;
    private final Set<String> settings = new HashSet<>();

    AuthTexts(Compiling compiling) {
        this.compiling = compiling;
    }

    /** Names of the settings that were read so far. */
    Set<String> settings() {
        return settings;
    }

    /** A text at this place. */
    Template in(Text text, Where where) {
        Template template = compiling.template(text, where);
        template.reads().stream().filter(ref -> ref.root().equals("settings")).forEach(ref -> settings.add(ref.name()));
        return template;
    }

    /** A text that may hold secrets. */
    Template needed(Text text) {
        return in(text, Where.AUTH);
    }

    /** The same, or null. */
    @Nullable
    Template optional(@Nullable Text text) {
        return text == null ? null : needed(text);
    }

    /** A text that is a secret: a connector file must not hold it, and its setting must be a secret one. */
    Template secret(Text text, String example) {
        long before = compiling.problems().errors();
        Template template = needed(text);
        if (compiling.problems().errors() > before) {
            return template;
        }
        if (template.constant()) {
            compiling.error(
                    template.at(),
                    "LITERAL_SECRET",
                    "a secret must not stand in a connector file",
                    "read it from a secret setting: ${settings." + example + "}");
        } else if (!readsSecret(template)) {
            compiling.error(
                    template.at(), "NOT_SECRET", "'" + template + "' reads no secret setting", misspelt(template));
        }
        return template;
    }

    private String misspelt(Template template) {
        return template.reads().stream()
                .flatMap(ref -> DidYouMean.nearest(ref.name(), compiling.secrets()).stream())
                .findFirst()
                .map(near ->
                        "did you mean the secret '" + near + "'? If not, add the setting to settings: {secrets: […]}")
                .orElse("add the setting to settings: {secrets: […]}, so that it is never shown");
    }

    /** Whether a secret setting stands in a text. */
    boolean readsSecret(Template template) {
        return template.reads().stream().anyMatch(ref -> compiling.secrets().contains(ref.name()));
    }

    /** The same, or null. */
    @Nullable
    Template optionalSecret(@Nullable Text text, String example) {
        return text == null ? null : secret(text, example);
    }

    /** Any value whose texts may hold secrets; null when it is wrong. */
    @Nullable
    TemplateTree tree(Node node) {
        TemplateTree tree = TemplateTree.parse(node, Where.AUTH.roots(), compiling.problems());
        if (tree != null) {
            compiling.checkReads(tree.reads(), node.at(), Where.AUTH);
            tree.reads().forEach(ref -> settings.add(ref.name()));
        }
        return tree;
    }

    List<Parameter> parameters(Map<String, Text> texts) {
        List<Parameter> parameters = new ArrayList<>();
        texts.forEach((name, text) -> parameters.add(Parameter.of(name, needed(text))));
        return parameters;
    }
}
