package io.patchbay.payload;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Tells namespaces (Namespaces in XML 1.0) over a reader that does not, and bounds the names of a document, which its reader keeps to the end.
 *
 * <p>Own code, because the JDK's reader looks through all namespaces for each name: some megabytes of them take hours.
 */
final class XmlReader extends SteppedReader {

    /** Names of a document that differ, with those of attributes; fewer in a small heap. */
    static final int MOST_NAMES = (int) Math.min(100_000, Runtime.getRuntime().maxMemory() / 1024);
    /** Characters that they have together. */
    private static final int LONGEST = 8 << 20;

    private static final Name NONE = new Name("", "");

    private final Map<String, Name> names = new HashMap<>();
    private int characters;
    private final Map<String, String> spaces = new HashMap<>();
    /** What each open element changed: prefixes with what they stood for outside; empty for nothing. */
    private final Deque<Map<String, String>> outside = new ArrayDeque<>();

    private final Deque<Name> open = new ArrayDeque<>();
    private @Nullable String plain;
    private Name element = NONE;
    private boolean ended;
    /** The prefixes of the element that ends, in an order; made when they are asked for, so that asking for each is not slow. */
    private @Nullable List<String> endings;

    private long begun;
    private Attribute[] attributes = new Attribute[8];
    private int count;
    private String[] declared = new String[8];
    private int declarations;

    private record Name(String prefix, String local) {}

    private record Attribute(
            String prefix, String local, @Nullable String space, int index) {}

    /** @param reader that tells no namespaces */
    XmlReader(XMLStreamReader reader) {
        super(reader);
        spaces.put(XMLConstants.XML_NS_PREFIX, XMLConstants.XML_NS_URI);
    }

