package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any text at all. */
class ExpressionPropertiesTest {

    private static final FakeScope SCOPE =
            FakeScope.of("{ record: { id: 1, a: [ { b: 2 } ] }, payload: { x: y }, meta: { m: n }, flow: { f: g } }");

    @Property(tries = 3_000)
    void anyTextIsATemplateOrAProblemAtAPlaceInIt(@ForAll("expressions") String text) {
        Problems problems = new Problems();
        ScalarNode node = new ScalarNode(new Location("x", 1, 1), text, text, true);

        Template template = Template.parse(node, Roots.FLOW, problems);

        assertThat(template == null).isEqualTo(problems.anyError());
        if (template != null) {
            try {
                template.value(SCOPE);
            } catch (ExpressionException e) {
                assertThat(e.code()).isIn("NO_VALUE", "NOT_A_DATE");
            }
        }
    }

    @Property(tries = 3_000)
    void anyTextIsAPathOrRefused(@ForAll("expressions") String text) {
        SourcePath path;
        try {
            path = SourcePath.of(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        try {
            assertThat(path.find(SCOPE.tree("record"), SCOPE)).isNotNull();
        } catch (ExpressionException e) {
            assertThat(e.code()).isEqualTo("BAD_PATH");
        }
    }

    @Property(tries = 2_000)
    void whatComesOutOfAPlaceholderIsWhatWentIn(@ForAll String data) {
        Scope scope = new FakeScope(
                JsonNodeFactory.instance
                        .objectNode()
                        .set("record", JsonNodeFactory.instance.objectNode().put("x", data)),
                Instant.EPOCH);
        ScalarNode node = new ScalarNode(new Location("x", 1, 1), "<${record.x}>", "<${record.x}>", true);

        assertThat(Template.parse(node, Roots.FLOW, new Problems()).text(scope)).isEqualTo("<" + data + ">");
    }

    @Property(tries = 3_000)
    void anyTextIsYamlOrAProblem(@ForAll("yaml") String text) {
        Problems problems = new Problems();

        var node = new YamlReader().read("x", text, problems);

        assertThat(node.isEmpty()).isEqualTo(problems.anyError());
        node.ifPresent(ExpressionPropertiesTest::everyScalarHasPlaces);
        node.ifPresent(tree -> new Binder(Map.of()).bind(tree, Condition.class, problems));
    }

    private static void everyScalarHasPlaces(Node node) {
        if (node instanceof ScalarNode scalar) {
            for (int i = 0; i <= scalar.text().length(); i++) {
                assertThat(scalar.at(i).line())
                        .isGreaterThanOrEqualTo(scalar.at().line());
            }
        } else if (node instanceof Node.ListNode list) {
            list.items().forEach(ExpressionPropertiesTest::everyScalarHasPlaces);
        } else if (node instanceof Node.MapNode map) {
            map.entries().values().forEach(entry -> everyScalarHasPlaces(entry.value()));
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> words = Arbitraries.of(
                "${",
                "}",
                "$${",
                "record",
                "payload",
                "meta",
                "flow",
                "run",
                "table",
                "secret",
                ".",
                "..",
                "[",
                "]",
                "[*]",
                "[0]",
                "[-1]",
                "['",
                "']",
                "'",
                "\"",
                "??",
                " ",
                "-",
                "+",
                "2h",
                "1",
                "true",
                "null",
                "a",
                "b",
                "?(@.b > 1)",
                "?@.b",
                ":",
                ",",
                "*",
                "$",
                "@",
                "\\",
                "\n",
                "queuedAt",
                "é",
                "\uD83D\uDE80",
                "\uD83D",
                "(",
                ")",
                "=~");
        return words.list().ofMaxSize(14).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> yaml() {
        Arbitrary<String> words = Arbitraries.of(
                "a",
                "b: ",
                "\n",
                "  ",
                "- ",
                "{ ",
                " }",
                "[",
                "]",
                ", ",
                "|\n",
                ">-\n",
                "'",
                "\"",
                "\\n",
                "\\u00e9",
                "''",
                "&x ",
                "*x",
                "!t ",
                "? ",
                ": ",
                "#c",
                "---\n",
                "...\n",
                "%Y",
                "${record.id}",
                "field: ",
                "is: ",
                "all: ",
                "not: ",
                "1",
                "1.5",
                "007",
                "~",
                "true",
                "\t",
                "\r\n",
                "\uFEFF",
                "é",
                "\uD83D\uDE80",
                "\0",
                "<<: ",
                "=");
        return words.list().ofMaxSize(16).map(parts -> String.join("", parts));
    }
}
