package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final FakeScope SCOPE = FakeScope.of("""
            record: { id: 7, email: ann@example.org, note: null, total: 12.50, paid: true,
                      tags: [a, b, 3], 'odd name': odd, lines: [ { sku: X1 }, { qty: 2 }, { sku: X3 } ],
                      created: "2026-02-28T23:30:00+01:00", customer: { name: Ann } }
            payload: { count: 3 }
            meta: { page: "2", path.sku: ABC, nested: { deep: 1 } }
            flow: { currency: GBP, limits: { most: 5 } }
            run: { id: r-1, failed: 2, shapes: { push-orders: { records: 40 } } }
            table: { carriers: { DHL: "7", "odd's": x } }
            error: { message: no }
            """);

    @Test
    void aPlaceholderAloneKeepsItsType() {
        assertThat(value("${record.id}")).isEqualTo(SCOPE.tree("record").get("id"));
        assertThat(value("${record.paid}").isBoolean()).isTrue();
        assertThat(value("${record.lines}").isArray()).isTrue();
        assertThat(value("${record.note}").isNull()).isTrue();
        assertThat(value("${record}")).isEqualTo(SCOPE.tree("record"));
    }

    @Test
    void aMixedTextIsText() {
        assertThat(text("Order ${record.id}: ${record.total} ${flow.currency}, ${record.paid}"))
                .isEqualTo("Order 7: 12.50 GBP, true");
        assertThat(value(" ${record.id}")).isEqualTo(JsonNodeFactory.instance.textNode(" 7"));
    }

    @Test
    void aPlainNumberOrBooleanIsAConstantOfItsType() {
        assertThat(value("5").isIntegralNumber()).isTrue();
        assertThat(value("true").isBoolean()).isTrue();
        assertThat(value("\"5\"").isTextual()).isTrue();
        assertThat(parsed("5", Roots.FLOW).constant()).isTrue();
    }

    @Test
    void listsJoinWithACommaInText() {
        assertThat(text("${record.tags}")).isEqualTo("a,b,3");
        assertThat(text("skus ${record.lines[*].sku}")).isEqualTo("skus X1,X3");
        assertThat(text("${record.customer}")).isEqualTo("{\"name\":\"Ann\"}");
    }

    @Test
    void pathsReachNamesPositionsAndOddNames() {
        assertThat(text("${record['odd name']}")).isEqualTo("odd");
        assertThat(text("${record[\"odd name\"]}")).isEqualTo("odd");
        assertThat(text("${record.lines[0].sku}")).isEqualTo("X1");
        assertThat(text("${record.lines[-1].sku}")).isEqualTo("X3");
        assertThat(text("${run.shapes.push-orders.records}")).isEqualTo("40");
        assertThat(text("${table.carriers['DHL']} ${table.carriers['odd\\'s']}"))
                .isEqualTo("7 x");
        assertThat(text("${ payload.count }")).isEqualTo("3");
    }

    @Test
    void metadataNamesMayHoldDots() {
        assertThat(text("${meta.path.sku} ${meta.page} ${meta.nested.deep}")).isEqualTo("ABC 2 1");
    }

    @Test
    void aFallbackStandsInForMissingAndNull() {
        assertThat(text("${record.gone ?? 'n/a'}")).isEqualTo("n/a");
        assertThat(text("${record.note ?? \"none}\"}")).isEqualTo("none}");
        assertThat(value("${record.gone ?? 12.50}").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(value("${record.gone ?? -3}").longValue()).isEqualTo(-3);
        assertThat(value("${record.gone ?? false}").isBoolean()).isTrue();
        assertThat(value("${record.gone ?? null}").isNull()).isTrue();
        assertThat(text("${record.gone ?? record.note ?? record.email}")).isEqualTo("ann@example.org");
        assertThat(text("${record.id ?? 'unused'}")).isEqualTo("7");
    }

    @Test
    void aMissingValueIsAnErrorThatNamesThePlaceholderAndItsPlace() {
        assertThatThrownBy(() -> text("\"Dear ${record.name.first}\""))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("${record.name.first} has no value here, and no ?? to fall back on (x.flow.yaml:1:7)");
        assertThatThrownBy(() -> value("${flow.unknown}")).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> value("${record.lines[*].gone}")).isInstanceOf(ExpressionException.class);
        assertThat(parsed("${record.gone}", Roots.FLOW).find(SCOPE).isMissingNode())
                .isTrue();
    }

    @Test
    void nullInTextIsAnError() {
        assertThatThrownBy(() -> text("/orders/${record.note}")).hasMessageContaining("${record.note} is null here");
    }

    @Test
    void datesShiftByDurations() {
        assertThat(text("${run.queuedAt - 2h}")).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(text("${run.queuedAt + 1d}")).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(text("${run.queuedAt -30s}")).isEqualTo("2026-03-01T11:59:30Z");
        assertThat(text("${record.created + 30m}")).isEqualTo("2026-02-28T23:00:00Z");
        assertThat(text("${record.gone - 1d ?? run.queuedAt}")).isEqualTo("2026-03-01T12:00:00Z");
        assertThatThrownBy(() -> text("${record.email - 1d}")).hasMessageContaining("is not a date");
    }

    @Test
    void doubledDollarEscapes() {
        assertThat(text("$${record.id} costs $5 and $${")).isEqualTo("${record.id} costs $5 and ${");
        assertThat(parsed("$${record.id}", Roots.FLOW).constant()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${record.id}",
                "$${record.id}",
                "${secret.key}",
                "${env:HOME}",
                "${bean:evil}",
                "${sys.user.home}",
                "${header.x}",
                "${body}",
                "${exchangeProperty.x}",
                "${camelContext.stop}",
                "${ref:x}",
                "${type:x}",
                "$simple{body}",
                "#{1+1}",
                "#{T(java.lang.Runtime).getRuntime().exec('id')}",
                "T(java.lang.System).exit(1)",
                "{{secret}}",
                "{{env:PATH}}",
                "{{sys:user.home}}",
                "[[payload]]",
                "${jndi:ldap://x/a}",
                "${${record.id}}",
                "${",
                "}",
                "$${",
                "$",
                "\\${record.id}",
                "%{record.id}",
                "<%= 1 %>",
                "{% x %}",
                "`id`",
                "$(id)",
                "'; DROP TABLE runs; --",
                "RAW(x)",
                "?bridgeEndpoint=true&x=y",
                "\r\nBcc: x@example.org",
                "\0",
                "\uD83D\uDE80",
                "${record.id ?? 'x'}",
                "@{record}",
                "*{record}",
                "~{record}",
                "!{record}",
                "${script:js:1+1}",
                "${url:UTF-8:http://x}",
                "class.module.classLoader",
                "../../etc/passwd",
                "!!java.net.URL [x]"
            })
    void whatAPlaceholderYieldsIsNeverEvaluatedAgain(String hostile) {
        Scope scope = new FakeScope(
                JsonNodeFactory.instance
                        .objectNode()
                        .set("record", JsonNodeFactory.instance.objectNode().put("x", hostile)),
                Instant.EPOCH);
        Template alone = parsed("${record.x}", Roots.FLOW);
        Template mixed = parsed("<${record.x}|${record.x ?? 'no'}>", Roots.FLOW);
        Template fallback = parsed("${record.gone ?? record.x}", Roots.FLOW);

        assertThat(alone.value(scope).textValue()).isEqualTo(hostile);
        assertThat(alone.text(scope)).isEqualTo(hostile);
        assertThat(mixed.text(scope)).isEqualTo("<" + hostile + "|" + hostile + ">");
        assertThat(fallback.text(scope)).isEqualTo(hostile);
    }

    @Test
    void namesWhatItReads() {
        Template template = parsed("${record.id} ${flow.currency} ${run.shapes.push.records} ${payload}", Roots.FLOW);

        assertThat(template.reads())
                .extracting(ref -> ref.root() + " " + ref.name() + " " + ref.names())
                .containsExactlyInAnyOrder(
                        "record id [id]",
                        "flow currency [currency]",
                        "run shapes [shapes, push, records]",
                        "payload * []");
        assertThat(template.constant()).isFalse();
    }

    @Test
    void secretsAreReadOnlyWhereAllowed() {
        assertThat(problems("\"key ${secret.api}\"", Roots.FLOW))
                .contains("x.flow.yaml:1:8: 'secret' cannot be read here [NOT_HERE]")
                .contains("settings of an instance");
        assertThat(parsed("${secret.api}", Set.of("secret")).reads())
                .extracting(Ref::root, Ref::names)
                .containsExactly(tuple("secret", List.of("api")));
    }

    @Test
    void suggestsTheNearestRoot() {
        assertThat(problems("${recrod.id}", Roots.FLOW))
                .contains("x.flow.yaml:1:3: 'recrod' is not something to read from [UNKNOWN_NAME]")
                .contains("did you mean 'record'?");
    }

    @Test
    void pointsAtTheCharacterInEveryStyleOfText() {
        assertThat(problems("'it''s ${recrod.id}'", Roots.FLOW)).contains("x.flow.yaml:1:10:");
        assertThat(problems("\"\\u00e9\\t\\\"${recrod.id}\"", Roots.FLOW)).contains("x.flow.yaml:1:14:");
        assertThat(problems("|\n  first\n    second ${recrod.id}\n", Roots.FLOW))
                .contains("x.flow.yaml:3:14:");
        assertThat(problems("first\n  and ${recrod.id}", Roots.FLOW)).contains("x.flow.yaml:2:9:");
        assertThat(problems(">-\n  first\n  and ${recrod.id}", Roots.FLOW)).contains("x.flow.yaml:3:9:");
        assertThat(problems("\uD83D\uDE80 ${recrod.id}", Roots.FLOW)).contains("x.flow.yaml:1:5:");
    }

    @Test
    void findsAllProblemsOfAText() {
        assertThat(problems("${recrod.id} ${record.} ${record[x]} ${meta}", Roots.FLOW)
                        .lines()
                        .filter(line -> line.startsWith("x.flow.yaml")))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${record.id", "${}", "${record.id + 1}", "${record.a + record.b}", "${record.x ?? }",
                        "${record.x ? 1}",
                "${'open}", "${record.id - 2x}", "${run.queuedAt-2h}", "${table.carriers}", "${flow}", "${record..id}",
                "${record[*}", "${record['x]}", "${record.x()}", "${record.x | upper}", "${record[99999999999]}"
            })
    void refusesWhatIsNotInTheGrammar(String text) {
        assertThat(problems("'" + text.replace("'", "''") + "'", Roots.FLOW)).contains("[BAD_EXPRESSION]");
    }

    @Test
    void anUnquotedPlaceholderInAFlowMappingGetsTheHintToQuoteIt() {
        Problems problems = new Problems();
        new YamlReader().read("x.flow.yaml", "with: { email: ${record.email} }", problems);

        assertThat(problems.toString()).contains("quote it");
    }

    @Test
    void aTreeOfTemplatesYieldsATreeOfValues() {
        Problems problems = new Problems();
        TemplateTree tree = TemplateTree.parse(
                node("{ id: \"${record.id}\", list: [ 1, \"x ${flow.currency}\" ], \"${record.id}\": null }"),
                Roots.FLOW,
                problems);

        assertThat(problems.list()).isEmpty();
        assertThat(tree.value(SCOPE))
                .isEqualTo(FakeScope.yaml("{ id: 7, list: [ 1, x GBP ], \"${record.id}\": null }"));
        assertThat(tree.reads())
                .extracting(Ref::root, Ref::name)
                .containsExactlyInAnyOrder(tuple("record", "id"), tuple("flow", "currency"));
    }

    @Test
    void aHugeExponentDoesNotBecomeAHugeText() {
        Scope scope = FakeScope.of("record: { x: 1e999999 }");

        assertThat(parsed("${record.x}", Roots.FLOW).text(scope)).hasSizeLessThan(20);
    }

    private static String text(String yaml) {
        return parsed(yaml, Roots.FLOW).text(SCOPE);
    }

    private static JsonNode value(String yaml) {
        return parsed(yaml, Roots.FLOW).value(SCOPE);
    }

    /** Texts that are no YAML of one line by themselves are quoted. */
    private static Template parsed(String text, Set<String> roots) {
        boolean quoted = text.startsWith("\"") || text.matches("5|true");
        ScalarNode scalar =
                quoted ? (ScalarNode) node(text) : new ScalarNode(new Location("x.flow.yaml", 1, 1), text, text, true);
        Problems problems = new Problems();
        Template template = Template.parse(scalar, roots, problems);
        assertThat(problems.list()).isEmpty();
        return template;
    }

    private static String problems(String yaml, Set<String> roots) {
        Problems problems = new Problems();
        assertThat(Template.parse((ScalarNode) node(yaml), roots, problems)).isNull();
        return problems.toString();
    }

    private static Node node(String yaml) {
        Problems problems = new Problems();
        Node node = new YamlReader().read("x.flow.yaml", yaml, problems).orElseThrow();
        assertThat(problems.list()).isEmpty();
        return node instanceof MapNode map && map.get("text") != null ? map.get("text") : node;
    }
}
