package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.payload.Xml;
import io.patchbay.payload.XmlWriter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/** JSON values as XML documents, and back, by the table of formats (docs/decisions/0022). */
final class XmlValues {

    private static final String ROOT = "payload";

    private XmlValues() {}

    static boolean isXml(Body body) {
        String type = body.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return !(body instanceof Body.Tree) && (type.endsWith("/xml") || type.endsWith("+xml"));
    }

    /** A record as the content of an element. @throws StepException when it cannot stand in XML */
    static byte[] record(JsonNode record, String element) throws StepException {
        return written(Json.NODES.objectNode().set(element, record.isArray() ? items(record, element) : record));
    }

    /** Content as a whole: the element payload, in which each item of a list is an element. */
    static byte[] payload(JsonNode tree, String element) throws StepException {
        return written(Json.NODES.objectNode().set(ROOT, tree.isArray() ? items(tree, element) : tree));
    }

    private static JsonNode items(JsonNode list, String element) {
        return Json.NODES.objectNode().set(element, list);
    }

    private static byte[] written(JsonNode root) throws StepException {
        try {
            return XmlWriter.write(root).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_XML",
                    "the record cannot be written as XML: " + e.getMessage() + "; fields, or jq, take it as it is");
        }
    }

    /** What an expression wrote, as a value. @throws StepException when it is no document */
    static JsonNode read(String text) throws StepException {
        try {
            return Xml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "UTF-8");
        } catch (XMLStreamException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_XML",
                    "the result is no XML document: "
                            + NotXml.sentence(e, text.substring(0, Math.min(64, text.length())))
                            + "; with output method json or text it need not be one");
        }
    }
}
