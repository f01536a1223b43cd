package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element that is being read. */
final class XmlElement {

    static final String TEXT = "#text";
    static final String MIXED = "#mixed";

    /** Names that differ in one element: as many as a record of any other format may have. */
    static final int MOST_NAMES = 100_000;

    private final String name;
    private final ObjectNode members;
    private final StringBuilder text = new StringBuilder();
    private final XmlOptions.@Nullable Place place;
    private final @Nullable ArrayNode parts;
    private boolean nil;

    private XmlElement(String name, ObjectNode members, XmlOptions.@Nullable Place place) {
        this.name = name;
        this.members = members;
        this.place = place;
        this.parts = place != null && place.mixed() ? Json.NODES.arrayNode() : null;
    }

    /** What holds the root element, or one that is read alone. */
    static XmlElement holder(ObjectNode members, XmlOptions.@Nullable Place place) {
        return new XmlElement("", members, place);
    }

    /** The element that a reader stands at, inside of another one. */
    static XmlElement of(XMLStreamReader reader, XmlElement outer, XmlOptions options) {
        String name = shown(reader.getPrefix(), reader.getLocalName(), options);
        XmlOptions.Place inside = outer.place == null ? null : outer.place.inside(name);
        XmlElement element = new XmlElement(name, Json.NODES.objectNode(), inside);
        if (options.prefixes()) {
            element.namespaces(reader);
        }
        element.attributes(reader, false, options);
        element.attributes(reader, true, options);
        return element;
    }

    private static String shown(@Nullable String prefix, String name, XmlOptions options) {
        return !options.prefixes() || prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
    }

    private void namespaces(XMLStreamReader reader) {
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i);
            String uri = reader.getNamespaceURI(i);
            members.put(prefix == null || prefix.isEmpty() ? "@xmlns" : "@xmlns:" + prefix, uri == null ? "" : uri);
        }
    }

    /** Those without a prefix come first: of one name, the others keep theirs. */
    private void attributes(XMLStreamReader reader, boolean prefixed, XmlOptions options) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String local = reader.getAttributeLocalName(i);
            if (prefixed == (prefix == null || prefix.isEmpty())) {
                continue;
            }
            if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(reader.getAttributeNamespace(i))) {
                nil |= local.equals("nil")
                        && reader.getAttributeValue(i).strip().matches("true|1");
            } else {
                String shown = options.prefixes()
                        ? shown(prefix, local, options)
                        : members.has("@" + local) ? prefix + ":" + local : local;
                members.put("@" + shown, reader.getAttributeValue(i));
            }
        }
    }

    String name() {
        return name;
    }

    void text(String more) {
        text.append(more);
    }

    /** Takes an element that ended; false when there are too many. */
    boolean add(XmlElement inner) {
        JsonNode value = inner.value();
        if (parts != null) {
            part();
            parts.add(Json.NODES.objectNode().set(inner.name, value));
            return true;
        }
        JsonNode before = members.get(inner.name);
        boolean list = inner.place != null && inner.place.list();
        if (before == null) {
            if (members.size() >= MOST_NAMES) {
                return false;
            }
            members.set(inner.name, list ? Json.NODES.arrayNode().add(value) : value);
        } else if (before instanceof ArrayNode several) {
            several.add(value);
        } else {
            members.set(inner.name, Json.NODES.arrayNode().add(before).add(value));
        }
        return true;
    }

    private void part() {
        if (parts != null && text.length() > 0) {
            parts.add(text.toString());
            text.setLength(0);
        }
    }

    JsonNode value() {
        if (parts != null) {
            part();
            return members.set(MIXED, parts);
        }
        if (members.isEmpty()) {
            return nil ? Json.NODES.nullNode() : Json.NODES.textNode(text.toString());
        }
        if (!text.toString().isBlank()) {
            members.put(TEXT, text.toString());
        }
        return members;
    }
}
