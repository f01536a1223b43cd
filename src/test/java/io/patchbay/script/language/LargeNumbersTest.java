package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Languages.Expression;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.script.language.Languages.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of many digits: the JDK works on them in single calls that nobody can stop, so there are none. */
class LargeNumbersTest {

    private static final String LONG = "7".repeat(3_000_000);
    private static final Languages LANGUAGES = new Languages(LanguagesProperties.DEFAULT);

    @AfterAll
    static void close() {
        LANGUAGES.close();
    }

    private static Given of(Language language, String text, Data data) throws LanguageException {
        Map<String, JsonNode> variables =
                Map.of("flow", Expressions.json("{\"exact\": 12345678901234567890.0123456789}"));
        Expression read = LANGUAGES.read(new Source(language, text, Map.of()));
        return LANGUAGES
                .each(read, Bounds.NONE, Expressions.NOW, variables, List.of(data))
                .get(0);
    }

    private static Data data(Language language) {
        return language.xml()
                ? Data.of(("<a>" + LONG + "</a>").getBytes(StandardCharsets.UTF_8))
                : Data.of(JsonNodeFactory.instance.objectNode().put("long", LONG));
    }

    private static void refused(Language language, String text, Data data) throws LanguageException {
        long began = System.nanoTime();
        Given given = of(language, text, data);
        assertThat(given.failure()).as(text).isNotNull();
        assertThat(given.failure().kind()).as(given.failure().getMessage()).isEqualTo(Kind.TOO_LARGE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(text).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JSLT    | number(.long)
            JSONATA | $round(1.5, 999999999)
            JSONATA | $round(1.5, -999999999)
            XQUERY  | string(xs:integer(/a))
            XQUERY  | string(xs:decimal(/a))
            XQUERY  | string(fold-left(1 to 64, 3, function($a, $i) { $a * $a }))
            XQUERY  | string(fold-left(1 to 64, 3.1, function($a, $i) { $a * $a }))
            XQUERY  | format-number(fold-left(1 to 64, 3.1, function($a, $i) { $a * $a }), '#')
            """)
    void aNumberOfManyDigitsIsNotMade(Language language, String text) throws LanguageException {
        refused(language, text, data(language));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JQ      | .a
            JSLT    | .a
            JSONATA | $formatNumber(a, "#")
            """)
    void aNumberOfManyDigitsIsNotRead(Language language, String text) throws LanguageException {
        refused(language, text, Data.of(Expressions.json("{\"a\": 1e999999999}")));
    }

    @Test
    void numbersOfManyThousandDigitsAreCountedWithInTime() {
        String text = "count(for $i in 1 to 100000000 where xs:integer(/a) * xs:integer(/a) = $i return $i)";
        Data data = Data.of(("<a>" + "7".repeat(4_000) + "</a>").getBytes(StandardCharsets.UTF_8));

        assertThat(catchThrowableOfType(LanguageException.class, () -> {
                    Given given = of(Language.XQUERY, text, data);
                    throw given.failure();
                }))
                .isNotNull()
                .hasMessageContaining("and was stopped");
    }

    @Test
    void afterManyOfThemExpressionsAreTaken() throws LanguageException {
        for (String text : IntStream.range(0, 9)
                .mapToObj(i -> "string(xs:integer(/a) + " + i + ")")
                .toList()) {
            refused(Language.XQUERY, text, data(Language.XQUERY));
        }
        assertThat(of(Language.XQUERY, "<b>{1 + 1}</b>", Data.of("<a/>".getBytes(StandardCharsets.UTF_8)))
                        .failure())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            XQUERY | declare variable $flow external; <a>{$flow?exact}</a>
            XSLT   | <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:param name="flow"/><xsl:template match="/"><a><xsl:value-of select="$flow?exact"/></a></xsl:template></xsl:stylesheet>
            """)
    void numbersOfVariablesKeepTheirDigits(Language language, String text) throws LanguageException {
        assertThat(of(language, text, Data.of("<a/>".getBytes(StandardCharsets.UTF_8)))
                        .value()
                        .text())
                .endsWith("<a>12345678901234567890.0123456789</a>");
    }
}
