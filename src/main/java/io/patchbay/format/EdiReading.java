package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamReader;
import io.xlate.edi.stream.EDIStreamValidationError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferOverflowException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of interchanges, one at a time in memory. One whose envelope does not fit it is wrong by itself. */
final class EdiReading implements Records {

    /** Segments of one message. */
    private static final int MOST_SEGMENTS = 500_000;

    /** Elements of one message, with four for each segment. */
    private static final long MOST_VALUES = Math.min(4_000_000, Memory.WHOLE_VALUES / 2);

    private static final Set<String> ENVELOPE =
            Set.of("UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "ISA", "GS", "ST", "SE", "GE", "IEA");

    private final EDIStreamReader reader;
    private final RecordBytes bytes;
    private final EdiBytes places;
    private final boolean edifact;
    private final EdiText text;
    private ObjectNode interchange = Json.NODES.objectNode();
    private @Nullable ObjectNode group;
    private @Nullable ObjectNode message;
    private @Nullable EdiLoops loops;
    private @Nullable ObjectNode segment;
    private ArrayNode elements = Json.NODES.arrayNode();
    private @Nullable ArrayNode composite;
    private @Nullable String wrong;
    private long record;
    private long offset = -1;
    private long line;
    private long reached;
    private long segmentAt = -1;
    private int segments;
    private long values;
    private Charset charset;
    private boolean spoiled;
    /** Whether each character that the library sees is one byte, so that its places are bytes; texts are made of them here. */
    private final boolean plain;

    private final boolean said;

    private EdiReading(
            EDIStreamReader reader,
            RecordBytes bytes,
            EdiBytes places,
            boolean edifact,
            Charset charset,
            boolean plain,
            boolean said) {
        this.bytes = bytes;
        this.places = places;
        this.reader = reader;
        this.edifact = edifact;
        this.text = new EdiText(edifact);
        this.charset = charset;
        this.plain = plain;
        this.said = said;
    }

    /**
     * Begins to read.
     *
     * @param charset the character set
     * @param plain whether the library may take each byte for a character
     * @param mark how many bytes stand before the content
     * @param said whether it is said beside the content, and interchanges of EDIFACT say none of their own
     */
    static EdiReading of(
            EDIInputFactory factory,
            InputStream in,
            Charset charset,
            boolean edifact,
            boolean plain,
            int mark,
            boolean said)
            throws IOException {
        RecordBytes bytes = new RecordBytes(in);
        try {
            String seen = (plain ? StandardCharsets.ISO_8859_1 : charset).name();
            EdiBytes places = new EdiBytes(bytes, plain, charset, mark);
            EDIStreamReader reader = factory.createEDIStreamReader(places, seen);
            places.of(reader);
            return new EdiReading(reader, bytes, places, edifact, charset, plain, said);
        } catch (EDIStreamException e) {
            in.close();
            throw FormatException.ends(String.valueOf(e.getMessage()), null);
        }
    }

    private Place at() {
        return new Place(record, line, offset);
    }

    @Override
    public @Nullable JsonNode next() throws IOException {
        bytes.begin();
        try {
            while (reader.hasNext()) {
                JsonNode whole = taken(reader.next());
                if (whole != null) {
                    return whole;
                }
            }
            return null;
        } catch (EDIStreamException e) {
            record = Math.max(1, record);
            FormatException large = RecordBytes.TooLarge.at(e, at(), "", inSegment());
            if (large != null) {
                throw large;
            }
            throw FormatException.ends(
                    (e.getCause() instanceof BufferOverflowException
                                    ? (plain ? "an element is too long" : "it has a character of four bytes")
                                    : "the interchange breaks off or has a segment that is none")
                            + inSegment(),
                    at());
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw FormatException.ends("the interchange is damaged", at());
        }
    }

    /** The segment that is read last, and its byte. */
    private String inSegment() {
        String tag = segment == null ? "" : ": segment " + segment.path("tag").asText();
        return tag.isEmpty() || segmentAt < 0 ? tag : tag + " at byte " + segmentAt;
    }

    /** A message that is whole with this; else null. */
    private @Nullable JsonNode taken(EDIStreamEvent event) throws FormatException {
        switch (event) {
            case START_INTERCHANGE -> interchange = Json.NODES.objectNode();
            case START_GROUP -> group = Json.NODES.objectNode();
            case START_TRANSACTION -> begin();
            case START_SEGMENT -> segment(reader.getText());
            case START_COMPOSITE -> {
                ArrayNode parts = Json.NODES.arrayNode();
                put(parts);
                composite = parts;
            }
            case END_COMPOSITE -> composite = null;
            case ELEMENT_DATA -> data();
            case END_SEGMENT -> ended();
            case END_TRANSACTION -> {
                return end();
            }
            case END_GROUP -> group = null;
            case SEGMENT_ERROR, ELEMENT_OCCURRENCE_ERROR, ELEMENT_DATA_ERROR -> error(event);
            default -> {
                // loops of a schema, binary data: neither is asked for
            }
        }
        return null;
    }

    private void begin() {
        record++;
        line = reader.getLocation().getLineNumber();
        offset = begun(edifact ? "UNH" : "ST");
        message = Json.NODES.objectNode();
        loops = null;
        wrong = null;
        spoiled = false;
        segments = 0;
        values = 0;
    }

    /** The byte at which a segment begins behind whose tag the library stands; it counts in an int. */
    private long begun(String tag) {
        reached += reader.getLocation().getCharacterOffset() - (int) reached; // in ints, which wrap
        return places.at(reached - tag.length() - 1);
    }

    private void segment(String tag) throws FormatException {
        segmentAt = begun(tag);
        segment = Json.NODES.objectNode().put("tag", tag);
        elements = Json.NODES.arrayNode();
        if (++segments > MOST_SEGMENTS) {
            throw FormatException.ends("a message has more than " + MOST_SEGMENTS + " segments", at());
        }
        count(4);
    }

    private void count(int more) throws FormatException {
        values += more;
        if (values > MOST_VALUES) {
            throw FormatException.ends(
                    "a message has more than " + MOST_VALUES + " elements, with four for each segment" + inSegment(),
                    at());
        }
    }

    private void data() throws FormatException {
        count(1);
        if (composite != null && reader.getLocation().getComponentPosition() > 0) {
            int position = reader.getLocation().getComponentPosition();
            while (composite.size() < position - 1) {
                composite.add("");
            }
            composite.add(reader.getText());
        } else {
            put(Json.NODES.textNode(reader.getText()));
        }
    }

    /** An element that comes again stands with the first one in {@code repeat}. */
    private void put(JsonNode value) {
        int position = reader.getLocation().getElementPosition();
        if (reader.getLocation().getElementOccurrence() > 1 && position <= elements.size() && position > 0) {
            JsonNode before = elements.get(position - 1);
            if (before.path("repeat") instanceof ArrayNode repeated) {
                repeated.add(value);
            } else {
                ObjectNode several = Json.NODES.objectNode();
                several.putArray("repeat").add(before).add(value);
                elements.set(position - 1, several);
            }
            return;
        }
        while (elements.size() < position - 1) {
            elements.add("");
        }
        elements.add(value);
    }

    private static boolean bare(JsonNode element) {
        return element.isArray()
                ? element.isEmpty()
                : element.isTextual() && element.textValue().isEmpty();
    }

    private static ArrayNode stripped(ArrayNode list) {
        while (!list.isEmpty() && bare(list.get(list.size() - 1))) {
            list.remove(list.size() - 1);
        }
        return list;
    }

    private void ended() throws FormatException {
        ObjectNode ended = segment;
        if (ended == null) {
            return;
        }
        String tag = ended.path("tag").asText();
        composite = null;
        elements.forEach(element -> {
            if (element instanceof ArrayNode parts) {
                stripped(parts);
            }
        });
        stripped(elements);
        if (tag.equals("UNB")) {
            syntax(elements.path(0));
        }
        elements = (ArrayNode) decoded(elements, tag);
        if (!ENVELOPE.contains(tag)) {
            ended.set("elements", elements);
            if (loops != null) {
                loops.add(ended);
            }
            segment = null;
            return;
        }
        text.keep(tag, elements);
        switch (tag) {
            case "UNB", "ISA" -> interchange = header(tag);
            case "UNG", "GS" -> group = header(tag);
            case "UNH", "ST" -> {
                ObjectNode named = header(tag);
                message = named;
                loops = new EdiLoops(named.path("type").asText());
            }
            default -> {
                // what they say is checked, and made again when it is written
            }
        }
        segment = null;
    }

    /** An interchange of EDIFACT says how it is written, and in which characters (ISO 9735-1, S001). */
    private void syntax(JsonNode first) throws FormatException {
        String syntax = (first.isArray() ? first.path(0) : first).asText();
        String version = first.path(1).asText("");
        String encoding = first.path(3).asText("");
        if (!version.matches("[1-4]?")) {
            throw FormatException.ends(
                    "UNB says the syntax version '" + NotRead.shown(version) + "'; versions 1 to 4 are read", place());
        }
        try {
            EdiFormat.encoding(encoding);
            if (!said && plain) {
                charset = EdiFormat.charset(syntax, encoding);
            }
        } catch (FormatException e) {
            throw FormatException.ends("it " + e.getMessage(), place());
        }
    }

    /** Where a segment stands that is none of a message. */
    private Place place() {
        return new Place(Math.max(1, record), reader.getLocation().getLineNumber(), segmentAt);
    }

    /** Elements in their character set; bytes that are none of it make their message wrong. */
    private JsonNode decoded(JsonNode raw, String tag) throws FormatException {
        if (!plain) {
            return raw;
        }
        if (raw.isTextual()) {
            try {
                return Json.NODES.textNode(Encoded.text(raw.textValue(), charset));
            } catch (CharacterCodingException e) {
                String why = Encoded.notIn(charset) + other() + ": segment " + tag;
                if (loops == null) {
                    throw FormatException.ends(why, place());
                }
                wrong = wrong == null ? why : wrong;
                spoiled = true;
                return Json.NODES.binaryNode(raw.textValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        if (raw instanceof ObjectNode several) {
            return Json.NODES.objectNode().set("repeat", decoded(several.path("repeat"), tag));
        }
        ArrayNode all = Json.NODES.arrayNode();
        for (JsonNode one : raw) {
            all.add(decoded(one, tag));
        }
        return all;
    }

    private String other() {
        if (!edifact) {
            return Encoded.OTHER;
        }
        return said ? "; what came with it says that" : "; the syntax in UNB says that";
    }

    private ObjectNode header(String tag) throws FormatException {
        ObjectNode named = EdiHeader.valueOf(tag).named(elements);
        if (!edifact) {
            named.remove("component"); // a separator, which the writer has its own of
            named.remove("repetition");
        }
        return named;
    }

    private @Nullable JsonNode end() throws FormatException {
        ObjectNode whole = Json.NODES.objectNode();
        whole.set("interchange", interchange);
        if (group != null) {
            whole.set("group", group);
        }
        whole.set("message", message);
        whole.set("segments", loops == null ? Json.NODES.arrayNode() : loops.segments());
        ArrayNode inside = (ArrayNode) whole.path("segments");
        loops = null;
        String why = wrong;
        wrong = null;
        boolean mixed =
                spoiled || (plain && reader.getDelimiters().values().stream().anyMatch(sign -> sign > '\u007F'));
        spoiled = false;
        if (why != null && mixed) {
            byte[] found = text.bytes(reader.getDelimiters(), group != null, inside, charset);
            throw FormatException.record(why, at(), null, found, charset);
        }
        if (why != null) {
            String found = text.text(reader.getDelimiters(), group != null, inside);
            throw FormatException.record(why, at(), null, Json.NODES.textNode(found));
        }
        return whole;
    }

    /** Where bytes stand for characters, a text of others than ASCII is not so long as it seems. */
    private boolean seemsLong() {
        return plain
                && charset.equals(StandardCharsets.UTF_8)
                && reader.getErrorType() == EDIStreamValidationError.DATA_ELEMENT_TOO_LONG
                && reader.hasText()
                && reader.getText().chars().anyMatch(c -> c > 0x7F);
    }

    private void error(EDIStreamEvent event) throws FormatException {
        if (seemsLong()) {
            return;
        }
        String what =
                String.valueOf(reader.getErrorType()).toLowerCase(Locale.ROOT).replace('_', ' ');
        int position = reader.getLocation().getElementPosition();
        String why = what + ": segment " + reader.getLocation().getSegmentTag()
                + (position > 0 && event != EDIStreamEvent.SEGMENT_ERROR ? ", element " + position : "");
        if (loops != null) {
            wrong = wrong == null ? why : wrong;
            return;
        }
        if (reader.getErrorType() == EDIStreamValidationError.LOOP_OCCURS_OVER_MAXIMUM_TIMES) {
            throw FormatException.ends(
                    "an interchange has at most 99999 groups, and a group, or one without groups, as many messages;"
                            + " it has to come in several",
                    place());
        }
        throw FormatException.ends(why, place());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
