package io.patchbay.format;

import io.patchbay.payload.CountedStream;
import io.patchbay.payload.NotXml;
import io.patchbay.payload.Xml;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One part of a workbook, element by element. What it may cost is counted while it is read: bytes of the part, of one step, of one text, levels. */
final class XlsxXml implements Closeable {

    /** Bytes of one text, of one tag, or of anything else that stands between two of them. */
    static final int LONGEST = 1 << 20;

    private static final int DEEPEST = 100;
    /** A step may read this much ahead. */
    private static final int AHEAD = 64 * 1024;

    private final Counted in;
    private final XMLStreamReader reader;
    private int depth;

    /** Reads a part of at most so many bytes. */
    XlsxXml(InputStream part, long most) throws IOException {
        this.in = new Counted(part, most);
        try {
            this.reader = Xml.reading(in).reader();
        } catch (XMLStreamException | RuntimeException e) {
            in.close();
            throw broken(e);
        }
    }

    /** Goes to the next beginning or end of an element; false behind the last. */
    boolean next() throws IOException {
        return step(null) != XMLStreamConstants.END_DOCUMENT;
    }

    /** Goes to the next beginning or end of an element, and takes the text before it along. */
    private int step(@Nullable StringBuilder text) throws IOException {
        try {
            while (reader.hasNext()) {
                in.fresh();
                int event = reader.next();
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEEPEST) {
                            throw FormatException.ends("a part of the workbook is nested too deeply", null);
                        }
                        return event;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return event;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        take(text);
                    default -> {
                        // comments, instructions; a document type is refused before
                    }
                }
            }
            return XMLStreamConstants.END_DOCUMENT;
        } catch (XMLStreamException | RuntimeException e) {
            throw broken(e);
        }
    }

    private void take(@Nullable StringBuilder text) throws FormatException {
        if (text == null) {
            return;
        }
        if (text.length() + reader.getTextLength() > LONGEST) {
            throw FormatException.ends("the workbook has a text of more than " + LONGEST + " characters", null);
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    boolean begins(String name) {
        return reader.isStartElement() && reader.getLocalName().equals(name);
    }

    boolean ends(String name) {
        return reader.isEndElement() && reader.getLocalName().equals(name);
    }

    /** An attribute without prefix. */
    @Nullable
    String attribute(String name) {
        return reader.getAttributeValue("", name) == null
                ? reader.getAttributeValue(null, name)
                : reader.getAttributeValue("", name);
    }

    /** An attribute of another namespace. */
    @Nullable
    String attributeOfOther(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String space = reader.getAttributeNamespace(i);
            if (space != null
                    && !space.isEmpty()
                    && reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** The text of the element that begins here, without elements in it. Goes to its end. */
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        int open = depth - 1;
        while (depth > open) {
            if (step(depth == open + 1 ? text : null) == XMLStreamConstants.END_DOCUMENT) {
                break;
            }
        }
        return text.toString();
    }

    /** The texts of a shared or inline string: its runs, without how they are pronounced. Goes to its end. */
    String runs() throws IOException {
        StringBuilder text = new StringBuilder();
        int open = depth - 1;
        int passed = 0;
        while (depth > open) {
            if (!next()) {
                break;
            }
            if (begins("rPh")) {
                passed++;
            } else if (ends("rPh")) {
                passed--;
            } else if (passed == 0 && begins("t")) {
                text.append(XlsxText.read(text()));
                if (text.length() > LONGEST) {
                    throw FormatException.ends("the workbook has a text of more than " + LONGEST + " characters", null);
                }
            }
        }
        return text.toString();
    }

    private static FormatException broken(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FormatException format) {
                return format;
            }
            if (cause instanceof XMLStreamException xml && xml.getNestedException() instanceof FormatException format) {
                return format;
            }
        }
        return FormatException.ends(
                thrown instanceof XMLStreamException xml
                        ? "a part of the workbook: " + NotXml.sentence(xml, "<")
                        : "a part of the workbook is damaged or cut",
                null);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Counts what is unpacked, in all and since the last step. */
    private static final class Counted extends CountedStream {
        private final long most;
        private long all;
        private long step;

        Counted(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        void fresh() {
            step = 0;
        }

        @Override
        protected void count(long bytes) throws FormatException {
            all += bytes;
            step += bytes;
            if (all > most) {
                throw FormatException.ends("a part of the workbook unpacks to more than " + most + " bytes", null);
            }
            if (step > LONGEST + AHEAD) {
                throw FormatException.ends(
                        "the workbook has a text, a tag or a remark of more than " + LONGEST + " bytes", null);
            }
        }
    }
}
