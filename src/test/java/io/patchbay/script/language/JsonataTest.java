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
    void whatDoesNotFitFails() {
        assertThat(JSONATA.fails("$error(\"no such order\")", "{}", Kind.FAILED))
                .hasMessageContaining("no such order");
        JSONATA.fails("a + \"x\"", "{\"a\":1}", Kind.FAILED);
        JSONATA.fails("$notThere(1)", "{}", Kind.FAILED);
        assertThat(JSONATA.fails("function($x){ $x }", "{}", Kind.FAILED)).hasMessageContaining("function");
    }
}
