package io.patchbay.connector.draft;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A WSDL 1.1 document with what it imports from files beside it. A document type is refused, and nothing is fetched. */
final class WsdlDocument {

    static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    static final String SOAP_11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    static final String SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

    private static final int DEEPEST = 50;

    private final Element root;
    private final WsdlFiles files;

    private WsdlDocument(Element root, WsdlFiles files) {
        this.root = root;
        this.files = files;
    }

    /** @param file where the text stands; null when nothing beside it is read */
    static WsdlDocument parse(String text, @Nullable Path file) {
        Element root = xml(text);
        if (!WSDL.equals(root.getNamespaceURI()) || !root.getLocalName().equals("definitions")) {
            throw new DraftException(
                    "this is no WSDL 1.1: its root is <" + root.getNodeName() + "> and not <definitions> of " + WSDL);
        }
        return new WsdlDocument(root, new WsdlFiles(root, file));
    }

    /** The root of a text. @throws DraftException if it is no XML, or has a document type */
    static Element xml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException e) {
            throw new DraftException("this is no XML that is read here: " + e.getMessage());
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("the XML parser of Java cannot be used", e);
        }
    }

    Element root() {
        return root;
    }

    static List<Element> children(Node of, @Nullable String namespace, String name) {
        List<Element> all = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && name.equals(element.getLocalName())
                    && (namespace == null || namespace.equals(element.getNamespaceURI()))) {
                all.add(element);
            }
        }
        return all;
    }

    static @Nullable Element child(Node of, @Nullable String namespace, String name) {
        List<Element> all = children(of, namespace, name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** A definition of the document by the local part of its name. */
    @Nullable
    Element named(String kind, String qualified) {
        String name = local(qualified);
        for (Element one : all(kind)) {
            if (one.getAttribute("name").equals(name)) {
                return one;
            }
        }
        return null;
    }

    static String local(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    /** Definitions of a kind, those of the document itself first. */
    List<Element> all(String kind) {
        return files.definitions().stream()
                .flatMap(one -> children(one, WSDL, kind).stream())
                .toList();
    }

    /** What hangs on the document and was not read: where it is said to be, and why. */
    List<String> outside() {
        return files.unread();
    }

    /** A global element or type of the schemas, by its qualified name as it stands in the document. */
    @Nullable
    Element global(String kind, String qualified, Node at) {
        int colon = qualified.indexOf(':');
        String namespace = at.lookupNamespaceURI(colon < 0 ? null : qualified.substring(0, colon));
        for (Element schema : files.schemas()) {
            boolean here =
                    namespace == null || schema.getAttribute("targetNamespace").equals(namespace);
            for (Element one : here ? children(schema, SCHEMA, kind) : List.<Element>of()) {
                if (one.getAttribute("name").equals(local(qualified))) {
                    return one;
                }
            }
        }
        return null;
    }

    static String namespaceOf(Element declaration) {
        return schemaOf(declaration).getAttribute("targetNamespace");
    }

    /** Whether elements that are declared inside of others carry the namespace. */
    static boolean qualified(Element declaration) {
        String own = declaration.getAttribute("form");
        return (own.isEmpty() ? schemaOf(declaration).getAttribute("elementFormDefault") : own).equals("qualified");
    }

    private static Element schemaOf(Element declaration) {
        Element now = declaration;
        while (!(SCHEMA.equals(now.getNamespaceURI()) && now.getLocalName().equals("schema"))) {
            now = (Element) now.getParentNode();
        }
        return now;
    }

    /** The element that a reference leads to, or itself. */
    Element resolved(Element declaration) {
        if (!declaration.hasAttribute("ref")) {
            return declaration;
        }
        Element target = global("element", declaration.getAttribute("ref"), declaration);
        return target == null ? declaration : target;
    }

    /** Elements inside of an element of this declaration; none when it holds a text. */
    List<Element> members(Element declaration) {
        Element type = child(declaration, SCHEMA, "complexType");
        if (type == null && declaration.hasAttribute("type")) {
            type = global("complexType", declaration.getAttribute("type"), declaration);
        }
        return type == null ? List.of() : membersOf(type, 0);
    }

    private List<Element> membersOf(Element type, int depth) {
        List<Element> all = new ArrayList<>();
        Element content = child(type, SCHEMA, "complexContent");
        Element extension = content == null ? null : child(content, SCHEMA, "extension");
        if (extension != null && depth < 10) {
            Element base = global("complexType", extension.getAttribute("base"), extension);
            if (base != null) {
                all.addAll(membersOf(base, depth + 1));
            }
            all.addAll(particles(extension, 0));
        }
        all.addAll(particles(type, 0));
        return all;
    }

    private static List<Element> particles(Element of, int depth) {
        if (depth > DEEPEST) {
            throw new DraftException(
                    "a type of the document is nested too deep: groups in more than " + DEEPEST + " others");
        }
        List<Element> all = new ArrayList<>();
        for (String kind : List.of("sequence", "all", "choice")) {
            for (Element group : children(of, SCHEMA, kind)) {
                all.addAll(children(group, SCHEMA, "element"));
                all.addAll(particles(group, depth + 1));
            }
        }
        return all;
    }

    static boolean repeats(Element declaration) {
        String most = declaration.getAttribute("maxOccurs");
        return !most.isEmpty() && !most.equals("1") && !most.equals("0");
    }

    /** Name of a declaration, or of what it refers to. */
    static String nameOf(Element declaration) {
        return declaration.hasAttribute("name")
                ? declaration.getAttribute("name")
                : local(declaration.getAttribute("ref"));
    }
}
