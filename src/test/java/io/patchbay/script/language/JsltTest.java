package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSLT: what it gives, what it says of mistakes, and that it gets nowhere. */
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
    void whatDoesNotFitFails() {
        assertThat(JSLT.fails("error(\"no such order\")", "{}", Kind.FAILED)).hasMessageContaining("no such order");
        assertThat(JSLT.fails("{ \"a\": .a + true }", "{\"a\":1}", Kind.FAILED)).hasMessageContaining("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import \"/etc/passwd\" as p p(.)",
                "import \"../secrets.jslt\" as s s(.)",
                "import \"file:///etc/passwd\" as s s(.)",
                "import \"java/lang/Object.class\" as s s(.)",
                "import \"META-INF/MANIFEST.MF\" as s s(.)",
                "import \"http://127.0.0.1/x.jslt\" as s s(.)",
                "getenv(\"PATH\")",
                "java.lang.System.exit(1)"
            })
    void thereIsNothingOutside(String text) {
        JSLT.fails(text, "{}", Kind.SYNTAX, Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f(n) f($n + 1) f(1)",
                "def f(n) [f($n)] f(1)",
                "def f(n) if ($n > 0) [f($n - 1), f($n - 1)] else 1 size(f(64))",
                "def f(n, s) if ($n > 0) f($n - 1, $s + $s) else $s f(64, \"x\")",
                "def f(n, s) if ($n > 0) f($n - 1, $s + $s) else $s f(64, [1])",
                "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s f(64, 1)",
                "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s to-json(f(64, 1))",
                "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s string(f(64, 1))",
                "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s f(64, 1) == f(64, 1)",
                "def f(n, s) if ($n > 0) f($n - 1, [$s, $s]) else $s hash-int(f(64, 1))",
                "def f(n, s) if ($n > 0) f($n - 1, [$s]) else $s f(3000, 1)",
                "test(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\")",
                "replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\", \"\")",
                "split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+\\\\1$\")",
                "capture(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(?<x>a+)+\\\\1$\")"
            })
    void nothingGoesOnForEver(String text) {
        JSLT.fails(text, "1", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE);
    }

    @Test
    void aTextThatIsNestedWithoutEndIsRefused() {
        JSLT.fails("[".repeat(200_000), "{}", Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT);
    }
}
