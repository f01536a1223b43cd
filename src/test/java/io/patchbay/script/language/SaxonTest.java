package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.script.language.LanguageException.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XSLT and XQuery: what they give, what is said of mistakes, and that they get nowhere. */
class SaxonTest {

    private static final Expressions XSLT = Expressions.of(Language.XSLT);
    private static final Expressions XQUERY = Expressions.of(Language.XQUERY);
    private static final String AAA = "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'";

    @AfterAll
    static void close() {
        XSLT.close();
        XQUERY.close();
    }

    private static String sheet(String inside) {
        return "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
                + " xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:map='http://www.w3.org/2005/xpath-functions/map'"
                + " xmlns:f='urn:f' exclude-result-prefixes='#all'>\n" + inside + "\n</xsl:stylesheet>";
    }

    private static String template(String inside) {
        return sheet("<xsl:template match='/'>" + inside + "</xsl:template>");
    }

    @Test
    void aStylesheetMakesADocument() throws LanguageException {
        assertThat(XSLT.of(
                        sheet(
                                "<xsl:output omit-xml-declaration='yes'/><xsl:param name='flow'/>"
                                        + "<xsl:template match='/order'><o no='{@id}' in='{$flow?currency}'><xsl:copy-of select='line'/></o></xsl:template>"),
                        "<order id='7'><line>A</line></order>"))
                .isEqualTo("<o no=\"7\" in=\"GBP\"><line>A</line></o>");
    }

    @Test
    void theOutputMethodSaysWhatTheResultIs() throws LanguageException {
        assertThat(XSLT.of(
                        sheet(
                                "<xsl:output method='json'/><xsl:template match='/'>"
                                        + "<xsl:sequence select=\"map { 'n': xs:decimal('1.10'), 'a': array { 1, 'x' } }\"/></xsl:template>"),
                        "<a/>"))
                .contains("\"n\":1.1", "\"a\":[1,\"x\"]");
        assertThat(XSLT.of(sheet("<xsl:output method='text'/><xsl:template match='/'>a&lt;b</xsl:template>"), "<a/>"))
                .isEqualTo("a<b");
        assertThat(XQUERY.of(
                        "declare namespace output = 'http://www.w3.org/2010/xslt-xquery-serialization';"
                                + "declare option output:method 'json'; map { 'n': count(/a/b) }",
                        "<a><b/><b/></a>"))
                .isEqualTo("[{\"n\":2}]");
    }

    @Test
    void aQueryReadsVariablesAsData() throws LanguageException {
        assertThat(XQUERY.of(
                        "declare variable $flow external; declare variable $run external; <a c='{$flow?currency}'>{$run?id}</a>",
                        "<a/>"))
                .endsWith("<a c=\"GBP\">r1</a>");
    }

    @Test
    void knowsTheTimeOfTheRun() throws LanguageException {
        assertThat(XQUERY.of("<t>{current-dateTime()}</t>", "<a/>")).contains("2026-03-01T10:00:00Z");
        assertThat(XSLT.of(template("<t><xsl:value-of select='current-dateTime()'/></t>"), "<a/>"))
                .contains("2026-03-01T10:00:00Z");
    }

    @Test
    void importsFilesBesideIt() throws LanguageException {
        Map<String, String> part = Map.of("part.xsl", sheet("<xsl:template name='t'><t/></xsl:template>"));
        String main = sheet(
                "<xsl:import href='part.xsl'/><xsl:template match='/'><xsl:call-template name='t'/></xsl:template>");
        assertThat(XSLT.of(main, part, "<a/>")).endsWith("<t/>");
        assertThat(XQUERY.of(
                        "import module namespace p = 'urn:p' at 'part.xq'; <a>{p:twice(2)}</a>",
                        Map.of("part.xq", "module namespace p = 'urn:p'; declare function p:twice($n) { $n * 2 };"),
                        "<a/>"))
                .endsWith("<a>4</a>");
    }

