package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.schema.XmlSchema;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces, names, character sets and places of XML. */
@Timeout(60)
class XmlReaderTest {

    private static String read(byte[] bytes) throws XMLStreamException {
        return Xml.read(new ByteArrayInputStream(bytes), null).toString();
    }

    private static String read(String text) throws XMLStreamException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sentence(byte[] bytes) {
        XMLStreamException thrown = catchThrowableOfType(XMLStreamException.class, () -> read(bytes));
        return NotXml.sentence(thrown, "<a>");
    }

    /** A reader that looks through all of them for each takes minutes. */
    @Test
    void aMillionNamespacesOfOneElementEndSoon() {
        String many = IntStream.range(0, 1_000_000)
                .mapToObj(i -> " xmlns:k" + i + "='u'")
                .collect(Collectors.joining("", "<a", "/>"));

        assertThat(sentence(many.getBytes(StandardCharsets.UTF_8)))
                .startsWith("the XML has more attributes in one element (10000), or longer names (1000)");
    }

    /** Whoever is told of the end of an element asks for each of its namespaces. */
    @Test
    @Timeout(20)
    void namespacesAreToldOneByOneWhereTheirElementEnds() throws Exception {
        String many = IntStream.range(0, 9_000)
                .mapToObj(i -> " xmlns:k" + i + "='u'")
                .collect(Collectors.joining("", "<r", "/>"));
        byte[] bytes = ("<a>" + many.repeat(20) + "</a>").getBytes(StandardCharsets.UTF_8);
        XmlSchema schema = XmlSchema.read(
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                        + "<xs:element name='a'><xs:complexType><xs:sequence>"
                        + "<xs:element name='r' maxOccurs='unbounded'/></xs:sequence></xs:complexType></xs:element></xs:schema>");

        assertThat(schema.violations(new ByteArrayInputStream(bytes))).isEmpty();
    }

