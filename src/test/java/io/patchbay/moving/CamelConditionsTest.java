package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.FakeScope;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.jsonpath.JsonPathExpression;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition that is exported decides in Camel as it does here, whatever a record holds; one that would not is refused. */
class CamelConditionsTest {

    private static final List<String> VALUES = List.of(
            "{}",
            "{\"a\":null}",
            "{\"a\":10}",
            "{\"a\":10.0}",
            "{\"a\":\"10\"}",
            "{\"a\":9}",
            "{\"a\":\"9\"}",
            "{\"a\":100}",
            "{\"a\":\"paid\"}",
            "{\"a\":\"PAID\"}",
            "{\"a\":\"\"}",
            "{\"a\":\"it's 5/6 \\\\ (x)\"}",
            "{\"a\":\"two\\nlines\"}",
            "{\"a\":true}",
            "{\"a\":false}",
            "{\"a\":\"true\"}",
            "{\"a\":[]}",
            "{\"a\":{}}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ field: a, is: paid }",
                "{ field: a, is: 10 }",
                "{ field: a, is: \"10\" }",
                "{ field: a, is: true }",
                "{ field: a, is: \"true\" }",
                "{ field: a, in: [ \"10\", true, null ] }",
                "{ field: a, is: null }",
                "{ field: a, is: \"\" }",
                "{ field: a, isNot: paid }",
                "{ field: a, isNot: 10 }",
                "{ field: a, above: 9 }",
                "{ field: a, atLeast: 10 }",
                "{ field: a, below: 10 }",
                "{ field: a, atMost: 10 }",
                "{ field: a, between: [ 9, 10 ] }",
                "{ field: a, in: [ paid, 10 ] }",
                "{ field: a, notIn: [ paid, 10 ] }",
                "{ field: a, contains: paid }",
                "{ field: a, contains: ai }",
                "{ field: a, startsWith: pa }",
                "{ field: a, startsWith: \"it's 5/6 \\\\ (\" }",
                "{ field: a, endsWith: id }",
                "{ field: a, startsWith: two }",
                "{ field: a, endsWith: lines }",
                "{ field: a, matches: \"p.*\" }",
                "{ field: a, matches: \"two.*\" }",
                "{ field: a, exists: true }",
                "{ field: a, exists: false }",
                "{ field: a.b, is: paid }",
                "{ field: a.b, exists: false }",
                "{ not: { field: a, is: paid } }",
                "{ all: [ { field: a, exists: true }, { field: a, isNot: paid } ] }",
                "{ any: [ { field: a, is: 10 }, { field: a, is: paid } ] }",
            })
    void decidesAlike(String yaml) throws Exception {
        Node node = new YamlReader().read("c.yaml", yaml, new Problems()).orElseThrow();
        Condition ours = new Binder(Map.of()).bind(node, Condition.class, new Problems());
        Lack lack = new Lack();
        String path = new CamelConditions(lack, node.at()).path(Literals.json(node), false);
        assertThat(lack.problems()).isEmpty();
        StringBuilder other = new StringBuilder();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            JsonPathExpression expression = new JsonPathExpression(path);
            expression.setSuppressExceptions(true);
            expression.init(context);
            for (String record : VALUES) {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(record);
                boolean theirs = ((Predicate) expression).matches(exchange);
                String here;
                try {
                    here = String.valueOf(ours.test(Json.MAPPER.readTree(record), FakeScope.of("{}")));
                } catch (ExpressionException e) {
                    // Told by a note of the export.
                    here = "false";
                }
                if (!here.equals(String.valueOf(theirs))) {
                    other.append(record)
                            .append(" here ")
                            .append(here)
                            .append(", there ")
                            .append(theirs)
                            .append('\n');
                }
            }
        }
        assertThat(other.toString()).as(path).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ field: \"a[*].b\", is: x }", "{ field: a..b, is: x }"})
    void aFieldOfManyValuesIsRefused(String yaml) {
        Node node = new YamlReader().read("c.yaml", yaml, new Problems()).orElseThrow();
        Lack lack = new Lack();
        new CamelConditions(lack, node.at()).path(Literals.json(node), false);
        assertThat(lack.problems()).hasSize(1);
    }
}
