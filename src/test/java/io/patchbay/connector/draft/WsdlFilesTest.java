package io.patchbay.connector.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.draft.DraftFolder.Kind;
import io.patchbay.connector.draft.DraftFolder.Made;
import io.patchbay.connector.draft.DraftFolder.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WSDL documents that are cut into several files. */
class WsdlFilesTest {

    private static final String SERVICE = """
            <w:definitions name="Stock" xmlns:t="urn:stock" xmlns:w="http://schemas.xmlsoap.org/wsdl/"
                xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
              <w:import namespace="urn:stock" location="parts/interface.wsdl"/>
              <w:binding name="B" type="t:P"><soap:binding/><w:operation name="GetStock"><soap:operation/></w:operation></w:binding>
              <w:service name="StockService"><w:port name="p" binding="t:B"><soap:address location="https://stock.example.com/s"/></w:port></w:service>
            </w:definitions>
            """;
    private static final String INTERFACE = """
            <w:definitions targetNamespace="urn:stock" xmlns:t="urn:stock" xmlns:w="http://schemas.xmlsoap.org/wsdl/"
                xmlns:s="http://www.w3.org/2001/XMLSchema">
              <w:types><s:schema targetNamespace="urn:stock"><s:include schemaLocation="../types.xsd"/></s:schema></w:types>
              <w:message name="In"><w:part name="p" element="t:GetStock"/></w:message>
              <w:portType name="P"><w:operation name="GetStock"><w:input message="t:In"/></w:operation></w:portType>
            </w:definitions>
            """;
    private static final String TYPES = """
            <s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:c="urn:common" elementFormDefault="qualified">
              <s:import namespace="urn:common" schemaLocation="%s"/>
              <s:include schemaLocation="types.xsd"/>
              <s:element name="GetStock"><s:complexType><s:sequence>
                <s:element name="sku"/><s:element ref="c:site"/><s:element name="last"/>
              </s:sequence></s:complexType></s:element>
            </s:schema>
            """;
    private static final String COMMON = """
            <s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:common" xmlns:c="urn:common">
              <s:element name="site"><s:complexType><s:sequence><s:element name="code"/></s:sequence></s:complexType></s:element>
            </s:schema>
            """;

    @TempDir
    Path home;

    @BeforeEach
    void write() throws IOException {
        file("in/stock.wsdl", SERVICE);
        file("in/parts/interface.wsdl", INTERFACE);
        file("in/types.xsd", TYPES.formatted("common.xsd"));
        file("in/common.xsd", COMMON);
    }

    private void file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Made made() throws IOException {
        Path file = home.resolve("in/stock.wsdl");
        return new DraftFolder(home.resolve("connectors"))
                .fromDescription(Kind.WSDL, new Source(Files.readString(file), file, null), null);
    }

    @Test
    void whatIsImportedAndIncludedIsReadFromFilesBesideTheDocument() throws IOException {
        Made made = made();

        assertThat(Files.readString(made.folder().resolve("connector.yaml")))
                .contains("baseUrl: 'https://stock.example.com/s'")
                .contains("<n:GetStock xmlns:n=\"urn:stock\">")
                .contains("  <n:sku>${with.sku}</n:sku>")
                .contains("  <n:site xmlns:n=\"urn:common\">")
                .contains("    <code>${with.siteCode}</code>")
                .contains("  <n:last>${with.last}</n:last>");
        assertThat(made.leftOut()).isEmpty();
        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "https://common.example.com/common.xsd;  nothing is fetched; ",
                "//common.example.com/common.xsd;        nothing is fetched; ",
                "file:///etc/hostname;                   nothing is fetched; ",
                "../../secret.xsd;                       it is outside of the document's folder",
                "/etc/hostname;                          it is outside of the document's folder",
                "none.xsd;                               there is no such file beside the document",
                "link.xsd;                               it is a link that leads out of the document's folder",
                "parts;                                  there is no such file beside the document",
                "dtd.xsd;                                DOCTYPE",
                "other.xsd;                              it is neither a WSDL nor a schema",
            })
    void whatIsNotReadIsTold(String location, String why) throws IOException {
        file("secret.xsd", COMMON);
        file("in/dtd.xsd", "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + COMMON);
        file("in/other.xsd", "<html/>");
        Files.createSymbolicLink(home.resolve("in/link.xsd"), home.resolve("secret.xsd"));
        file("in/types.xsd", TYPES.formatted(location));

        Made made = made();

        assertThat(made.leftOut())
                .singleElement()
                .asString()
                .contains("what is in '" + location + "'")
                .contains(why);
        assertThat(Files.readString(made.folder().resolve("connector.yaml")))
                .contains("<n:sku>${with.sku}</n:sku>")
                .doesNotContain("siteCode");
    }

    @Test
    void filesThatImportOneAnotherComeToAnEnd() throws IOException {
        file(
                "in/common.xsd",
                COMMON.replace(
                        "<s:element name=\"site\">",
                        "<s:import schemaLocation=\"types.xsd\"/><s:element name=\"site\">"));

        assertThat(made().leftOut()).isEmpty();
    }

    @Test
    void aDocumentIsNotReadWithoutEnd() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            file("in/more/" + i + ".xsd", COMMON);
            many.append("<s:import schemaLocation=\"more/").append(i).append(".xsd\"/>");
        }
        file("in/common.xsd", COMMON.replace("<s:element name=\"site\">", many + "<s:element name=\"site\">"));

        assertThat(made().leftOut()).isNotEmpty().allMatch(left -> left.contains("more than 300 files or 20 MB"));
    }
}
