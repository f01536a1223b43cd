package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchbay.moving.Import.Dialect;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node of another program means is what its shape does. */
class TranslationsTest {

    private static String n8n(String type, String version, String parameters) {
        return Imports.shown(Imports.of(
                Dialect.N8N,
                "{\"name\": \"T\", \"nodes\": [{\"name\": \"N\", \"type\": \"n8n-nodes-base." + type
                        + "\", \"typeVersion\": " + version + ", \"parameters\": " + parameters
                        + "}], \"connections\": {}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "foo|bar, xx bar, true",
        "foo|bar, a foo b, true",
        "^foo|bar$, foot, true",
        "^foo|bar$, crowbar, true",
        "^foo|bar$, a foot, false",
        "^foo$, foo, true",
        "^foo$, food, false",
        "/foo/i, a FOO, true",
        "foo, a FOO, false",
        "cost\\$, 'cost$ 5', true",
        "'a.c', ' abc ', true",
    })
    void aPatternFindsWhatItFindsThere(String theirs, String text, boolean found) {
        JsonNode ours =
                Conditions.of("a", "regex", "", TextNode.valueOf(theirs)).orElseThrow();
        assertThat(Pattern.compile(ours.path("matches").asText()).matcher(text).matches())
                .isEqualTo(found);
    }

    @Test
    void aTimeWithoutAUnitIsInTheUnitOfItsVersion() {
        assertThat(n8n("wait", "1", "{\"amount\": 5}")).contains("5h");
        assertThat(n8n("wait", "1.1", "{\"amount\": 5}")).contains("5s").doesNotContain("5h");
    }

    @Test
    void rulesThatLeadToOneWayOutAreAllKept() {
        assertThat(n8n("switch", "1", """
                {"dataType": "string", "value1": "={{ $json.k }}", "rules": {"rules": [
                  {"value2": "first", "output": 0}, {"value2": "second", "output": 0}, {"value2": "third", "output": 1}]}}""")).contains("is: first", "is: second", "is: third");
    }

    @Test
    void whatAComparisonLeavesOutIsWhatItIsThere() {
        assertThat(n8n("if", "1", "{\"conditions\": {\"boolean\": [{\"value1\": \"={{ $json.b }}\"}]}}"))
                .contains("is: false");
        assertThat(
                        n8n(
                                "if",
                                "1",
                                "{\"conditions\": {\"dateTime\": [{\"value1\": \"={{ $json.d }}\", \"value2\": \"2026-01-01\"}]}}"))
                .contains("after:");
        assertThat(n8n("filter", "1", """
                {"combineConditions": "OR", "conditions": {"string": [
                  {"value1": "={{ $json.a }}", "value2": "1"}, {"value1": "={{ $json.b }}", "value2": "2"}]}}""")).contains("any:");
    }

    @Test
    void otherFieldsStayBesideFieldsThatAreWrittenAsJson() {
        assertThat(n8n("set", "3.4", """
                {"mode": "raw", "jsonOutput": "{\\"a\\": 1}", "includeOtherFields": true}""")).contains("keepOthers: true");
        assertThat(n8n("set", "3.4", """
                {"mode": "raw", "jsonOutput": "{\\"a\\": 1}"}""")).doesNotContain("keepOthers");
    }

    @Test
    void whatIsLeftOutOfANodeIsTold() {
        assertThat(n8n("httpRequest", "4.2", """
                {"url": "https://a.example.com/x", "options": {"response": {"response": {"neverError": true}}}}""")).contains("'neverError' is not translated");
        assertThat(n8n("set", "3.4", """
                {"duplicateItem": true, "options": {"dotNotation": false}, "assignments": {"assignments": [{"name": "a.b", "value": "1", "type": "string"}]}}""")).contains("makes several of each item", "takes a dot for a part of a name");
        assertThat(
                        n8n(
                                "aggregate",
                                "1",
                                "{\"aggregate\": \"aggregateAllItemData\", \"include\": \"specifiedFields\", \"fieldsToInclude\": \"a\"}"))
                .contains("keeps some fields by name");
        assertThat(n8n("if", "2", """
                {"options": {"ignoreCase": true}, "conditions": {"options": {"caseSensitive": "={{ !$parameter.options.ignoreCase }}"},
                 "conditions": [{"leftValue": "={{ $json.a }}", "rightValue": "x", "operator": {"type": "string", "operation": "equals"}}]}}""")).contains("does not mind upper and lower case");
    }

    @ParameterizedTest
    @CsvSource({
        "number, gt, 100, 'as: number, above: 100 '",
        "number, gt, ' 1e3 ', 'as: number, above: 1000 '",
        "number, lte, -.5, 'as: number, atMost: -0.5 '",
        "number, equals, '', 'as: number, is: 0 '",
        "number, gt, a lot, is not translated",
        "string, equals, 100, 'as: text, is: \"100\" '",
        "boolean, equals, True, 'as: boolean, is: true '",
        "array, contains, 5, 'contains: \"5\" '",
    })
    void aConstantIsOfTheTypeOfItsComparison(String type, String operation, String theirs, String ours) {
        assertThat(compared("={{ $json.a }}", type, operation, theirs)).contains(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "$json.a > '5', true, 'when: { field: a, as: number, above: 5 }'",
        "'$json[\"a b\"].c<=-2.5', true, 'when: { field: \"[''a b''].c\", as: number, atMost: -2.5 }'",
        "$json.a === 'x', true, 'when: { field: a, is: x }'",
        "$json.a !== 5, true, 'when: { field: a, isNot: 5 }'",
        "$json.a == 5, true, 'when: { any: [ { field: a, is: 5 }, { field: a, is: \"5\" } ] }'",
        "$json.a != 5, true, 'when: { all: [ { field: a, isNot: 5 }, { field: a, isNot: \"5\" } ] }'",
        "$json.a == 5, false, 'when: { not: { any: [ { field: a, is: 5 }, { field: a, is: \"5\" } ] } }'",
        "Number($json.a) === 5, true, 'when: { field: a, as: number, is: 5 }'",
        "$json.a !== undefined, true, 'when: { field: a, exists: true }'",
        "$json.a === true, true, 'when: { field: a, is: true }'",
        "5 < $json.a, true, 'when: { field: a, as: number, above: 5 }'",
        "'2.5 >= $json.a', true, 'when: { field: a, as: number, atMost: 2.5 }'",
        "'x' === $json.a, true, 'when: { field: a, is: x }'",
        "null != $json.a, true, 'when: { field: a, exists: true }'",
        "10 > Number($json.a), false, 'when: { not: { field: a, as: number, below: 10 } }'",
        "5 < 6, true, is not translated",
        "5 < $json.a && $json.a < 7, true, is not translated",
        "$json.a > 'm', true, is not translated",
        "$json.a > 5 && $json.b < 3, true, is not translated",
        "$json.a.length > 5 || 0, true, is not translated",
    })
    void aComparisonThatIsWrittenAsAnExpressionIsOneHere(String theirs, String operation, String ours) {
        assertThat(compared("={{ " + theirs + " }}", "boolean", operation, "")).contains(ours);
    }

    private static String compared(String left, String type, String operation, String right) {
        return n8n(
                "if",
                "2.2",
                "{\"conditions\": {\"combinator\": \"and\", \"conditions\": [{\"leftValue\": "
                        + TextNode.valueOf(left) + ", \"rightValue\": " + TextNode.valueOf(right)
                        + ", \"operator\": {\"type\": \"" + type + "\", \"operation\": \"" + operation + "\"}}]}}");
    }

    @Test
    void aNumberIsATextWhereTextsAreCompared() {
        assertThat(n8n(
                        "if",
                        "1",
                        "{\"conditions\": {\"string\": [{\"value1\": \"={{ $json.a }}\", \"value2\": 5.0}]}}"))
                .contains("as: text, is: \"5\"");
    }

    @Test
    void aComparisonThatIsHeldAgainstAFieldIsToldAndNotTakenForFalse() {
        assertThat(n8n("if", "1", """
                {"conditions": {"boolean": [{"value1": "={{ $json.total > 500 }}", "operation": "equal", "value2": "={{ $json.large }}"}]}}""")).contains("is not translated").doesNotContain("above: 500");
        assertThat(n8n("if", "1", """
                {"conditions": {"boolean": [{"value1": "={{ $json.total > 500 }}", "operation": "notEqual", "value2": true}]}}""")).contains("not:", "above: 500");
    }

    @Test
    void aQuestionMarkInAnExpressionEndsNoPathOfAnAddress() {
        assertThat(n8n("httpRequest", "4.2", """
                {"url": "=https://a.example.com/orders/{{ $json.a ?? 'x' }}?since={{ $json.b ?? '1' }}"}"""))
                .contains("orders/${record.a ?? 'x'}", "since: \"${record.b ?? '1'}\"");
    }

    @Test
    void aMemberOfWhateverNameStaysInABody() {
        assertThat(n8n("httpRequest", "4.2", """
                {"method": "POST", "url": "https://a.example.com/x", "sendBody": true, "specifyBody": "json",
                 "jsonBody": "{\\"#\\": [\\"kept\\"], \\"b\\": 1}"}""")).contains("kept");
    }

    @Test
    void aLongExpressionInQuotesIsReadToItsEnd() {
        assertThat(n8n("set", "3.4", """
                {"mode": "raw", "jsonOutput": "={\\"a\\": \\"{{ %s }}\\"}"}""".formatted("x".repeat(200_000)))).contains("set");
    }

    @Test
    void aLongAddressEndsBetweenTwoOfItsParts() {
        String parts = "part/".repeat(34);
        assertThat(Hooks.path("/" + parts + ":number/last", "flow")).isEqualTo(parts + "{number}");
        assertThat(Hooks.path("/" + parts + ":numberOfTheOrder/last", "flow"))
                .isEqualTo(parts.substring(0, parts.length() - 1));
        assertThat(Hooks.path("x".repeat(181), "flow")).isEqualTo("flow");
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 2", "3, 3", "3.0, 3", "'\"3.7\"', 3", "null, 2", "99, 10"})
    void aMergeHasAsManyWaysInAsItsScriptHasInputs(String written, int inputs) {
        String made = Imports.shown(Imports.of(Dialect.N8N, """
                {"name": "m", "nodes": [
                  {"name": "S", "type": "n8n-nodes-base.scheduleTrigger", "parameters": {}},
                  {"name": "M", "type": "n8n-nodes-base.merge", "typeVersion": 3, "parameters": {"mode": "combine", "combineBy": "combineByPosition", "numberInputs": %s}}],
                 "connections": {
                  "S": {"main": [[{"node": "M", "type": "main", "index": 0}, {"node": "M", "type": "main", "index": %d}, {"node": "M", "type": "main", "index": %d}]]}}}
                """.formatted(written, inputs - 1, inputs)));
        assertThat(made)
                .contains(
                        "\"inputs\":" + inputs + "}",
                        "{ to: input, value: " + inputs + " }",
                        "has " + inputs + " ways in; the connection from 'S' to number " + (inputs + 1))
                .doesNotContain("numberInputs");
    }

    @Test
    void aTextOverSeveralLinesOfPythonIsTheSameText() {
        String code = """
                # it's no \"""string\"""
                one = 'a # \\' b'
                two = \"""first \s
                  second
                \s\s
                \""" if one else '\\'\\''
                  # deeper

                three = 'over \\
                the end'
                def four():
                    return f'''
                \\''\\'
                ''' + ""
                return [one, two, three, four()]
                """;
        assertThat(n8n("code", "2", "{\"language\": \"python\", \"pythonCode\": " + TextNode.valueOf(code) + "}"))
                .contains("""
                            # ---- the code as it was
                            # it's no \"""string\"""
                            one = 'a # \\' b'
                            two = \"""first \s
                          second
                        \s\s
                        \""" if one else '\\'\\''
                              # deeper

                            three = 'over \\
                        the end'
                            def four():
                                return f'''
                        \\''\\'
                        ''' + ""
                            return [one, two, three, four()]
                        """)
                .doesNotContain("three quotes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from math import *                 | true
            import json; from math import*     | true
            if True: from math import  *       | true
            from math import floor             | false
            # not: from math import *          | false
            text = 'such: from math import *'  | false
            """)
    void anImportOfAllNamesIsToldBecauseNoFunctionMayHaveIt(String code, boolean told) {
        String made = n8n("code", "2", "{\"language\": \"python\", \"pythonCode\": " + TextNode.valueOf(code) + "}");
        assertThat(made.contains("imports * from math, which is an error of syntax here"))
                .isEqualTo(told);
    }

    @Test
    void aFunctionThatReadsARequestInANewLineHasItsParts() {
        String made = Imports.shown(Imports.of(Dialect.NODE_RED, """
                [{"id": "h", "type": "http in", "name": "In", "url": "/in", "method": "get", "wires": [["f"]]},
                 {"id": "f", "type": "function", "name": "F", "func": "const req = msg.req;\\nreq.headers['x-shop'];\\nreturn msg;", "outputs": 1, "wires": []}]"""));
        assertThat(made).contains("headers: [ x-shop ]");
    }

    @Test
    void aBundleHoldsNothingThatTakesEffectAtOnce() {
        for (String path : List.of(
                "routes/evil.camel.yaml",
                "routes/scripts/evil.camel.yaml",
                "routes/a.service.yaml",
                "routes/environments/live.yaml",
                "routes/packages/p.yaml")) {
            assertThatThrownBy(() -> Bundle.read(
                            "b.yaml",
                            "bundle: x\nfiles:\n  routes/x.flow.yaml: 'flow: x'\n  " + path + ": 'x: y'\n",
                            one -> false))
                    .isInstanceOf(MovingException.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("at once");
        }
    }
}
