package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePathTest {

    private static final FakeScope SCOPE = FakeScope.of("""
            payload: { count: 2, orders: [ { id: 1 }, { id: 2 } ] }
            record:
              id: 1
              note: null
              'odd name': odd
              "it's": quoted
              x-ray: hyphen
              größe: 42
              tags: []
              lines: [ { sku: A, qty: 1, parts: [ { n: 1 }, { n: 2 } ] }, { qty: 5 }, { sku: C, qty: 9, parts: [] } ]
              prices: { gbp: 1, eur: 2 }
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id | 1",
                "note | null",
                "lines[0].sku | A",
                "lines[-1].sku | C",
                "['odd name'] | odd",
                "[\"it's\"] | quoted",
                "x-ray | hyphen",
                "größe | 42",
                "lines[*].sku | [ A, C ]",
                "lines[*].parts[*].n | [ 1, 2 ]",
                "lines.*.qty | [ 1, 5, 9 ]",
                "prices[*] | [ 1, 2 ]",
                "lines[0:2].qty | [ 1, 5 ]",
                "lines[?(@.qty > 4)].qty | [ 5, 9 ]",
                "lines[?@.qty > 4].qty | [ 5, 9 ]",
                "lines[?@.sku == 'A'].qty | [ 1 ]",
                "..n | [ 1, 2 ]",
                "lines[0,2].sku | [ A, C ]",
                "$.count | 2",
                "$.orders[*].id | [ 1, 2 ]",
                "$.orders[?(@.id == 2)].id | [ 2 ]",
            })
    void findsWhatThePathLeadsTo(String path, String expected) {
        assertThat(find(path)).isEqualTo(FakeScope.yaml(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gone",
                "gone.deeper",
                "id.deeper",
                "note.deeper",
                "lines[7]",
                "lines[-4]",
                "tags[*]",
                "lines[*].gone",
                "lines[?(@.qty > 100)]",
                "..gone",
                "$.gone",
                "lines['sku']",
                "id[0]",
                "gone[0:2]"
            })
    void noMatchIsMissing(String path) {
        assertThat(find(path).isMissingNode()).isTrue();
    }

    @Test
    void theRecordItselfAndTheWholePayloadCanBeNamed() {
        assertThat(find("@")).isSameAs(SCOPE.tree("record"));
        assertThat(find("$")).isSameAs(SCOPE.tree("payload"));
    }

    @Test
    void aPathThatCanLeadToSeveralPlacesYieldsAListForOneMatchToo() {
        assertThat(find("lines[?(@.qty == 9)].sku")).isEqualTo(FakeScope.yaml("[ C ]"));
        assertThat(find("lines[*].parts[1].n")).isEqualTo(FakeScope.yaml("[ 2 ]"));
    }

    @Test
    void filtersCompareWithThePayloadAndHaveTheFunctionsOfTheStandard() {
        assertThat(SourcePath.of("lines[?@.sku == $.wanted].qty")
                        .find(SCOPE.tree("record"), Scope.of("payload", FakeScope.yaml("{ wanted: C }"))))
                .isEqualTo(FakeScope.yaml("[ 9 ]"));
        assertThat(find("lines[?match(@.sku, '[AB]') && length(@.sku) == 1].sku"))
                .isEqualTo(FakeScope.yaml("[ A ]"));
        assertThat(find("lines[?@.no-name == 1]").isMissingNode()).isTrue();
        assertThat(find("lines[?search(@.sku, '(a+)+$')]").isMissingNode()).isTrue();
    }

    @Test
    void whatTheStandardAllowsInOtherFormsIsTheSamePath() {
        assertThat(find("['gr\\u00f6\u00dfe']")).isEqualTo(FakeScope.yaml("42"));
        assertThat(find("[ 'lines' ] [ 0 ]['sku']")).isEqualTo(FakeScope.yaml("A"));
        assertThat(SourcePath.of("[ 'lines' ] [ 0 ]['sku']").wildcards()).isZero();
        assertThat(find("lines[?@.sku == '](' || @.sku == '=~' || @.sku == 'C'].qty"))
                .isEqualTo(FakeScope.yaml("[ 9 ]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lines[?@.sku in ['A']] | write @.a == 'x'",
                "lines[?@.sku =~ /A/] | match(@.sku",
                "lines[?@.parts.length() > 1] | length(@.list)",
                "lines[?match(@.sku, '[A-')] | is no regular expression",
                "lines[?match(@.sku, '((a{1000}){1000}){1000}')] | is no regular expression",
                "lines..length() | cannot call a function",
            })
    void saysHowTheStandardWouldHaveIt(String path, String told) {
        Problems problems = new Problems();
        new Binder(Map.of())
                .bind(new Node.ScalarNode(Location.of("m.yaml"), path, path, true), SourcePath.class, problems);

        assertThat(problems.toString()).contains("[BAD_PATH]").contains(told);
    }

    @Test
    void anExpressionFromDataIsBounded() {
        JsonNode payload = FakeScope.yaml("{ pattern: '((a{1000}){1000}){1000}', plain: 'A' }");

        assertThat(SourcePath.of("lines[?match(@.sku, $.pattern)]")
                        .find(SCOPE.tree("record"), Scope.of("payload", payload))
                        .isMissingNode())
                .isTrue();
        assertThat(SourcePath.of("lines[?match(@.sku, $.plain)].qty")
                        .find(SCOPE.tree("record"), Scope.of("payload", payload)))
                .isEqualTo(FakeScope.yaml("[ 1 ]"));
        String deep = "length(".repeat(20_000);
        assertThatThrownBy(() -> SourcePath.of("lines[?" + deep + "@.a" + ")".repeat(20_000) + " > 1]"))
                .hasMessageContaining("at most 100 levels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a..  | 4",
                "'lines[x]' | 8",
                "\"lines[*\" | 9",
                "a b | 2",
                "a. | 3",
                "'a[?(@.x =~ /(a+)+$/)]' | 10",
                "\"${record.id}\" | 3",
                "'a[?(]' | 6",
                "a..length() | 10",
                "a..nonsense() | 12",
            })
    void refusesWhatIsNoPathAtItsCharacter(String yaml, int column) {
        Problems problems = new Problems();
        new YamlReader()
                .read("m.flow.yaml", yaml, problems)
                .ifPresent(node -> new Binder(Map.of()).bind(node, SourcePath.class, problems));

        assertThat(problems.toString())
                .startsWith("m.flow.yaml:1:" + column + ": ")
                .contains("[BAD_PATH]");
    }

    @Test
    void targetsHoldNamesPositionsAndWildcardsOnly() {
        assertThat(TargetPath.of("lines[*].item.codes[2]['odd one']").steps())
                .containsExactly(
                        new TargetPath.Member("lines"),
                        new TargetPath.Every(),
                        new TargetPath.Member("item"),
                        new TargetPath.Member("codes"),
                        new TargetPath.Item(2),
                        new TargetPath.Member("odd one"));
        for (String wrong : new String[] {"", "[0]", "a[-1]", "a[20000]", "a..b", "a[0:2]", "$.a", "a[?(@.x)]"}) {
            assertThatThrownBy(() -> TargetPath.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static JsonNode find(String path) {
        return SourcePath.of(path).find(SCOPE.tree("record"), SCOPE);
    }
}
