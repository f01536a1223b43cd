package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes XML of JSON values, the way back of {@link Xml#read}. */
public final class XmlWriter {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*(:[\\p{L}_][\\p{L}\\p{N}_.-]*)?");
    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final String CARRIAGE_RETURN = "&#13;";

    private XmlWriter() {}

    /**
     * Writes a value as {@link Xml#read} gives it: an object with one member, whose name is the root element's. A name may have a
     * prefix, which an attribute {@code @xmlns:prefix} declares.
     *
     * @throws IllegalArgumentException if the value is no such object, or a name or character cannot stand in XML
     */
    public static String write(JsonNode value) {
        if (!value.isObject() || value.size() != 1) {
            throw new IllegalArgumentException("XML is written from an object with one member, the root element");
        }
        Map.Entry<String, JsonNode> root = value.properties().iterator().next();
        if (root.getValue().isArray()) {
            throw new IllegalArgumentException("'" + root.getKey() + "' is a list, and XML has one root element");
        }
        StringBuilder out = new StringBuilder();
        element(out, root.getKey(), root.getValue());
        return out.toString();
    }

    /** Own code: the JDK's writer leaves line ends and tabs in attributes, which a reader takes for blanks (XML 1.0, 3.3.3). */
    private static void element(StringBuilder out, String name, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode item : value) {
                element(out, name, item);
            }
            return;
        }
        out.append('<').append(name(name));
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (member.getKey().startsWith("@")) {
                    out.append(' ')
                            .append(name(member.getKey().substring(1)))
                            .append("=\"")
                            .append(attribute(text(member.getKey(), member.getValue())))
                            .append('"');
                }
            }
        }
        out.append('>');
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                inside(out, member.getKey(), member.getValue());
            }
        } else if (!value.isNull()) {
            out.append(content(text(name, value)));
        }
        out.append("</").append(name).append('>');
    }

    private static void inside(StringBuilder out, String name, JsonNode value) {
        if (name.equals(XmlElement.TEXT)) {
            out.append(content(text(XmlElement.TEXT, value)));
        } else if (name.equals(XmlElement.MIXED)) {
            mixed(out, value);
        } else if (!name.startsWith("@")) {
            element(out, name, value);
        }
    }

    /** Texts and elements in their order, as they are read where elements are said to be mixed. */
    private static void mixed(StringBuilder out, JsonNode parts) {
        for (JsonNode part : parts) {
            if (part.isObject()) {
                for (Map.Entry<String, JsonNode> element : part.properties()) {
                    element(out, element.getKey(), element.getValue());
                }
            } else {
                out.append(content(text(XmlElement.MIXED, part)));
            }
        }
    }

    /** Whether an element or attribute can be called so. */
    public static boolean isName(String name) {
        return !name.isEmpty() && (plain(name) || NAME.matcher(name).matches());
    }

    private static String name(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of an XML element or attribute");
        }
        return name;
    }

    /** Letters and digits of ASCII and {@code _}, no digit in front: most names are. */
    private static boolean plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static String text(String name, JsonNode value) {
        if (value.isContainerNode()) {
            throw new IllegalArgumentException("'" + name + "' must be a text, and has parts");
        }
        return clean(Values.text(value));
    }

    private static String content(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&' || c == '<' || c == '>' || c == '\r') {
                // XML 1.0 section 2.11: as it is, a reader would take a carriage return for the end of a line
                return text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\r", CARRIAGE_RETURN);
            }
        }
        return text;
    }

    private static String attribute(String text) {
        return content(text).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;");
    }

    private static String clean(String text) {
        if (!allowed(text) && FORBIDDEN.matcher(text).find()) {
            throw new IllegalArgumentException("a text holds a character that XML cannot carry");
        }
        return text;
    }

    /** Whether all of it is certainly allowed; pairs of surrogates are looked at more closely. */
    private static boolean allowed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE || (c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
                return false;
            }
        }
        return true;
    }

    /**
     * A text as it may stand in an element's content or in an attribute's value.
     *
     * @throws IllegalArgumentException if it holds a character that XML cannot carry
     */
    public static String escaped(String text) {
        return clean(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("\r", CARRIAGE_RETURN);
    }
}
