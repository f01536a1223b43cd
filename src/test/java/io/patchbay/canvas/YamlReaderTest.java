package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private final Problems problems = new Problems();

    @Test
    void everyNodeKnowsItsPlace() {
        MapNode root = (MapNode) read("a: 1\nlist:\n  - x\n  - { deep: 'y' }\n").orElseThrow();

        assertThat(root.at()).isEqualTo(at(1, 1));
        assertThat(root.entries().get("list").at()).isEqualTo(at(2, 1));
        ListNode list = (ListNode) root.get("list");
        assertThat(list.items().get(0).at()).isEqualTo(at(3, 5));
        Node.Entry deep = ((MapNode) list.items().get(1)).entries().get("deep");
        assertThat(deep.at()).isEqualTo(at(4, 7));
        assertThat(deep.value().at()).isEqualTo(at(4, 13));
    }

    @Test
    void followsYaml12CoreSchema() {
        assertThat(value("NO")).isEqualTo("NO");
        assertThat(value("yes")).isEqualTo("yes");
        assertThat(value("on")).isEqualTo("on");
        assertThat(value("true")).isEqualTo(true);
        assertThat(value("12")).isEqualTo(12L);
        assertThat(value("12.50")).isEqualTo(new BigDecimal("12.50"));
        assertThat(value("1234567890123456789012")).isEqualTo(new BigDecimal("1234567890123456789012"));
        assertThat(value("'12'")).isEqualTo("12");
        assertThat(value("2026-03-01")).isEqualTo("2026-03-01");
        assertThat(value("12:30:45")).isEqualTo("12:30:45");
        assertThat(value("~")).isNull();
        assertThat(value("0x1F")).isEqualTo("0x1F");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void leadingZerosAreTextWithAWarning() {
        assertThat(value("007")).isEqualTo("007");
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.code()).isEqualTo("LEADING_ZEROS");
        });
    }

    @Test
    void aKeyThatStandsTwiceNamesTheFirst() {
        assertThat(read("a: 1\nb: 2\na: 3\n")).isEmpty();
        assertThat(problems)
                .hasToString(
                        "f.yaml:3:1: key 'a' stands twice in this mapping [DUPLICATE_KEY]\n  hint: the first is at line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!java.net.URL [ \"http://x\" ]",
                "!!javax.script.ScriptEngineManager [ !!java.net.URLClassLoader [[ !!java.net.URL [ \"http://x\" ] ]] ]",
                "a: !!binary aGk=",
                "a: !custom x",
                "!!set { a, b }",
                "!!python/object/apply:os.system [ id ]",
            })
    void refusesTags(String yaml) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.list())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("TAG_REFUSED"));
    }

    @Test
    void anAliasStandsForItsAnchor() {
        MapNode root = (MapNode) read("a: &x { n: 1 }\nb: *x\n").orElseThrow();

        assertThat(root.get("b")).isEqualTo(root.get("a"));
    }

    @Test
    void refusesMergeKeys() {
        assertThat(read("a: &x { n: 1 }\nb: { <<: *x }\n")).isEmpty();
        assertThat(problems.toString()).contains("f.yaml:2:6: merge keys are not taken [MERGE_KEY]");
    }

    @Test
    void refusesABombOfAliasesQuickly() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
        }

        Assertions.assertThatCode(() -> read(yaml.toString())).doesNotThrowAnyException();
        assertThat(problems.toString()).contains("[TOO_MANY_NODES]");
    }

    @Test
    void refusesAnAliasThatLeadsIntoItself() {
        assertThat(read("a: &x [ 1, *x ]\n")).isEmpty();
        assertThat(problems.toString()).contains("[ALIAS_LOOP]").startsWith("f.yaml:1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesDeepNesting(String opening) {
        assertThat(read(opening.repeat(100_000))).isEmpty();
        assertThat(problems.errors()).isPositive();
    }

    @Test
    void refusesNestingBeyondTheBoundAtItsPlace() {
        assertThat(read("[".repeat(70) + "]".repeat(70))).isEmpty();
        assertThat(problems.toString()).contains("f.yaml:1:62: the file is nested deeper than 60 levels [TOO_DEEP]");
    }

    @Test
    void refusesAFileBeyondTheBound() {
        assertThat(new YamlReader(new YamlReader.Limits(10, 100, 10)).read("f.yaml", "a: 'more than ten'", problems))
                .isEmpty();
        assertThat(problems.toString()).contains("[FILE_TOO_LARGE]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: [ 1, 2 | f.yaml:1:4: this is not YAML: what begins here is never closed",
                "a: 'x | f.yaml:1:4: this is not YAML: what begins here is never closed",
                "a: b: c | f.yaml:1:5",
                "a: { | f.yaml:1:5",
                "a: *gone | f.yaml:1:4",
                "a: { b: ${x} } | quote it",
                "a: [ ${x} ] | quote it",
                "a: @x | f.yaml:1:4",
                "%TAG ! tag:x | f.yaml:1",
            })
    void pointsAtWhatIsNoYaml(String yaml, String part) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.toString()).contains(part).contains("[BAD_YAML]").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "# only a comment\n", "---\n", "\uFEFF"})
    void anEmptyFileIsAProblem(String text) {
        assertThat(read(text).filter(node -> !(node instanceof ScalarNode))).isEmpty();
    }

    @Test
    void severalDocumentsAreAProblem() {
        assertThat(read("a: 1\n---\nb: 2\n")).isEmpty();
        assertThat(problems.errors()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a, b]\n: 1\n", "? {a: 1}\n: 1\n", "{ [a]: 1 }"})
    void keysAreText(String yaml) {
        assertThat(read(yaml)).isEmpty();
        assertThat(problems.toString()).contains("[KEY_NOT_TEXT]");
    }

    @Test
    void findsAllDoublesAndTagsOfAFile() {
        read("a: 1\na: 2\nb: !x 1\nc: { d: 1, d: 2 }\n");

        assertThat(problems.errors()).isEqualTo(3);
    }

    @Test
    void nullCharactersAndLoneSurrogatesAreProblemsNotCrashes() {
        read("a: \0");
        read("a: \uD800");
        read("a: \u0007");

        assertThat(problems.list())
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("BAD_YAML"));
    }

    @Test
    void alargeFlatFileIsReadInReasonableTime() {
        String yaml = "key-%d: { a: \"${record.x}\", b: [ 1, 2 ] }\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append(yaml.formatted(i));
        }
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(20), () -> assertThat(read(text.toString())).isPresent());
    }

    private Object value(String yaml) {
        return ((ScalarNode) read(yaml).orElseThrow()).value();
    }

    private Optional<Node> read(String yaml) {
        return new YamlReader().read("f.yaml", yaml, problems);
    }

    private static Location at(int line, int column) {
        return new Location("f.yaml", line, column);
    }
}
