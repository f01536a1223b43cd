package io.patchbay.sandbox;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A SOAP 1.1 envelope as Peoplevox reads it: all that it knows stands in its namespace, what does not is not seen. */
record PeoplevoxEnvelope(Document document) {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String OURS = "http://www.peoplevox.net/";

    static Optional<PeoplevoxEnvelope> read(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
            Element root = document.getDocumentElement();
            return SOAP.equals(root.getNamespaceURI()) && root.getLocalName().equals("Envelope")
                    ? Optional.of(new PeoplevoxEnvelope(document))
                    : Optional.empty();
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    boolean asks(String operation) {
        NodeList found = document.getElementsByTagNameNS(OURS, operation);
        return found.getLength() == 1
                && SOAP.equals(found.item(0).getParentNode().getNamespaceURI())
                && "Body".equals(found.item(0).getParentNode().getLocalName());
    }

    String text(String element) {
        NodeList found = document.getElementsByTagNameNS(OURS, element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    static SandboxSystem.Answer answer(String operation, int id, int count, String detail, String statuses) {
        return xml(200, """
            <?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="%s"><soap:Body><%2$sResponse xmlns="%3$s"><%2$sResult>\
            <ResponseId>%4$d</ResponseId><TotalCount>%5$d</TotalCount><Detail>%6$s</Detail>%7$s</%2$sResult></%2$sResponse></soap:Body></soap:Envelope>\
            """.formatted(SOAP, operation, OURS, id, count, escaped(detail), statuses));
    }

    static SandboxSystem.Answer fault(String text) {
        return xml(500, """
            <?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="%s"><soap:Body><soap:Fault>\
            <faultcode>soap:Client</faultcode><faultstring>%s</faultstring></soap:Fault></soap:Body></soap:Envelope>\
            """.formatted(SOAP, escaped(text)));
    }

    private static SandboxSystem.Answer xml(int status, String text) {
        return new SandboxSystem.Answer(
                status, Map.of("Content-Type", "text/xml; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
