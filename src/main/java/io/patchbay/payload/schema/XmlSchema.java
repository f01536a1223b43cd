package io.patchbay.payload.schema;

import io.patchbay.payload.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * An XML Schema (XSD 1.0) that was read; safe for use by several threads. Neither it nor a document that is held to it reaches for
 * anything: includes and imports by place, document types and entities are refused.
 */
public final class XmlSchema {

    private static final int LONGEST = 300;
    /** A value that is repeated in a message: a long one is left out as a whole, because a piece of a secret would not be known. */
    private static final Pattern LONG_VALUE = Pattern.compile("'[^']{61,}'");

    private static final Pattern CODE = Pattern.compile("^[a-z][A-Za-z0-9_.-]*: ");

    private final Schema schema;

    private XmlSchema(Schema schema) {
        this.schema = schema;
    }

    /** Why a text is no schema, and where; line and column from 1. */
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        Broken(String message, int line, int column) {
            super(message);
            this.line = Math.max(1, line);
            this.column = Math.max(1, column);
        }

        /** From 1. */
        public int line() {
            return line;
        }

        /** From 1. */
        public int column() {
            return column;
        }
    }

    /** Reads a schema. @throws Broken when it is none, or reaches out */
    public static XmlSchema read(String text) throws Broken {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setErrorHandler(new Collecting(new ArrayList<>(), true));
            return new XmlSchema(factory.newSchema(new StreamSource(new StringReader(text))));
        } catch (SAXParseException e) {
            throw new Broken(said(e), e.getLineNumber(), e.getColumnNumber());
        } catch (SAXException e) {
            throw new Broken(String.valueOf(e.getMessage()), 1, 1);
        }
    }

    /**
     * What of a document is not as the schema says, at most {@link PayloadSchema#MOST}; empty when all is.
     *
     * @throws XMLStreamException if it is no XML, or has what is not accepted
     */
    public List<String> violations(InputStream document) throws XMLStreamException, IOException {
        List<String> violations = new ArrayList<>();
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new Collecting(violations, false));
        try (Xml.Reading reading = Xml.reading(document)) {
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new StAXSource(reading.reader()));
        } catch (Enough e) {
            return violations;
        } catch (SAXException e) {
            if (e.getException() instanceof XMLStreamException broken) {
                throw broken;
            }
            throw new XMLStreamException(String.valueOf(e.getMessage()));
        }
        return violations;
    }

    /** As many violations as are named. */
    private static final class Enough extends SAXException {
        private static final long serialVersionUID = 1L;
    }

    private static String said(SAXParseException e) {
        String message = String.valueOf(e.getMessage());
        String text = LONG_VALUE.matcher(CODE.matcher(message).replaceFirst("")).replaceAll("'…'");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private record Collecting(List<String> into, boolean throwing) implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // remarks of the parser are no violations
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            if (throwing) {
                throw e;
            }
            String place = e.getLineNumber() > 0 ? "line " + e.getLineNumber() + ": " : "";
            into.add(place + said(e));
            if (into.size() == PayloadSchema.MOST) {
                throw new Enough();
            }
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