    @Test
    void saysWhereAMistakeIs() {
        LanguageException wrong = XSLT.refused(sheet("<xsl:template match='/'>\n<xsl:coy/></xsl:template>"));
        assertThat(wrong.line()).isEqualTo(3);
        assertThat(wrong).hasMessageContaining("xsl:coy");
        assertThat(XQUERY.refused("let $x := 1\nreturn $y")).hasMessageContaining("$y");
        assertThat(XQUERY.refused("let $x := 1\nreturn )").line()).isEqualTo(2);
        Map<String, String> part = Map.of("part.xsl", sheet("\n\n<xsl:template name='t'><xsl:coy/></xsl:template>"));
        LanguageException inside = XSLT.fails(sheet("<xsl:import href='part.xsl'/>"), part, "<a/>", Kind.SYNTAX);
        assertThat(inside.file()).isEqualTo("part.xsl");
        assertThat(inside.line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doc('x')",
                "document('x')",
                "collection()",
                "uri-collection('x')",
                "unparsed-text('x')",
                "unparsed-text-lines('x')",
                "json-doc('x')"
            })
    void whatReadsTheOutsideIsToldBeforeItIsCalled(String text) {
        String name = text.substring(0, text.indexOf('('));
        LanguageException wrong = XSLT.refused(template("\n<a>\n<xsl:copy-of select=\"" + text + "\"/></a>"));
        assertThat(wrong).hasMessage("in 'select': there is no " + name + "(): nothing outside can be read");
        assertThat(wrong.line()).isEqualTo(4);
        LanguageException also = XQUERY.refused("<a>{\n" + text + "}</a>");
        assertThat(also).hasMessageContaining("there is no " + name + "(");
        assertThat(also.line()).isEqualTo(2);
    }

    @Test
    void aMistakeInAnAttributeHasNoColumnOfAnotherPlace() {
        LanguageException wrong = XSLT.refused(template("\n  <b c='{$y}'/>"));
        assertThat(wrong).hasMessageStartingWith("in 'c': Variable $y has not been declared");
        assertThat(wrong.line()).isEqualTo(3);
        assertThat(wrong.column()).isZero();
        assertThat(XSLT.refused(template("<xsl:if test='nowhere(1, 2)'/>")))
                .hasMessage("in 'test': there is no function nowhere() with 2 arguments");
    }

    @Test
    void aStylesheetThatMatchesNothingSaysSo() throws LanguageException {
        String nothing = "no template matches anything in the document, whose outer element is 'order',"
                + " so there is no element in the result";
        String other = "<xsl:template match='/orders/order'><o/></xsl:template>";
        assertThat(XSLT.fails(sheet(other), "<order>text</order>", Kind.FAILED)).hasMessage(nothing);
        assertThat(XSLT.fails(sheet("<xsl:mode/>" + other), "<order><id>7</id></order>", Kind.FAILED))
                .hasMessage(nothing);
        assertThat(XSLT.fails(
                        sheet("<xsl:output method='xml'/><xsl:template match='order/line[. = 1] | key[. = 1]'/>"),
                        "<order><id>7</id></order>",
                        Kind.FAILED))
                .hasMessage(nothing);
        assertThat(XSLT.fails(
                        sheet("<xsl:template name='xsl:initial-template'><o/></xsl:template>"),
                        "<order>text</order>",
                        Kind.FAILED))
                .hasMessage(nothing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:template match=\"order[status='new']\"><o/></xsl:template>",
                "<xsl:template match=\"/order[status='new']\"><o/></xsl:template>",
                "<xsl:template match=\"order[@no = 8]/status\"><o/></xsl:template>",
                "<xsl:template match=\"order//status[2]\"><o/></xsl:template>",
                "<xsl:template match=\"order[position() > 1]\"><o/></xsl:template>",
                "<xsl:template match=\"nothing | @no[. = 8]\"><o/></xsl:template>",
                "<xsl:mode on-no-match='text-only-copy'/><xsl:template match='nothing'><o/></xsl:template>",
                "<xsl:output method='text'/><xsl:template match='nothing'><o/></xsl:template>"
            })
    void whetherTemplatesMatchDoesNotDependOnData(String inside) throws LanguageException {
        String sheet = sheet("<xsl:output omit-xml-declaration='yes'/>" + inside);

        assertThat(XSLT.of(sheet, "<order no='7'><status>old</status></order>")).isEqualTo("old");
    }

    @Test
    void aStylesheetMayLeaveOutWhatItDoesNotMatch() throws LanguageException {
        String skips = "<xsl:output omit-xml-declaration='yes'/><xsl:mode on-no-match='shallow-skip'/>"
                + "<xsl:template match=\"record[status='new']\"><o/></xsl:template>";
        assertThat(XSLT.of(sheet(skips), "<record><status>old</status></record>"))
                .isEmpty();
        assertThat(XSLT.of(sheet(skips), "<record><status>new</status></record>"))
                .isEqualTo("<o/>");
        String lines = "<xsl:output method='text'/><xsl:template match='record'>x</xsl:template>";
        assertThat(XSLT.of(sheet(lines), "<payload/>")).isEmpty();
    }

