package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** jq: what it gives, and what it says of mistakes. */
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
    void saysWhereANameStandsThatLeadsNowhere() {
        assertThat(place("{ ascii_upcas: .ascii_upcas,\n  b: (.b | ascii_upcas) }"))
                .isEqualTo("2:12");
        assertThat(place("# ascii_upcas\n\"ascii_upcas \\(.a | ascii_upcas)\"")).isEqualTo("2:21");
        assertThat(place("def f($flw): $flw;\nf(1) | $flow.a + $fow.b")).isEqualTo("2:18");
        assertThat(place(".a | sub(\"x\") | test(\"y\")")).isEqualTo("1:6");
        assertThat(place("sub(\"x\"; \"y\") | sub(\"x\")"))
                .as("one of the two calls is right")
                .isEqualTo("0:0");
        assertThat(JQ.fails("import \"lib\" as lib; lib::a", Map.of("lib.jq", "def a:\n  nowhere;"), "{}", Kind.SYNTAX))
                .satisfies(e -> assertThat(e.file()).isEqualTo("lib.jq"))
                .satisfies(e -> assertThat(e.line() + ":" + e.column()).isEqualTo("2:3"));
    }

    private static String place(String text) {
        LanguageException wrong = JQ.refused(text);
        return wrong.line() + ":" + wrong.column();
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(JQ.fails(".a.b", "{\"a\":1}", Kind.FAILED)).hasMessageContaining("Cannot index number");
        assertThat(JQ.fails("error(\"no such order\")", "{}", Kind.FAILED)).hasMessage("no such order");
    }
}