    @Test
    void stepsOverSeveralEventsTellNamespacesToo() throws Exception {
        String document =
                "<a xmlns='urn:a'> <!-- one --> <p:b xmlns:p='urn:b'>x<!-- two -->y<![CDATA[<z>]]></p:b><c/></a>";
        try (Xml.Reading in = Xml.reading(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))) {
            XMLStreamReader reader = in.reader();
            reader.nextTag();
            reader.require(XMLStreamConstants.START_ELEMENT, "urn:a", "a");
            reader.nextTag();
            reader.require(XMLStreamConstants.START_ELEMENT, "urn:b", "b");
            assertThat(reader.getElementText()).isEqualTo("xy<z>");
            reader.require(XMLStreamConstants.END_ELEMENT, "urn:b", "b");
            reader.nextTag();
            reader.require(XMLStreamConstants.START_ELEMENT, "urn:a", "c");
            assertThatThrownBy(() -> reader.require(XMLStreamConstants.START_ELEMENT, "", "c"))
                    .isInstanceOf(XMLStreamException.class);
            assertThat(reader.nextTag()).isEqualTo(XMLStreamConstants.END_ELEMENT);
            assertThat(reader.nextTag()).isEqualTo(XMLStreamConstants.END_ELEMENT);
            reader.require(XMLStreamConstants.END_ELEMENT, "urn:a", "a");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<a><xi:include xmlns:xi='http://www.w3.org/2001/XInclude'/></a>", "<a>text</a>", "<a>&#120;</a>"
            })
    void aTagIsNotFoundBehindWhatIsRefusedOrIsText(String document) throws Exception {
        try (Xml.Reading in = Xml.reading(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))) {
            in.reader().nextTag();
            assertThatThrownBy(in.reader()::nextTag).isInstanceOf(XMLStreamException.class);
        }
    }

    @Test
    void anElementWithAnotherInItIsNoText() throws Exception {
        try (Xml.Reading in = Xml.reading(new ByteArrayInputStream("<a>x<b/></a>".getBytes(StandardCharsets.UTF_8)))) {
            assertThatThrownBy(in.reader()::getElementText).isInstanceOf(XMLStreamException.class);
            in.reader().nextTag();
            assertThatThrownBy(in.reader()::getElementText).isInstanceOf(XMLStreamException.class);
        }
    }

    /** The JDK tells what is wrong in the language of the machine. */
    @ParameterizedTest
    @ValueSource(strings = {"de", "ja", "zh-CN", "en"})
    void whatIsCutIsToldSoInAnyLanguage(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));

            assertThat(sentence("<a><b>x</b>".getBytes(StandardCharsets.UTF_8))).startsWith("the XML ends too early");
            assertThat(sentence("<a><b>x</c></a>".getBytes(StandardCharsets.UTF_8)))
                    .startsWith("the content begins as XML and breaks its rules");
            XMLStreamException nothing = catchThrowableOfType(XMLStreamException.class, () -> read(""));
            assertThat(NotXml.sentence(nothing, "<?xml ")).startsWith("the XML ends too early");
            assertThat(NotXml.sentence(nothing, "")).isEqualTo("XML was expected, found nothing");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** The names of a document are kept to its end, however few of its elements are. */
    @Test
    void namesOfADocumentAreBounded() throws Exception {
        String records = IntStream.range(0, 150_000)
                .mapToObj(i -> "<r><k" + i + "/></r>")
                .collect(Collectors.joining("", "<a>", "</a>"));
        Xml.Elements elements = elements(records.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> {
                    while (elements.next() != null) {
                        // the next one
                    }
                })
                .hasMessageContaining("more than 100000 different names in one document");
        assertThat(elements.at()).isEqualTo(records.indexOf("<r><k99998/>"));
    }

    /** What is known of elements that are passed over does not grow with them. */
    @Test
    void theByteOfAnElementIsKnownBehindMillionsOfOthers() throws Exception {
        StringBuilder many = new StringBuilder("<a><o>");
        many.append("<x/>".repeat(1_000_000)).append("</o>");
        long at = many.length();
        Xml.Elements elements = elements(many.append("<r/></a>").toString().getBytes(StandardCharsets.UTF_8));

        assertThat(elements.next()).isNotNull();
        assertThat(elements.at()).isEqualTo(at);
    }

    private static Xml.Elements elements(byte[] bytes) throws XMLStreamException {
        return new Xml.Elements(
                new ByteArrayInputStream(bytes), List.of("a", "r"), null, XmlOptions.NONE, Xml.MOST_VALUES, () -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p:a/>",
                "<a p:x='1'/>",
                "<a><b xmlns:p='u'/><p:c/></a>",
                "<a xmlns:p=''/>",
                "<a xmlns:xml='u'/>",
                "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
                "<a xmlns:xmlns='u'/>",
                "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
                "<a x='1' x='2'/>",
                "<p:a:b xmlns:p='u'/>",
                "<:a/>",
                "<a:/>"
            })
    void refusesWhatNamespacesForbid(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(XMLStreamException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "<a xml:lang='de'/> | {\"a\":{\"@lang\":\"de\"}}",
                "<a xmlns='u'><b xmlns=''><c/></b><d/></a> | {\"a\":{\"b\":{\"c\":\"\"},\"d\":\"\"}}",
                "<p:a xmlns:p='u'><p:b xmlns:p='v' p:x='1'/><p:c/></p:a> | {\"a\":{\"b\":{\"@x\":\"1\"},\"c\":\"\"}}",
            })
    void readsWhatNamespacesAllow(String xml, String json) throws Exception {
        assertThat(read(xml)).isEqualTo(json);
    }

    @Test
    void namespacesAreThoseOfTheirElement() throws Exception {
        String xml = "<a xmlns='u' xmlns:p='v'><p:b xmlns='w' xmlns:p='x' p:k='1' k='2'/><c/><p:d/></a>";
        try (Xml.Reading in = Xml.reading(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))) {
            StringBuilder seen = new StringBuilder();
            while (in.reader().hasNext()) {
                if (in.reader().next() == javax.xml.stream.XMLStreamConstants.START_ELEMENT) {
                    seen.append(in.reader().getName()).append(' ');
                    for (int i = 0; i < in.reader().getAttributeCount(); i++) {
                        seen.append('@').append(in.reader().getAttributeName(i)).append(' ');
                    }
                }
            }

            assertThat(seen).hasToString("{u}a {x}b @{x}k @k {u}c {v}d ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "windows-1252", "Shift_JIS", "GB18030", "UTF-32BE"})
    void knowsTheByteOfEachElement(String name) throws Exception {
        Charset charset = Charset.forName(name);
        String some = name.equals("windows-1252") ? "ä€" : name.equals("Shift_JIS") ? "日本ｶ" : "ä€日𝄞";
        boolean says = !name.startsWith("UTF");
        StringBuilder text = new StringBuilder(says ? "<?xml version='1.0' encoding='" + name + "'?>" : "\uFEFF");
        text.append("<!-- " + some + " <r> --><a>");
        int comment = text.length();
        for (int i = 0; i < 30_000; i++) {
            text.append(i % 3 == 0 ? "\r\n  " : i % 5 == 0 ? "<!--" + some + "--><x>1</x>" + some : "");
            text.append(i % 2 == 0 ? "<r a='" + some + ">'>" : "<r>")
                    .append(some.repeat(i % 7))
                    .append(i == 20_000 ? "x".repeat(100_000) : "")
                    .append("</r>");
        }
        text.append("</a>");
        String whole = text.toString();
        Xml.Elements elements = elements(whole.getBytes(charset));
        int from = comment;
        long bytes = 0;
        int counted = 0;
        int records = 0;
        for (JsonNode next = elements.next(); next != null; next = elements.next()) {
            int at = whole.indexOf("<r", from);
            bytes += whole.substring(counted, at).getBytes(charset).length;
            counted = at;
            assertThat(elements.at()).as("record %s", records).isEqualTo(bytes);
            from = at + 1;
            records++;
        }

        assertThat(records).isEqualTo(30_000);
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, 81", "Shift_JIS, ff", "Shift_JIS, 81", "ISO-8859-7, ff", "US-ASCII, e4", "UTF-8, c0"})
    void refusesAByteThatIsNoneOfTheCharacterSetThatTheDocumentDeclares(String name, String wrong) {
        byte[] before = ("<?xml version=\"1.0\" encoding=\"" + name + "\"?><a>").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = java.util.Arrays.copyOf(before, before.length + 5);
        bytes[before.length] = (byte) Integer.parseInt(wrong, 16);
        System.arraycopy("</a>".getBytes(StandardCharsets.US_ASCII), 0, bytes, before.length + 1, 4);

        assertThat(sentence(bytes))
                .startsWith("the content holds bytes that are none of its character set (" + name
                        + "), the first at byte " + before.length);
    }

    @Test
    void aDocumentTypeThatEndsTooEarlyIsToldSo() {
        assertThat(sentence("<!DOCTYPE a [ 'x".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("the XML ends too early");
    }

    @Test
    void recordsBeforeAWrongByteAreRead() throws Exception {
        byte[] bytes = "<a><r>1</r><r>2</r><r>\u00ff</r></a>".getBytes(StandardCharsets.ISO_8859_1);
        Xml.Elements elements = elements(bytes);

        assertThat(elements.next()).hasToString("\"1\"");
        assertThat(elements.next()).hasToString("\"2\"");
        assertThatThrownBy(elements::next).isInstanceOf(XMLStreamException.class);
        assertThat(elements.at()).isEqualTo(19);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "IBM037"})
    void knowsTheCharacterSetByHowItBegins(String name) throws Exception {
        byte[] bytes = "<?xml version='1.0'?><a>é</a>".getBytes(Charset.forName(name));

        assertThat(read(bytes)).isEqualTo("{\"a\":\"é\"}");
    }

    @Test
    void aCharacterSetThatIsNotKnownOrNotTrueIsNamed() {
        assertThat(sentence("<?xml version='1.0' encoding='latin-x'?><a/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("the XML is said to be in the character set 'latin-x', which is not known here");
        assertThat(sentence("<?xml version='1.0' encoding='utf-16'?><a/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("the XML is said to be in the character set 'UTF-16', and its bytes are of another one");
    }
}
