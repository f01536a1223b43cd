package io.patchbay.mapping.function.text;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Text out of HTML. */
final class HtmlFunction {

    static final FunctionType STRIP = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.STRING,
                            "stripHtml",
                            "The text of HTML, without tags, scripts and styles and with its entities as characters. With"
                                    + " `lines: true` paragraphs, list items, rows and `<br>` end a line; else all is one line.")
                    .from(ValueKind.TEXTS, ValueKind.TEXT)
                    .example(
                            "stripHtml",
                            "\"<p>Tom &amp; <b>Jerry</b></p><script>x()</script><p>2 &lt; 3</p>\"",
                            "\"Tom & Jerry 2 < 3\"")
                    .example("{ stripHtml: { lines: true } }", "\"<ul><li>one<li>two</ul>\"", "\"one\\ntwo\""),
            HtmlSettings.class,
            settings -> (value, record, scope) -> Json.NODES.textNode(text(Found.text(value), settings.lines())));

    static final FunctionType ESCAPE = SimpleFunction.ofText(
            FunctionSpec.of(
                            Group.STRING,
                            "escapeHtml",
                            "The text as it may stand in HTML, between tags or in an attribute.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .example("escapeHtml", "\"2 < 3 & \\\"x\\\"\"", "\"2 &lt; 3 &amp; &quot;x&quot;\""),
            Entities::escape);

    /** Settings. */
    @Doc("What becomes of lines")
    record HtmlSettings(
            @Doc("Whether paragraphs and breaks end a line") @Default("false")
            boolean lines) {}

    private HtmlFunction() {}

    private static String text(String html, boolean lines) {
        Document document = Jsoup.parseBodyFragment(html);
        return lines ? lines(document) : document.text().replace('\u00a0', ' ').strip();
    }

    private static String lines(Document document) {
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode words) {
                            text.append(
                                    words.getWholeText().replace('\u00a0', ' ').replaceAll("\\s+", " "));
                        } else if (node instanceof Element element && (element.isBlock() || element.nameIs("br"))) {
                            text.append('\n');
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element && element.isBlock()) {
                            text.append('\n');
                        }
                    }
                },
                document.body());
        return text.toString()
                .lines()
                .map(PlainText::squeezed)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
