package io.patchbay.payload;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/**
 * A reader over another one that does something at each event: what goes over several events at once goes through its own {@link #next} too, as
 * StAX (JSR 173) says that it goes. The JDK's delegate would hand it to the reader below.
 */
class SteppedReader extends StreamReaderDelegate {

    /** @param reader whose events it gives */
    SteppedReader(XMLStreamReader reader) {
        super(reader);
    }

    /** Goes to the next tag, over blanks, comments and instructions. @throws XMLStreamException where something else stands before it */
    @Override
    public int nextTag() throws XMLStreamException {
        int event = next();
        while (event == XMLStreamConstants.SPACE
                || event == XMLStreamConstants.PROCESSING_INSTRUCTION
                || event == XMLStreamConstants.COMMENT
                || ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) && isWhiteSpace())) {
            event = next();
        }
        if (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
            throw new XMLStreamException("something else stands where a tag is expected", getLocation());
        }
        return event;
    }

    /** The text of an element that has just begun; it has ended then. @throws XMLStreamException where it has an element in it */
    @Override
    public String getElementText() throws XMLStreamException {
        require(XMLStreamConstants.START_ELEMENT, null, null);
        StringBuilder text = new StringBuilder();
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            switch (event) {
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE,
                        XMLStreamConstants.ENTITY_REFERENCE -> text.append(getText());
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                    // no text
                }
                default ->
                    throw new XMLStreamException("an element that should have text alone holds more", getLocation());
            }
        }
        return text.toString();
    }

    /** Looks where it stands. @throws XMLStreamException where it stands elsewhere */
    @Override
    public void require(int type, @Nullable String space, @Nullable String local) throws XMLStreamException {
        String own = space == null ? null : getNamespaceURI();
        boolean there = getEventType() == type
                && (space == null || space.equals(own == null ? "" : own))
                && (local == null || local.equals(getLocalName()));
        if (!there) {
            throw new XMLStreamException("the document stands at something else than is expected", getLocation());
        }
    }
}
