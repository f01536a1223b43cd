package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** JSONata: what it gives, and what it says of mistakes. */
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
    void aFunctionThatIsNotThereIsToldBeforeItIsCalled() throws LanguageException {
        LanguageException wrong = JSONATA.refused("{ \"a\": b,\n  \"c\": $uppercas(d) }");
        assertThat(wrong).hasMessage("there is no function '$uppercas'; did you mean '$uppercase'?");
        assertThat(wrong.line()).isEqualTo(2);
        assertThat(JSONATA.refused("a ~> $nowhere")).hasMessage("there is no function '$nowhere'");
        assertThat(JSONATA.refused("b ? $nowhere(?, 1) : 1")).hasMessageContaining("'$nowhere'");
        assertThat(JSONATA.refused("a[$nowhere(x)]{ \"k\": v }^(q)")).hasMessageContaining("'$nowhere'");
        assertThat(JSONATA.of(
                        "( $twice := function($x){ $x * 2 }; $each := $twice; $map([1], function($f){ $twice($f) }) ~> $sum )",
                        "{}"))
                .isEqualTo("[2]");
        assertThat(JSONATA.of("( $add := function($f, $x){ $f($x) }; $add(function($y){ $y + 1 }, 1) )", "{}"))
                .isEqualTo("[2]");
    }

    @Test
    void evalIsToldBeforeItIsCalled() throws LanguageException {
        assertThat(JSONATA.refused("$eval(a)")).hasMessage("$eval is left out: text of data is never an expression");
        assertThat(JSONATA.refused("$map(a, $eval)")).hasMessageContaining("$eval is left out");
        assertThat(JSONATA.of("( $eval := 1; $eval )", "{}")).isEqualTo("[1]");
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(JSONATA.fails("$error(\"no such order\")", "{}", Kind.FAILED))
                .hasMessageContaining("no such order");
        JSONATA.fails("a + \"x\"", "{\"a\":1}", Kind.FAILED);
        assertThat(JSONATA.fails("function($x){ $x }", "{}", Kind.FAILED)).hasMessageContaining("function");
    }
}
