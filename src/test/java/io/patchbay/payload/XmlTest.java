package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How XML looks as JSON, and what is refused. */
class XmlTest {

    private static String read(String text) throws XMLStreamException {
        return Xml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "<a>1</a>                                     | {\"a\":\"1\"}",
                "<a/>                                         | {\"a\":\"\"}",
                "<a> x </a>                                   | {\"a\":\" x \"}",
                "<a><b>1</b></a>                              | {\"a\":{\"b\":\"1\"}}",
                "<a><b>1</b><c/><b>2</b><b>3</b></a>          | {\"a\":{\"b\":[\"1\",\"2\",\"3\"],\"c\":\"\"}}",
                "<a id=\"7\"><b/></a>                         | {\"a\":{\"@id\":\"7\",\"b\":\"\"}}",
                "<a cur=\"EUR\">9.50</a>                      | {\"a\":{\"@cur\":\"EUR\",\"#text\":\"9.50\"}}",
                "<a><![CDATA[<x>&]]>!</a>                     | {\"a\":\"<x>&!\"}",
                "<a>&lt;&#233;</a>                            | {\"a\":\"<é\"}",
                "<!-- c --><a><?p i?>1<!-- d -->2</a>         | {\"a\":\"12\"}",
                "<n:a xmlns:n=\"urn:n\" n:k=\"v\"><n:b>1</n:b></n:a> | {\"a\":{\"@k\":\"v\",\"b\":\"1\"}}",
                "<a xmlns:n=\"urn:n\" xmlns:m=\"urn:m\" n:k=\"1\" k=\"2\" m:k=\"3\"/>"
                        + " | {\"a\":{\"@k\":\"2\",\"@n:k\":\"1\",\"@m:k\":\"3\"}}",
            })
    void readsElementsAttributesAndText(String xml, String json) throws Exception {
        assertThat(read(xml)).isEqualTo(json);
    }

    @Test
    void readsNilAsNull() throws Exception {
        assertThat(read("<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><b xsi:nil=\"true\"/></a>"))
                .isEqualTo("{\"a\":{\"b\":null}}");
    }

    @Test
    void readsTheEncodingThatTheDocumentNamesUnlessTheCarrierNamesOne() throws Exception {
        byte[] latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Xml.read(new ByteArrayInputStream(latin), null).toString()).isEqualTo("{\"a\":\"é\"}");
        byte[] utf8 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>".getBytes(StandardCharsets.UTF_8);
        assertThat(Xml.read(new ByteArrayInputStream(utf8), "UTF-8").toString()).isEqualTo("{\"a\":\"é\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a><b>1</b>", "<a><b>1", "<a><b", "<a b=\"1", "<a><![CDATA[x", "<a>&amp"})
    void knowsContentThatEndsTooEarly(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOfSatisfying(
                        XMLStreamException.class,
                        thrown -> assertThat(NotXml.cut(thrown)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "Shift_JIS"})
    void refusesAByteThatIsNoneOfTheCharacterSetThatTheCarrierNames(String charset) {
        byte[] wrong = {'<', 'a', '>', (byte) 0x81, '<', '/', 'a', '>'};

        assertThatThrownBy(() -> Xml.read(new ByteArrayInputStream(wrong), charset))
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void aTextBetweenCommentsIsOneText() throws Exception {
        assertThat(read("<a>x<!-- 1 -->y<!-- 2 -->z</a>").toString()).isEqualTo("{\"a\":\"xyz\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY a0 \"ha\"><!ENTITY a1 \"&a0;&a0;\">]><a>&a1;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>",
                "<a>&e;</a>",
                "<a><b></a>",
                "<a>",
                "no xml",
                "",
                "<a/><b/>",
            })
    void refusesWhatIsNotWellFormedOrHasADocumentType(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void neverReadsAFileThatADocumentNames(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret");
        for (String xml : new String[] {
            "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><a>&e;</a>",
            "<!DOCTYPE a [<!ENTITY % e SYSTEM \"" + secret.toUri() + "\"> %e;]><a/>",
        }) {
            assertThatThrownBy(() -> read(xml))
                    .isInstanceOf(XMLStreamException.class)
                    .hasMessageNotContaining("s3cret");
        }
        String include = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include parse=\"text\" href=\""
                + secret.toUri() + "\"/></a>";
        assertThatThrownBy(() -> read(include))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("XInclude")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> read("<a>".repeat(100_000) + "</a>".repeat(100_000)))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("deeper than 200");
    }

    @Test
    void writesWhatItReads() throws Exception {
        String xml = "<o id=\"7\"><line>1 &amp; 2</line><line>&lt;3&gt;</line><n cur=\"EUR\">9.50</n><e></e></o>";
        assertThat(XmlWriter.write(Json.MAPPER.readTree(read(xml)))).isEqualTo(xml);
    }

    @Test
    void writesNumbersWithoutExponentAndKeepsCarriageReturns() throws Exception {
        var value = Json.MAPPER.readTree("{\"a\":{\"@n\":1E3,\"@t\":\"1\\r2\",\"b\":2E3,\"c\":\"3\\r\\n4\"}}");

        String xml = XmlWriter.write(value);

        assertThat(xml).isEqualTo("<a n=\"1000\" t=\"1&#13;2\"><b>2000</b><c>3&#13;\n4</c></a>");
        assertThat(read(xml)).contains("1\\r2", "3\\r\\n4");
        assertThat(XmlWriter.escaped("a\rb")).isEqualTo("a&#13;b");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "1                            | one member",
                "{\"a\":1,\"b\":2}            | one member",
                "{\"a\":[1,2]}                | one root element",
                "{\"a b\":1}                  | 'a b' cannot be the name",
                "{\"a\":{\"@x><y\":1}}        | 'x><y' cannot be the name",
                "{\"a\":{\"@x\":{\"y\":1}}}   | '@x' must be a text, and has parts",
                "{\"a\":{\"#text\":[1]}}        | '#text' must be a text, and has parts",
                "{\"a\":\"\\u0000\"}          | a character that XML cannot carry",
            })
    void refusesToWriteWhatXmlCannotSay(String json, String why) throws Exception {
        var value = Json.MAPPER.readTree(json);
        assertThatThrownBy(() -> XmlWriter.write(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
