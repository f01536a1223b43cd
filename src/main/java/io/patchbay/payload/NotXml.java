package io.patchbay.payload;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why content is no XML, and shows nothing of the content itself. */
public final class NotXml {

    private NotXml() {}

    /** What the JDK's reader says of a document, in the language of the machine. */
    private static String said(String document) {
        try {
            Xml.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), null);
            throw new IllegalStateException("what is cut is read");
        } catch (XMLStreamException e) {
            String message = String.valueOf(e.getMessage());
            return message.substring(message.lastIndexOf('\n') + 1);
        }
    }

    /** Whether the content was XML as far as it went, and only ended too early. */
    public static boolean cut(XMLStreamException thrown) {
        return String.valueOf(thrown.getMessage()).contains(said("<a>"));
    }

    /**
     * What was found instead of XML, and where.
     *
     * @param start the first characters of the content; nothing of them is repeated
     */
    public static String sentence(XMLStreamException thrown, String start) {
        String place = thrown.getLocation() == null || thrown.getLocation().getLineNumber() < 1
                ? ""
                : " (line " + thrown.getLocation().getLineNumber() + ", column "
                        + thrown.getLocation().getColumnNumber() + ")";
        boolean before = String.valueOf(thrown.getMessage()).contains(said(""));
        if (cut(thrown) || (before && !start.isBlank())) {
            return "the XML ends too early" + place;
        }
        if (thrown.getNestedException() instanceof EOFException
                || thrown.getNestedException() instanceof ZipException) {
            return "the XML breaks off: what it is packed in is damaged or cut" + place;
        }
        if (thrown.getNestedException() instanceof XmlText.Wrong wrong) {
            return wrong.getMessage() + place;
        }
        String page = page(start);
        if (page != null) {
            return "XML was expected, found " + page + place;
        }
        if (start.isBlank()) {
            return "XML was expected, found nothing";
        }
        String message = String.valueOf(thrown.getMessage());
        if (message.startsWith(XmlText.SET)) {
            return message;
        }
        if (message.contains("document type")) {
            return "the XML has a document type or an entity of its own, which is not accepted" + place;
        }
        if (message.contains("nested deeper")) {
            return "the XML is nested too deeply" + place;
        }
        if (message.contains(Xml.HEAVY)) {
            return "the elements and attributes of the XML take more than " + TreeWeight.MOST + " bytes in memory"
                    + place + "; read record by record ('chunk') it may have more";
        }
        if (message.contains(Xml.MANY)) {
            String most = message.substring(0, message.indexOf(Xml.MANY)).replaceAll("(?s).*\\D", "");
            return "the XML has more elements and attributes than are taken at once (" + most + ")" + place;
        }
        if (message.contains("different names")) {
            return "the XML has more different names in one element, or in all, than are taken (" + XmlReader.MOST_NAMES
                    + ")" + place;
        }
        if (message.contains("JAXP0001000")) {
            return "the XML has more attributes in one element (10000), or longer names (1000), than are taken" + place;
        }
        return start.stripLeading().startsWith("<")
                ? "the content begins as XML and breaks its rules" + place
                : "XML was expected, found other content" + place;
    }

    /** The words for a page of HTML when content begins as one, else null. */
    public static @Nullable String page(String start) {
        String begin = start.stripLeading().toLowerCase(Locale.ROOT);
        return begin.startsWith("<!doctype html") || begin.startsWith("<html") ? "a page of HTML" : null;
    }
}
