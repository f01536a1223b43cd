package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.Endpoint.Content.MultipartContent;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and compiles the parts of a form (RFC 7578). Their names stand in the file; no placeholder makes one. */
final class MultipartCompiler {

    private static final Set<String> KEYS = Set.of("content", "filename", "contentType");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\"]{1,200}");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+(; ?charset=[A-Za-z0-9-]+)?");

    private final Compiling compiling;

    MultipartCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    Content content(Node template, Where where) {
        List<MultipartContent.Field> fields = new ArrayList<>();
        if (!(template instanceof MapNode map) || map.entries().isEmpty()) {
            compiling.error(
                    template.at(),
                    "WRONG_TYPE",
                    "the template of a multipart body must be a mapping of its parts",
                    "like { purpose: orders, file: { filename: orders.csv, contentType: text/csv } }");
            return new Content.NoContent();
        }
        for (Node.Entry entry : map.entries().values()) {
            if (!NAME.matcher(entry.key()).matches()) {
                compiling.error(entry.at(), "BAD_VALUE", "a part's name holds no quotes and no line ends", null);
            }
            if (entry.value() instanceof MapNode part) {
                fields.add(part(entry.key(), part, where));
            } else if (entry.value() instanceof ScalarNode scalar) {
                Template text = compiling.template(new Text(scalar), where);
                fields.add(new MultipartContent.Field(entry.key(), text, null, null, null));
            } else {
                compiling.error(
                        entry.value().at(), "WRONG_TYPE", "a part is text or a mapping", "lists go under 'content'");
            }
        }
        return new MultipartContent(fields);
    }

    private MultipartContent.Field part(String name, MapNode part, Where where) {
        part.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                compiling.error(entry.at(), "UNKNOWN_KEY", "a part has no '" + key + "'", DidYouMean.hint(key, KEYS));
            }
        });
        Template filename = text(part, "filename", where);
        Template type = text(part, "contentType", Where.FIXED);
        if (type != null && !(type.constant() && TYPE.matcher(type.toString()).matches())) {
            compiling.error(type.at(), "BAD_VALUE", "'" + type + "' is no media type", "like text/csv");
        }
        String contentType = type == null ? null : type.toString();
        Node content = part.get("content");
        if (content == null || content instanceof ScalarNode) {
            return new MultipartContent.Field(name, text(part, "content", where), null, filename, contentType);
        }
        TemplateTree tree = TemplateTree.parse(content, where.roots(), compiling.problems());
        if (tree != null) {
            compiling.checkReads(tree.reads(), content.at(), where);
        }
        return new MultipartContent.Field(name, null, tree, filename, contentType);
    }

    private @Nullable Template text(MapNode part, String key, Where where) {
        Node node = part.get(key);
        if (node != null && !(node instanceof ScalarNode)) {
            compiling.error(node.at(), "WRONG_TYPE", "'" + key + "' is text", null);
        }
        return node instanceof ScalarNode scalar ? compiling.template(new Text(scalar), where) : null;
    }
}