    @Test
    void aStylesheetMayGiveNothingWhereATemplateOfItMatches() throws LanguageException {
        String some =
                "<xsl:output omit-xml-declaration='yes'/><xsl:template match='order[@no = 8]'><o/></xsl:template>";
        assertThat(XSLT.of(sheet(some + "<xsl:template match='order'/>"), "<order no='7'/>"))
                .isEmpty();
        assertThat(XSLT.of(sheet(some + "<xsl:template match='@no'/>"), "<order no='7'/>"))
                .isEmpty();
        assertThat(XSLT.of(
                        sheet("<xsl:mode on-no-match='shallow-copy'/><xsl:output omit-xml-declaration='yes'/>"),
                        "<order/>"))
                .isEqualTo("<order/>");
    }

    @Test
    void whatDoesNotFitFails() {
        assertThat(XSLT.fails(
                        template("<xsl:message terminate='yes'>no such order</xsl:message>"), "<a/>", Kind.FAILED))
                .hasMessageContaining("no such order");
        XQUERY.fails("xs:integer(/a)", "<a>x</a>", Kind.FAILED);
        XQUERY.fails("<a/>", "<a>", Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doc('/etc/passwd')",
                "doc('file:///etc/passwd')",
                "doc('http://127.0.0.1:1/x')",
                "doc('jar:file:/x.jar!/y')",
                "doc('classpath:/application.yaml')",
                "collection('/etc')",
                "collection()",
                "uri-collection('file:///etc')",
                "unparsed-text('/etc/passwd')",
                "unparsed-text-lines('file:///etc/passwd')",
                "unparsed-text('http://127.0.0.1:1/x')",
                "json-doc('file:///etc/passwd')",
                "Q{java:java.lang.System}getenv()",
                "Q{java:java.lang.Runtime}getRuntime()",
                "Q{http://saxon.sf.net/}system-id()",
                "Q{http://expath.org/ns/file}read-text('/etc/passwd')",
                "load-xquery-module('urn:x', map { 'location-hints': 'file:///etc/passwd' })",
                "transform(map { 'stylesheet-location': 'file:///etc/passwd', 'source-node': . })",
                "compare('a', 'b', 'http://saxon.sf.net/collation?class=java.util.ArrayList')",
                "serialize(., map { 'method': 'Q{urn:x}java.util.ArrayList' })",
                "parse-xml('<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&amp;e;</a>')",
                "parse-xml('<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x\"><a/>')"
            })
    void thereIsNothingOutside(String text) {
        XQUERY.fails(text, "<a/>", Kind.SYNTAX, Kind.FAILED);
        XSLT.fails(
                template("<xsl:copy-of select=\""
                        + text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;") + "\"/>"),
                "<a/>",
                Kind.SYNTAX,
                Kind.FAILED);
    }

    /** The library would make itself once more by it, without our bounds: the class that reads it is not there. */
    @Test
    void aConfigurationOfItsOwnIsNoWayOut() {
        String text = "transform(map { 'stylesheet-text': '<xsl:stylesheet version=\"3.0\""
                + " xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><xsl:value-of"
                + " select=\"unparsed-text(&apos;file:///etc/passwd&apos;)\"/></xsl:template></xsl:stylesheet>',"
                + " 'source-node': ., 'vendor-options': map { QName('http://saxon.sf.net/', 'configuration'):"
                + " parse-xml('<configuration xmlns=\"http://saxon.sf.net/ns/configuration\" edition=\"HE\"/>')/* } })";

        XQUERY.fails(text, "<a/>", Kind.BROKEN, Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment-variable('PATH')",
                "string-join(available-environment-variables())",
                "doc-available('file:///etc/passwd')[.]",
                "unparsed-text-available('file:///etc/passwd')[.]"
            })
    void whatAsksForTheOutsideFindsNothing(String text) throws LanguageException {
        assertThat(XQUERY.of("<a>{" + text + "}</a>", "<a/>")).endsWith("<a/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.version", "user.home", "java.class.path", "PATH"})
    void systemPropertiesAreThoseOfTheLanguage(String name) throws LanguageException {
        assertThat(XSLT.of(template("<a><xsl:value-of select=\"system-property('" + name + "')\"/></a>"), "<a/>"))
                .endsWith("<a/>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:import href='file:///etc/passwd'/>",
                "<xsl:include href='http://127.0.0.1:1/x.xsl'/>",
                "<xsl:include href='../../etc/passwd'/>",
                "<xsl:import href='other.xsl'/>",
                "<xsl:template match='/'><xsl:result-document href='file:///tmp/languages-were-here'><a/></xsl:result-document></xsl:template>",
                "<xsl:template match='/'><xsl:result-document href='x.xml'><a/></xsl:result-document></xsl:template>",
                "<xsl:template match='/'><xsl:source-document href='file:///etc/passwd'><a/></xsl:source-document></xsl:template>",
                "<xsl:template match='/'><xsl:evaluate xpath=\"'1'\"/></xsl:template>",
                "<xsl:template match='/'><xsl:copy-of select=\"document('/etc/passwd')\"/></xsl:template>",
                "<xsl:import-schema schema-location='file:///etc/passwd'/>",
                "<xsl:use-package name='urn:x'/>"
            })
    void aStylesheetReadsAndWritesNothingElse(String inside) {
        XSLT.fails(sheet(inside), "<a/>", Kind.SYNTAX, Kind.FAILED);
    }