    @Override
    public int next() throws XMLStreamException {
        if (ended) {
            Map<String, String> changed = outside.pop();
            if (!changed.isEmpty()) {
                changed.forEach(this::back);
            }
            ended = false;
            endings = null;
        }
        int event = super.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            begin();
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            element = open.pop();
            declarations = 0;
            count = 0;
            ended = true;
        }
        return event;
    }

    private void back(String prefix, String space) {
        if (space.isEmpty()) {
            spaces.remove(prefix);
        } else {
            spaces.put(prefix, space);
        }
        plain = spaces.get("");
    }

    /** How many elements have begun. */
    long begun() {
        return begun;
    }

    private void begin() throws XMLStreamException {
        count = 0;
        declarations = 0;
        int all = super.getAttributeCount();
        boolean prefixed = false;
        for (int i = 0; i < all; i++) {
            Name name = name(super.getAttributePrefix(i), super.getAttributeLocalName(i));
            if (name.prefix.equals(XMLConstants.XMLNS_ATTRIBUTE)) {
                declare(name.local, super.getAttributeValue(i));
            } else if (name.prefix.isEmpty() && name.local.equals(XMLConstants.XMLNS_ATTRIBUTE)) {
                declare("", super.getAttributeValue(i));
            } else {
                prefixed |= !name.prefix.isEmpty();
                attribute(new Attribute(name.prefix, name.local, null, i));
            }
        }
        outside.push(declarations == 0 ? Map.of() : declared());
        element = name(super.getPrefix(), super.getLocalName());
        open.push(element);
        known(element.prefix);
        if (prefixed) {
            resolve();
        }
        begun++;
    }

    private void attribute(Attribute one) {
        if (count == attributes.length) {
            attributes = Arrays.copyOf(attributes, count * 2);
        }
        attributes[count++] = one;
    }

    private void declare(String prefix, String space) throws XMLStreamException {
        boolean xml = prefix.equals(XMLConstants.XML_NS_PREFIX);
        if (xml != space.equals(XMLConstants.XML_NS_URI)
                || prefix.equals(XMLConstants.XMLNS_ATTRIBUTE)
                || space.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)
                || (space.isEmpty() && !prefix.isEmpty())) {
            throw broken("a prefix is declared for a namespace that it cannot have");
        }
        if (declarations * 2 + 2 > declared.length) {
            declared = Arrays.copyOf(declared, declared.length * 2);
        }
        declared[declarations * 2] = prefix;
        declared[declarations * 2 + 1] = space;
        declarations++;
    }

    private Map<String, String> declared() {
        Map<String, String> before = new HashMap<>();
        for (int i = 0; i < declarations; i++) {
            String prefix = declared[i * 2];
            before.put(prefix, spaces.getOrDefault(prefix, ""));
            back(prefix, declared[i * 2 + 1]);
        }
        return before;
    }

    private void known(String prefix) throws XMLStreamException {
        if (!prefix.isEmpty() && !spaces.containsKey(prefix)) {
            throw broken("a prefix of a name is declared nowhere");
        }
    }

    private void resolve() throws XMLStreamException {
        Set<List<String>> taken = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Attribute one = attributes[i];
            if (!one.prefix.isEmpty()) {
                known(one.prefix);
                String space = Objects.requireNonNull(spaces.get(one.prefix));
                attributes[i] = new Attribute(one.prefix, one.local, space, one.index);
                if (!taken.add(List.of(space, one.local))) {
                    throw broken("an element has two attributes of one name");
                }
            }
        }
    }

    private XMLStreamException broken(String why) {
        return new XMLStreamException(why, getLocation());
    }

    /** A name, which comes with its prefix in it or beside it. */
    private Name name(@Nullable String prefix, String local) throws XMLStreamException {
        String whole = prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
        Name known = names.get(whole);
        if (known != null) {
            return known;
        }
        int colon = whole.indexOf(':');
        if (colon == 0 || colon == whole.length() - 1 || colon != whole.lastIndexOf(':')) {
            throw broken("a name has colons that part no prefix from it");
        }
        characters += whole.length();
        if (names.size() >= MOST_NAMES || characters > LONGEST) {
            throw broken("more than " + MOST_NAMES + " different names in one document, or very long ones");
        }
        Name made = new Name(colon < 0 ? "" : whole.substring(0, colon), whole.substring(colon + 1));
        names.put(whole, made);
        return made;
    }

    @Override
    public String getLocalName() {
        return element.local;
    }

    @Override
    public String getPrefix() {
        return element.prefix;
    }

    @Override
    public @Nullable String getNamespaceURI() {
        return element.prefix.isEmpty() ? plain : spaces.get(element.prefix);
    }

    @Override
    public QName getName() {
        String space = getNamespaceURI();
        return new QName(space == null ? "" : space, element.local, element.prefix);
    }

    @Override
    public @Nullable String getNamespaceURI(String prefix) {
        return spaces.get(prefix);
    }

    @Override
    public int getNamespaceCount() {
        return ended ? outside.element().size() : declarations;
    }

    @Override
    public @Nullable String getNamespacePrefix(int index) {
        if (ended && endings == null) {
            endings = List.copyOf(outside.element().keySet());
        }
        String prefix = endings == null ? declared[index * 2] : endings.get(index);
        return prefix.isEmpty() ? null : prefix;
    }

    @Override
    public @Nullable String getNamespaceURI(int index) {
        String prefix = getNamespacePrefix(index);
        return spaces.get(prefix == null ? "" : prefix);
    }

    @Override
    public int getAttributeCount() {
        return count;
    }

    @Override
    public String getAttributeLocalName(int index) {
        return attributes[index].local;
    }

    @Override
    public String getAttributePrefix(int index) {
        return attributes[index].prefix;
    }

    @Override
    public @Nullable String getAttributeNamespace(int index) {
        return attributes[index].space;
    }

    @Override
    public QName getAttributeName(int index) {
        Attribute one = attributes[index];
        return new QName(one.space == null ? "" : one.space, one.local, one.prefix);
    }

    @Override
    public String getAttributeValue(int index) {
        return super.getAttributeValue(attributes[index].index);
    }

    @Override
    public String getAttributeType(int index) {
        return super.getAttributeType(attributes[index].index);
    }

    @Override
    public boolean isAttributeSpecified(int index) {
        return super.isAttributeSpecified(attributes[index].index);
    }

    @Override
    public @Nullable String getAttributeValue(@Nullable String space, String local) {
        for (int i = 0; i < count; i++) {
            Attribute one = attributes[i];
            String own = one.space == null ? "" : one.space;
            if (one.local.equals(local) && (space == null || space.equals(own))) {
                return getAttributeValue(i);
            }
        }
        return null;
    }

    @Override
    public NamespaceContext getNamespaceContext() {
        return new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                return spaces.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
            }

            @Override
            public @Nullable String getPrefix(String space) {
                return getPrefixes(space).hasNext() ? getPrefixes(space).next() : null;
            }

            @Override
            public Iterator<String> getPrefixes(String space) {
                return spaces.entrySet().stream()
                        .filter(one -> one.getValue().equals(space))
                        .map(Map.Entry::getKey)
                        .iterator();
            }
        };
    }
}
