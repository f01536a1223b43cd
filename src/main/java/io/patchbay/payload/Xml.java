package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML 1.0 as a JSON value and back, so that paths, conditions and maps need one language. An element is an object with its
 * attributes as {@code @name} and its elements by name; elements of one name in one parent are a list; an element that holds
 * only text is that text, and beside attributes or elements its text is {@code #text}. Prefixes of namespaces are left out, but
 * for a second attribute of one name; an element with {@code xsi:nil="true"} is null, comments and processing instructions are
 * dropped, and so is the order of elements of different names. The value of a document is an object with the root element as
 * its one member.
 *
 * <p>Own code, because Jackson's XML module writes attributes and elements alike and cannot read back which was which. A
 * document type and an inclusion (XInclude) are refused: nothing is fetched, nothing is expanded.
 */
public final class Xml {

    /** How it is told that a document takes more than so much memory. */
    static final String HEAVY = " bytes of memory are the most";
    /** How it is told that there are more elements and attributes than so many. */
    static final String MANY = " elements and attributes at once are the most";

    /** Elements and attributes of one that is read alone. */
    static final int MOST_VALUES = 1_000_000;

    /** Deepest nesting. */
    private static final int DEEPEST = 200;

    private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";
    private static final XMLInputFactory READERS = readers();

    private Xml() {}

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false); // XmlReader is
        factory.setProperty("jdk.xml.elementAttributeLimit", "10000"); // later JDKs take far less, and say it otherwise
        factory.setProperty("jdk.xml.maxXMLNameLimit", "1000");
        factory.setProperty("jdk.xml.maxElementDepth", "0"); // DEEPEST is
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside of the document is read");
        });
        return factory;
    }

    private static XmlReader reader(XmlText text) throws XMLStreamException {
        return new XmlReader(READERS.createXMLStreamReader(text));
    }

    /**
     * Reads a document.
     *
     * @param encoding in place of what the document says of itself; null to let it say
     * @throws XMLStreamException if it is not well-formed, has a document type or an inclusion, or is nested too deeply
     */
    public static JsonNode read(InputStream content, @Nullable String encoding) throws XMLStreamException {
        return read(content, encoding, XmlOptions.NONE, new TreeWeight(Long.MAX_VALUE));
    }

    /**
     * Reads a document, likewise, with elements as options say.
     *
     * @param weight what the tree takes in memory
     */
    public static JsonNode read(InputStream content, @Nullable String encoding, XmlOptions options, TreeWeight weight)
            throws XMLStreamException {
        XmlReader reader = reader(XmlText.of(content, encoding, false));
        try {
            Deque<XmlElement> open = new ArrayDeque<>();
            ObjectNode document = Json.NODES.objectNode();
            open.push(XmlElement.holder(document, options.root()));
            boolean empty = false;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (!fits(weight, reader.getAttributeCount(), empty)) {
                        throw new XMLStreamException(TreeWeight.MOST + HEAVY, reader.getLocation());
                    }
                    empty = true;
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    empty = false;
                }
                step(reader, event, open, options);
            }
            return document;
        } finally {
            reader.close();
        }
    }

    /** Whether one more element fits: with its attributes, or with the first element in it, one is an object and no text. */
    private static boolean fits(TreeWeight weight, int attributes, boolean firstInside) {
        boolean fits = true;
        for (int i = 0; i <= attributes; i++) {
            fits = weight.fits(JsonToken.FIELD_NAME) && weight.fits(JsonToken.VALUE_STRING);
        }
        if (attributes > 0 || firstInside) {
            fits = weight.fits(JsonToken.START_OBJECT);
        }
        return fits;
    }

    /**
     * The elements at one place of a document, one after the other, with no more than one of them in memory; each is what
     * {@link #read} makes of it.
     */
    public static final class Elements implements AutoCloseable {
        private final XmlText text;
        private final XmlReader reader;
        private final Runnable between;
        private final int most;
        private final List<String> names;
        private final Deque<XmlElement> open = new ArrayDeque<>();
        private final XmlOptions options;
        private final XmlOptions.@Nullable Place place;
        private int matched;
        private int aside;
        private long at = -1;

        /**
         * Begins to read; at which byte an element begins is not looked for.
         *
         * @param names from the root element to the elements that are wanted
         * @param encoding in place of what the document says of itself; null to let it say
         */
        public Elements(InputStream content, List<String> names, @Nullable String encoding) throws XMLStreamException {
            this(XmlText.of(content, encoding, false), names, XmlOptions.NONE, MOST_VALUES, () -> {});
        }

        /**
         * Begins to read, likewise, with elements as options say and the bytes at which they begin.
         *
         * @param most elements and attributes of one of them
         * @param between is called wherever nothing of an element is in memory
         */
        public Elements(
                InputStream content,
                List<String> names,
                @Nullable String encoding,
                XmlOptions options,
                int most,
                Runnable between)
                throws XMLStreamException {
            this(XmlText.of(content, encoding, true), names, options, most, between);
        }

        private Elements(XmlText text, List<String> names, XmlOptions options, int most, Runnable between)
                throws XMLStreamException {
            this.between = between;
            this.most = most;
            this.text = text;
            this.reader = reader(text);
            this.names = List.copyOf(names);
            this.options = options;
            XmlOptions.Place at = options.root();
            for (String name : this.names.subList(0, this.names.size() - 1)) {
                at = at == null ? null : at.inside(name);
            }
            this.place = at;
        }

        /** The next one; null behind the last, when the document was read to its end. */
        public @Nullable JsonNode next() throws XMLStreamException {
            open.clear();
            while (reader.hasNext()) {
                between.run();
                at = -1;
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        refuseInclusion(reader);
                        long tag = text.tag(reader.begun() - 1); // asked of each, so that none is kept
                        if (aside > 0 || !reader.getLocalName().equals(names.get(matched))) {
                            aside++;
                        } else if (matched == names.size() - 1) {
                            at = tag;
                            return element();
                        } else {
                            matched++;
                        }
                        if (aside + matched > DEEPEST) {
                            throw tooDeep(reader);
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (aside > 0) {
                            aside--;
                        } else {
                            matched--;
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType(reader);
                    default -> {
                        // text beside the elements
                    }
                }
            }
            return null;
        }

        private JsonNode element() throws XMLStreamException {
            XmlElement holder = XmlElement.holder(Json.NODES.objectNode(), place);
            open.push(holder);
            int values = 0;
            XmlElement element = XmlElement.of(reader, holder, options);
            open.push(element);
            while (open.size() > 1) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    values += 1 + reader.getAttributeCount();
                    text.tag(reader.begun());
                }
                if (values > most) {
                    throw tooMany(reader, most);
                }
                step(reader, event, open, options);
            }
            return element.value();
        }

        /** The byte at which the element begins that is being read, or would come next; -1 where that is not known. */
        public long at() {
            return at < 0 ? text.tag(reader.begun()) : at;
        }

        /** Whether the root element has ended. */
        public boolean ended() {
            return matched == 0 && aside == 0 && reader.begun() > 0 && open.isEmpty();
        }

        /** Whether an element is being read, or the last one broke off. */
        public boolean inside() {
            return !open.isEmpty();
        }

        /** The names of the elements that are open in it, like {@code line.sku}. */
        public String field() {
            StringBuilder field = new StringBuilder();
            Iterator<XmlElement> each = open.descendingIterator();
            for (int i = 0; each.hasNext(); i++) {
                String name = each.next().name();
                if (i > 1) {
                    field.append(i > 2 ? "." : "").append(name);
                }
            }
            return field.toString();
        }

        @Override
        public void close() throws XMLStreamException {
            reader.close();
        }
    }

    /** A document to be read event by event, under the same rules; closing it leaves the content open. */
    public record Reading(XMLStreamReader reader) implements AutoCloseable {
        @Override
        public void close() throws XMLStreamException {
            reader.close();
        }
    }

    /** Begins to read a document event by event. */
    public static Reading reading(InputStream content) throws XMLStreamException {
        return new Reading(new SteppedReader(reader(XmlText.of(content, null, false))) {
            private int depth;

            @Override
            public int next() throws XMLStreamException {
                int event = super.next();
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        refuseInclusion(this);
                        if (++depth > DEEPEST) {
                            throw tooDeep(this);
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType(this);
                    default -> {
                        // whatever else there is
                    }
                }
                return event;
            }
        });
    }

    private static XMLStreamException tooMany(XMLStreamReader reader, long most) {
        return new XMLStreamException(most + MANY, reader.getLocation());
    }

    private static XMLStreamException tooDeep(XMLStreamReader reader) {
        return new XMLStreamException("nested deeper than " + DEEPEST + " levels", reader.getLocation());
    }

    private static XMLStreamException documentType(XMLStreamReader reader) {
        return new XMLStreamException("a document type or an entity of its own is not accepted", reader.getLocation());
    }

    /** Without what it includes a document is not what its author meant. */
    private static void refuseInclusion(XMLStreamReader reader) throws XMLStreamException {
        if (XINCLUDE.equals(reader.getNamespaceURI())) {
            throw new XMLStreamException("an inclusion (XInclude) is not accepted", reader.getLocation());
        }
    }

    private static void step(XMLStreamReader reader, int event, Deque<XmlElement> open, XmlOptions options)
            throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                refuseInclusion(reader);
                if (open.size() > DEEPEST) {
                    throw tooDeep(reader);
                }
                open.push(XmlElement.of(reader, open.element(), options));
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                open.element().text(reader.getText());
            case XMLStreamConstants.END_ELEMENT -> {
                XmlElement ended = open.pop();
                if (!open.element().add(ended)) {
                    throw new XMLStreamException(
                            "more than " + XmlElement.MOST_NAMES + " different names in one element",
                            reader.getLocation());
                }
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw documentType(reader);
            default -> {
                // comments, instructions, white space around the root
            }
        }
    }
}
