package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSONata: what it gives, what it says of mistakes, and that it gets nowhere. */
class JsonataTest {

    private static final Expressions JSONATA = Expressions.of(Language.JSONATA);

    @AfterAll
    static void close() {
        JSONATA.close();
    }

    @Test
    void makesAValueOfAnother() throws LanguageException {
        assertThat(JSONATA.of(
                        "{ \"no\": name, \"lines\": lines.{ \"sku\": sku }, \"in\": $flow.currency, \"sum\": $sum(lines.n) }",
                        "{\"name\":\"#1\",\"lines\":[{\"sku\":\"A\",\"n\":1},{\"sku\":\"B\",\"n\":2}]}"))
                .isEqualTo("[{\"no\":\"#1\",\"lines\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],\"in\":\"GBP\",\"sum\":3}]");
        assertThat(JSONATA.of("nothing", "{}")).isEqualTo("[]");
    }

    @Test
    void numbersThatPassThroughKeepTheirDigits() throws LanguageException {
        assertThat(JSONATA.of(
                        "{ \"a\": a, \"b\": b, \"c\": c }",
                        "{\"a\":0.10000000000000000000001,\"b\":12345678901234567890,\"c\":1.25}"))
                .isEqualTo("[{\"a\":0.10000000000000000000001,\"b\":12345678901234567890,\"c\":1.25}]");
    }

    @Test
    void knowsTheTimeOfTheRunAgainAndAgain() throws LanguageException {
        for (int i = 0; i < 3; i++) {
            assertThat(JSONATA.of("[$now(), $millis()]", "{}"))
                    .isEqualTo("[[\"2026-03-01T10:00:00.000Z\"," + Expressions.NOW.toEpochMilli() + "]]");
        }
    }

    @Test
    void saysWhereAMistakeIs() {
        LanguageException wrong = JSONATA.refused("{ \"a\": b,\n  \"c\": }");
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.column()).isBetween(8, 9);
        assertThat(wrong.getMessage()).contains("}");
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(JSONATA.fails("$error(\"no such order\")", "{}", Kind.FAILED))
                .hasMessageContaining("no such order");
        JSONATA.fails("a + \"x\"", "{\"a\":1}", Kind.FAILED);
        JSONATA.fails("$notThere(1)", "{}", Kind.FAILED);
        assertThat(JSONATA.fails("function($x){ $x }", "{}", Kind.FAILED)).hasMessageContaining("function");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$eval(text)",
                "($e := $eval; $e(text))",
                "$map([text], $eval)",
                "$eval(\"1\", {})",
                "$getenv(\"PATH\")",
                "$readFile(\"/etc/passwd\")"
            })
    void thereIsNothingOutside(String text) {
        JSONATA.fails(text, "{\"text\":\"$sum([1, 2])\"}", Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function(){ $f() }; $f())",
                "($f := function(){ 1 + $f() }; $f())",
                "($f := function(){ [$f(), $f()] }; $f())",
                "[1..9999999].[1..9999999]",
                "$map([1..9999999], function($x){ $map([1..9999999], function($y){ $x }) })",
                "$pad(\"x\", 1000000000)",
                "$reduce([1..64], function($a, $i){ $a & $a }, \"xx\")",
                "$reduce([1..64], function($a, $i){ $append($a, $a) }, [1, 2])",
                "$reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1)",
                "$string($reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1))",
                "($a := $reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1); $b := $reduce([1..64], function($a, $i){ {\"a\": $a, \"b\": $a} }, 1); $a = $b)",
                "$reduce([1..3000], function($a, $i){ {\"a\": $a} }, 1)",
                "$match(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)",
                "$replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/, \"\")",
                "$split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)",
                "$contains(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+\\1$/)"
            })
    void nothingGoesOnForEver(String text) {
        JSONATA.fails(text, "1", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE);
    }

    @Test
    void aTextThatIsNestedWithoutEndIsRefused() {
        JSONATA.fails("[".repeat(200_000), "{}", Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT);
    }
}
