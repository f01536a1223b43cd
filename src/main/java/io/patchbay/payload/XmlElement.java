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
    static final int MOST_NAMES = Json.MOST_KEYS;

    private final String name;
    /** Made when there is one: most elements hold a text and nothing else. */
    private @Nullable ObjectNode members;

    private String first = "";
    /** All of its text, where a comment or an element stands in it. */
    private @Nullable StringBuilder all;

    private final XmlOptions.@Nullable Place place;
    private final @Nullable ArrayNode parts;
    private boolean nil;

    private XmlElement(String name, @Nullable ObjectNode members, XmlOptions.@Nullable Place place) {
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
        XmlElement element = new XmlElement(name, null, inside);
        if (options.prefixes()) {
            element.namespaces(reader);
        }
        element.attributes(reader, false, options);
        element.attributes(reader, true, options);
        return element;
    }

    private ObjectNode members() {
        ObjectNode made = members;
        if (made == null) {
            made = Json.NODES.objectNode();
            members = made;
        }
        return made;
    }

    private static String shown(@Nullable String prefix, String name, XmlOptions options) {
        return !options.prefixes() || prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
    }

    private void namespaces(XMLStreamReader reader) {
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            String prefix = reader.getNamespacePrefix(i);
            String uri = reader.getNamespaceURI(i);
            members().put(prefix == null || prefix.isEmpty() ? "@xmlns" : "@xmlns:" + prefix, uri == null ? "" : uri);
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
                        : members().has("@" + local) ? prefix + ":" + local : local;
                members().put("@" + shown, reader.getAttributeValue(i));
            }
        }
    }

    String name() {
        return name;
    }

    void text(String more) {
        if (all == null && first.isEmpty()) {
            first = more;
            return;
        }
        if (all == null) {
            all = new StringBuilder(first);
        }
        all.append(more);
    }

    private String text() {
        return all == null ? first : all.toString();
    }

    /** Takes an element that ended; false when there are too many. */
    boolean add(XmlElement inner) {
        JsonNode value = inner.value();
        if (parts != null) {
            part(parts);
            parts.add(Json.NODES.objectNode().set(inner.name, value));
            return true;
        }
        ObjectNode inside = members();
        JsonNode before = inside.get(inner.name);
        boolean list = inner.place != null && inner.place.list();
        if (before == null) {
            if (inside.size() >= MOST_NAMES) {
                return false;
            }
            inside.set(inner.name, list ? Json.NODES.arrayNode().add(value) : value);
        } else if (before instanceof ArrayNode several) {
            several.add(value);
        } else {
            inside.set(inner.name, Json.NODES.arrayNode().add(before).add(value));
        }
        return true;
    }

    private void part(ArrayNode into) {
        String text = text();
        if (!text.isEmpty()) {
            into.add(text);
            first = "";
            all = null;
        }
    }

    JsonNode value() {
        if (parts != null) {
            part(parts);
            return members().set(MIXED, parts);
        }
        if (members == null || members.isEmpty()) {
            return nil ? Json.NODES.nullNode() : Json.NODES.textNode(text());
        }
        String text = text();
        if (!text.isBlank()) {
            members.put(TEXT, text);
        }
        return members;
    }
}
