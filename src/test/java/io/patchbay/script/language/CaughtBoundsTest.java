package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An expression that passed a bound has no result: it cannot catch that and go on. */
class CaughtBoundsTest extends AllLanguages {

    private static final String LARGE = "1" + "0".repeat(20_000);

    private static String whole(Language language, String text) {
        return language == Language.XSLT
                ? "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
                        + " xmlns:xs='http://www.w3.org/2001/XMLSchema'><xsl:template match='/'><xsl:try>"
                        + "<xsl:value-of select=\"" + text + "\"/><xsl:catch>caught</xsl:catch></xsl:try>"
                        + "</xsl:template></xsl:stylesheet>"
                : text;
    }

    private static String data(Language language) {
        return language.xml() ? "<a>" + LARGE + "</a>" : "{\"a\": \"" + LARGE + "\"}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            JQ      ~ TIMEOUT   ~ try last(range(1e15)) catch "caught"
            JQ      ~ MEMORY    ~ (last(range(1e15))?) // "caught"
            JQ      ~ TIMEOUT   ~ [.a, (try last(range(1e15)) catch .)]
            JQ      ~ MEMORY    ~ try (reduce range(64) as $i ("x"; . + .)) catch "caught"
            JQ      ~ MEMORY    ~ try ([range(64)] | tojson | . * 100000000) catch "caught"
            JQ      ~ DEPTH     ~ try (def f: [f]; f) catch "caught"
            JSLT    ~ TOO_LARGE ~ fallback(number(.a), "caught")
            JSLT    ~ TOO_LARGE ~ number(.a, "caught")
            JSLT    ~ DEPTH     ~ def f(n) [f($n)] fallback(f(1), "caught")
            JSONATA ~ TOO_LARGE ~ $replace("a", /a/, function($m){ $string($round(1.5, 999999999)) })
            JSONATA ~ TIMEOUT   ~ $replace("a", /a/, function($m){ ($f := function(){ $f() }; $f()) })
            XQUERY  ~ TOO_LARGE ~ try { string(xs:integer(/a)) } catch * { 'caught' }
            XQUERY  ~ TIMEOUT   ~ try { count(for $i in 1 to 1000000000, $j in 1 to 1000000000 where $i * $j = -1 return $i) } catch * { 'caught' }
            XQUERY  ~ MEMORY    ~ try { string-length(fold-left(1 to 64, 'xx', function($a, $i) { upper-case($a || $a) })) } catch * { 'caught' }
            XSLT    ~ TOO_LARGE ~ string(xs:integer(/a))
            XSLT    ~ MEMORY    ~ count(for $i in 1 to 1000000000, $j in 1 to 1000000000 return (1)[$i * $j = -1])
            """)
    void whatPassedABoundIsNotCaught(Language language, Kind kind, String text) {
        ALL.get(language).fails(whole(language, text), data(language), kind, Kind.TIMEOUT, Kind.MEMORY);
    }

    @Test
    void norIsAStackThatWasUsedUp() {
        Expressions xquery = ALL.get(Language.XQUERY);
        String calls = "declare function local:f($n) { 1 + local:f($n + 1) };";
        xquery.fails(calls + " try { local:f(1) } catch * { 'caught' }", "<a/>", Kind.DEPTH, Kind.TIMEOUT, Kind.MEMORY);
    }

    @Test
    void otherErrorsAreCaught() throws LanguageException {
        assertThat(ALL.get(Language.JQ).of("try error(\"x\") catch \"caught\"", "{}"))
                .isEqualTo("[\"caught\"]");
        assertThat(ALL.get(Language.JSLT).of("fallback(number(.a), \"caught\")", "{}"))
                .isEqualTo("[\"caught\"]");
        assertThat(ALL.get(Language.XQUERY).of("<b>{try { xs:integer(/a) } catch * { 'caught' }}</b>", "<a>x</a>"))
                .endsWith("<b>caught</b>");
        assertThat(ALL.get(Language.XSLT).of(whole(Language.XSLT, "xs:integer(/a)"), "<a>x</a>"))
                .endsWith("caught");
    }

    @Test
    void whatFollowsWorks() throws LanguageException {
        Expressions xquery = ALL.get(Language.XQUERY);
        xquery.fails("try { string(xs:integer(/a)) } catch * { 'caught' }", data(Language.XQUERY), Kind.TOO_LARGE);
        assertThat(xquery.of("<b>{xs:integer(/a) + 1}</b>", "<a>7</a>")).endsWith("<b>8</b>");
    }
}
