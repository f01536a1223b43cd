package io.patchbay.payload.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

/** Schema files are read with the place of each mistake, and reach for nothing. */
class FlowSchemasTest {

    private static final String XSD =
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>%s<xs:element name='a' type='%s'/></xs:schema>";

    private static FlowSchemas of(String path, String text) {
        return FlowSchemas.read(List.of(new FlowSchemas.Source(path, text)), FlowSchemas.NONE);
    }

    @Test
    void tellsAMistakeOfAJsonSchemaWithItsLine() {
        FlowSchemas read = of("routes/schemas/a.json", "{\n  \"type\": \"sting\"\n}");

        assertThat(read.problems())
                .singleElement()
                .asString()
                .contains("routes/schemas/a.json:2:")
                .contains("string");
    }

    @Test
    void tellsAMistakeOfAnXmlSchemaWithItsLine() {
        FlowSchemas read = of("routes/schemas/a.xsd", "\n" + XSD.formatted("", "xs:sting"));

        assertThat(read.problems())
                .singleElement()
                .asString()
                .contains("routes/schemas/a.xsd:2:")
                .contains("xs:sting");
    }

    @Test
    void twoFilesOfOneNameAreAProblem() {
        FlowSchemas.Source one = new FlowSchemas.Source("routes/schemas/a.json", "{}");
        FlowSchemas.Source two = new FlowSchemas.Source("routes/uk/schemas/a.json", "{}");

        assertThat(FlowSchemas.read(List.of(one, two), FlowSchemas.NONE).problems())
                .singleElement()
                .asString()
                .contains("taken by routes/schemas/a.json");
    }

    @Test
    void nothingIsFetchedForASchemaOrADocument() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String at = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
            for (String reaching : List.of(
                    "<xs:include schemaLocation='" + at + "'/>",
                    "<xs:import namespace='urn:o' schemaLocation='" + at + "'/>",
                    "<xs:redefine schemaLocation='" + at + "'/>")) {
                assertThat(of("a.xsd", XSD.formatted(reaching, "xs:string")).problems())
                        .as(reaching)
                        .isNotEmpty();
            }
            assertThat(of("a.xsd", "<!DOCTYPE a SYSTEM '" + at + "'>" + XSD.formatted("", "xs:string"))
                            .problems())
                    .isNotEmpty();
            XmlSchema schema =
                    of("a.xsd", XSD.formatted("", "xs:string")).named("a.xsd").xml();
            schema.violations(new ByteArrayInputStream(
                    ("<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='" + at
                                    + "'>b</a>")
                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(calls).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aLongValueIsNotRepeated() throws Exception {
        XmlSchema schema =
                of("a.xsd", XSD.formatted("", "xs:int")).named("a.xsd").xml();
        String secret = "s".repeat(100);

        assertThat(schema.violations(
                        new ByteArrayInputStream(("<a>" + secret + "</a>").getBytes(StandardCharsets.UTF_8))))
                .isNotEmpty()
                .noneMatch(text -> text.contains("sss"));
    }

    @Test
    void aDocumentNestedTooDeeplyIsRefused() throws Exception {
        XmlSchema schema =
                of("a.xsd", XSD.formatted("", "xs:string")).named("a.xsd").xml();
        byte[] deep = ("<a>".repeat(10_000) + "</a>".repeat(10_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> schema.violations(new ByteArrayInputStream(deep)))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("nested deeper");
    }
}
