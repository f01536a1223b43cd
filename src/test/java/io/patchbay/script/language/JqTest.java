package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jq: what it gives, what it says of mistakes, and that it gets nowhere. */
class JqTest {

    private static final Expressions JQ = Expressions.of(Language.JQ);

    @AfterAll
    static void close() {
        JQ.close();
    }

    @Test
    void givesAsManyValuesAsItHasOutputs() throws LanguageException {
        assertThat(JQ.of(".lines[] | {sku, n: .count}", "{\"lines\":[{\"sku\":\"A\",\"count\":1},{\"sku\":\"B\"}]}"))
                .isEqualTo("[{\"sku\":\"A\",\"n\":1},{\"sku\":\"B\",\"n\":null}]");
        assertThat(JQ.of("empty", "{}")).isEqualTo("[]");
    }

    @Test
    void numbersThatPassThroughKeepTheirDigits() throws LanguageException {
        assertThat(JQ.of("{a: .a, b: .b}", "{\"a\":0.10000000000000000000001,\"b\":123456789012345678901234567890}"))
                .isEqualTo("[{\"a\":0.10000000000000000000001,\"b\":123456789012345678901234567890}]");
    }

    @Test
    void readsVariablesAsData() throws LanguageException {
        assertThat(JQ.of("$flow.currency + \" \" + $meta.file + \" \" + $run.id", "{}"))
                .isEqualTo("[\"GBP a.json r1\"]");
    }

    @Test
    void knowsTheTimeOfTheRun() throws LanguageException {
        assertThat(JQ.of("now | todateiso8601", "{}")).isEqualTo("[\"2026-03-01T10:00:00Z\"]");
    }

    @Test
    void importsFilesBesideIt() throws LanguageException {
        assertThat(JQ.of("import \"lib\" as lib; lib::twice", Map.of("lib.jq", "def twice: . * 2;"), "3"))
                .isEqualTo("[6]");
        assertThat(JQ.of("include \"lib\"; twice", Map.of("lib.jq", "def twice: . * 2;"), "3"))
                .isEqualTo("[6]");
    }

    @Test
    void saysWhereAMistakeIs() {
        LanguageException wrong = JQ.refused("{a: .b,\n  c: }");
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.column()).isEqualTo(6);
        assertThat(wrong.getMessage()).isEqualTo("'}' cannot stand here");
        assertThat(JQ.refused(".a | {")).hasMessage("the text ends too early");
        assertThat(JQ.refused(".a | ascii_upcas")).hasMessage("there is no function 'ascii_upcas' with no arguments");
        assertThat(JQ.refused("$fow.currency")).hasMessageStartingWith("there is no variable '$fow'");
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(JQ.fails(".a.b", "{\"a\":1}", Kind.FAILED)).hasMessageContaining("Cannot index number");
        assertThat(JQ.fails("error(\"no such order\")", "{}", Kind.FAILED)).hasMessage("no such order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "$ENV.PATH",
                "input",
                "inputs",
                "input_filename",
                "debug_scope",
                "import \"/etc/passwd\" as $p; $p",
                "include \"/etc/passwd\"; 1",
                "import \"../secrets\" as s; s::x",
                "import \"a\" as a {search: \"/etc\"}; a::x",
                "$__prog_args",
                "get_search_list"
            })
    void thereIsNothingOutside(String text) {
        JQ.fails(text, "{}", Kind.SYNTAX, Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f: f; f",
                "def f: [f]; f",
                "def f: f, f; f",
                "def a: .,.; def b: a|a|a|a; def c: b|b|b|b; def d: c|c|c|c; d|d|d|d",
                "[range(1000000000000)]",
                "def r: ., r; [r]",
                "last(range(1e15))",
                "reduce range(1e15) as $i (0; . + $i)",
                "[limit(1e12; range(1e15) | \"xxxxxxxxxxxxxxxx\")] | length",
                "until(false; . + 1)",
                "\"x\" * 1000000000",
                "reduce range(64) as $i (\"x\"; . + .)",
                "reduce range(64) as $i ([1]; . + .)",
                "reduce range(64) as $i (1; [., .])",
                "reduce range(64) as $i (1; [., .]) | tojson",
                "reduce range(64) as $i (1; [., .]) | tostring | length",
                "reduce range(64) as $i (1; [., .]) | \"\\(.)\"",
                "(reduce range(64) as $i (1; [., .])) as $a | (reduce range(64) as $i (1; [., .])) as $b | $a == $b",
                "[reduce range(64) as $i (1; [., .])] | unique",
                "reduce range(100000) as $i (1; [.])",
                "reduce range(100000) as $i (1; [.]) | tojson",
                "reduce range(100000) as $i (1; [.]) | tojson | fromjson",
                "reduce range(100000) as $i (1; [.]) | [paths]",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a+)+$\")",
                "[range(30)] | map([., . + 1]) | combinations"
            })
    void nothingGoesOnForEver(String text) {
        JQ.fails(text, "1", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE, Kind.FAILED);
    }

    @Test
    void aTextThatIsNestedWithoutEndIsRefused() {
        JQ.fails("[".repeat(200_000), "{}", Kind.SYNTAX, Kind.DEPTH);
        JQ.fails("1" + "+1".repeat(200_000), "{}", Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT, Kind.MEMORY, Kind.FAILED);
    }
}