    @Test
    void aDocumentTypeIsRefused() {
        String bomb = "<!DOCTYPE a [<!ENTITY b 'xxxxxxxxxx'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>";
        XSLT.fails(template("<a/>"), bomb, Kind.FAILED);
        XQUERY.fails("/a", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "declare function local:f($n) { local:f($n + 1) }; local:f(1)",
                "declare function local:f($n) { 1 + local:f($n + 1) }; local:f(1)",
                "declare function local:f($n) { <a>{local:f($n), local:f($n)}</a> }; local:f(1)",
                "declare function local:f($n) { if ($n = 0) then 1 else local:f($n - 1) + local:f($n - 1) }; local:f(64)",
                "count(for $i in 1 to 1000000000, $j in 1 to 1000000000 where $i * $j = -1 return $i)",
                "for $i in 1 to 1000000000 return <a>{$i}</a>",
                "string-join((1 to 1000000000) ! 'xxxxxxxxxx')",
                "fold-left(1 to 64, 'xx', function($a, $i) { $a || $a })",
                "fold-left(1 to 64, (1, 2), function($a, $i) { $a, $a })",
                "fold-left(1 to 64, <a/>, function($a, $i) { <a>{$a, $a}</a> })",
                "fold-left(1 to 64, array { 1 }, function($a, $i) { array { $a, $a } })",
                "serialize(fold-left(1 to 64, array { 1 }, function($a, $i) { array { $a, $a } }), map { 'method': 'json' })",
                "deep-equal(fold-left(1 to 64, array { 1 }, function($a, $i) { array { $a, $a } }), fold-left(1 to 64, array { 1 }, function($a, $i) { array { $a, $a } }))",
                "fold-left(1 to 1000, 3, function($a, $i) { $a * $a })",
                "sort(1 to 1000000000)[1]",
                "matches(AAA, '^(a+)+$')",
                "replace(AAA, '^(a+)+$', 'x')",
                "tokenize(AAA, '(a+)+$')",
                "matches(AAA, '^(a+)+\\1$', ';j')"
            })
    void nothingGoesOnForEver(String text) {
        XQUERY.fails(
                text.replace("AAA", AAA), "<a/>", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE, Kind.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:template match='/' name='t'><xsl:call-template name='t'/></xsl:template>",
                "<xsl:template match='/'><xsl:apply-templates select='.'/></xsl:template>",
                "<xsl:template match='/'><xsl:for-each select='1 to 1000000000'><a/></xsl:for-each></xsl:template>",
                "<xsl:template match='/'><xsl:iterate select='1 to 1000000000000'><xsl:param name='n' select='0'/><xsl:next-iteration><xsl:with-param name='n' select='$n + 1'/></xsl:next-iteration></xsl:iterate></xsl:template>",
                "<xsl:function name='f:f'><xsl:param name='n'/><xsl:sequence select='f:f($n + 1)'/></xsl:function><xsl:template match='/'><xsl:value-of select='f:f(1)'/></xsl:template>"
            })
    void noStylesheetGoesOnForEver(String inside) {
        XSLT.fails(sheet(inside), "<a/>", Kind.TIMEOUT, Kind.MEMORY, Kind.DEPTH, Kind.TOO_LARGE, Kind.FAILED);
    }

    @Test
    void deepNestingEndsFast() {
        String deep = "<a>".repeat(20_000) + "</a>".repeat(20_000);
        XQUERY.fails("xs:integer(string(/a))", deep, Kind.FAILED, Kind.DEPTH);
        XQUERY.fails("(".repeat(100_000), "<a/>", Kind.SYNTAX, Kind.DEPTH, Kind.TIMEOUT);
    }
}
