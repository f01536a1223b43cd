package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** JSLT: what it gives, and what it says of mistakes. */
class JsltTest {

    private static final Expressions JSLT = Expressions.of(Language.JSLT);

    @AfterAll
    static void close() {
        JSLT.close();
    }

    @Test
    void makesAValueOfAnother() throws LanguageException {
        assertThat(JSLT.of(
                        "{ \"no\": .name, \"lines\": [for (.lines) { \"sku\": .sku }], \"in\": $flow.currency, \"t\": format-time(now(), \"yyyy\") }",
                        "{\"name\":\"#1\",\"lines\":[{\"sku\":\"A\"}]}"))
                .isEqualTo("[{\"no\":\"#1\",\"lines\":[{\"sku\":\"A\"}],\"in\":\"GBP\",\"t\":\"2026\"}]");
        assertThat(JSLT.of("{ \"a\": .a }", "{\"a\":0.10000000000000000000001}"))
                .isEqualTo("[{\"a\":0.10000000000000000000001}]");
    }

    @Test
    void importsFilesBesideIt() throws LanguageException {
        Map<String, String> lib = Map.of("lib.jslt", "def twice(n) $n * 2");
        assertThat(JSLT.of("import \"lib.jslt\" as lib lib:twice(.)", lib, "3")).isEqualTo("[6]");
    }

    @Test
    void saysWhereAMistakeIs() {
        LanguageException wrong = JSLT.refused("{ \"a\": .b,\n  \"c\": }");
        assertThat(wrong.getMessage()).isEqualTo("'}' cannot stand here");
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.column()).isBetween(6, 8);
        assertThat(JSLT.refused("uper(.a)")).hasMessageContaining("No such function: 'uper'");
        assertThat(JSLT.refused("$fow.currency")).hasMessageStartingWith("there is no variable '$fow'");
    }

    @Test
    void saysWhereANameStandsThatLeadsNowhere() {
        LanguageException variable = JSLT.refused("// $fow\n{ \"$fow\": \"$fow\",\n  \"b\": $flow.a + $fow.b }");
        LanguageException function = JSLT.refused("{ \"a\": .a,\n  \"b\": uper(.a) }");

        assertThat(variable.line() + ":" + variable.column()).isEqualTo("3:18");
        assertThat(function.line() + ":" + function.column()).isEqualTo("2:8");
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(JSLT.fails("error(\"no such order\")", "{}", Kind.FAILED)).hasMessageContaining("no such order");
        assertThat(JSLT.fails("{ \"a\": .a + true }", "{\"a\":1}", Kind.FAILED)).hasMessageContaining("true");
    }
}
