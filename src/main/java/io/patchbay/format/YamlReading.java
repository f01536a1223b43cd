package io.patchbay.format;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.TreeWeight;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML as JSON values, event by event: every digit is kept, aliases share what they stand for and are bounded, tags beyond those of JSON are
 * refused. Own code, because the library's own values are Java objects whose numbers lose digits.
 */
final class YamlReading implements Closeable {

    static final ScalarResolver RESOLVER = new CoreScalarResolver(false); // merge keys are no part of YAML 1.2

    /** Values that aliases stand for, counted each time, in one content. */
    private static final long MOST_REPEATED = 1_000_000;

    /** What they take together, written out: characters of texts and keys, and something for each value. */
    private static final long MOST_REPEATED_BYTES = 64L << 20;

    private static final int VALUE_BYTES = 16;
    private static final int AHEAD = 128 * 1024;

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+");

    private static final Pattern LEADING_ZEROS = Pattern.compile("[-+]?0[0-9]+");

    private final BytePlaces content;
    private final Misencoded misencoded;
    private final @Nullable RecordBytes counted;
    private final ParserImpl parser;
    /** The keys from the record to what is read. */
    private final Deque<String> keys = new ArrayDeque<>();

    private final Map<Anchor, Known> anchors = new HashMap<>();
    private long values;
    /** What a document takes that is read as a whole. */
    private final TreeWeight weight = new TreeWeight();

    private long bytes;
    private long repeated;
    private long repeatedBytes;
    private long record;
    private long recordValues;
    private long offset = -1;
    private boolean inList;
    private boolean begun;

    /** What an anchor stands for, how many values that is, and what they take. */
    private record Known(JsonNode value, long size, long bytes) {}

    /** Looks for the byte that is none of the character set. */
    private interface Misencoded {
        FormatException found() throws IOException;
    }

    private YamlReading(BytePlaces content, Misencoded misencoded, @Nullable RecordBytes counted) {
        this.misencoded = misencoded;
        this.content = content;
        this.counted = counted;
        LoadSettings settings = LoadSettings.builder()
                .setLabel("content")
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(AHEAD) // all of a long text is copied each time that it reads on
                .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, content));
    }

    /** Reads documents as a whole. */
    static YamlReading documents(Content content, FormatSettings settings) throws IOException {
        Encoded encoded = Encoded.of(Memory.whole(content, Memory.WHOLE / 4), settings);
        return new YamlReading(new BytePlaces(encoded), () -> Encoded.misencoded(content, settings), null);
    }

    /** Reads records, of which none may be too large. */
    static YamlReading records(Content content, FormatSettings settings) throws IOException {
        Encoded encoded = Encoded.of(content, settings);
        RecordBytes counted = new RecordBytes(encoded.in(), Memory.RECORD_YAML);
        return new YamlReading(
                new BytePlaces(new Encoded(counted, encoded.charset(), encoded.mark())),
                () -> Encoded.misencoded(content, settings),
                counted);
    }

    /** The next document; null behind the last. */
    @Nullable
    JsonNode document() throws IOException {
        return guarded(() -> {
            if (!begin()) {
                return null;
            }
            JsonNode value = value(parser.next(), 0);
            parser.next(); // the document's end
            return value;
        });
    }

    /** The next item of a list, or the next document that is none; null behind the last. */
    @Nullable
    JsonNode item() throws IOException {
        return guarded(() -> {
            while (true) {
                if (inList) {
                    begins();
                    Event event = parser.next();
                    if (event.getEventId() != Event.ID.SequenceEnd) {
                        begins(event);
                        return value(event, 1);
                    }
                    inList = false;
                    parser.next(); // the document's end
                }
                begins();
                if (!begin()) {
                    return null;
                }
                Event event = parser.next();
                inList = event.getEventId() == Event.ID.SequenceStart;
                if (!inList) {
                    begins(event);
                    JsonNode value = value(event, 0);
                    parser.next();
                    return value;
                }
            }
        });
    }

    /** What is read next belongs to the next record. */
    private void begins() {
        if (counted != null) {
            counted.begin();
        }
        keys.clear();
        begun = false;
        recordValues = values;
    }

    private void begins(Event first) {
        record++;
        begun = true;
        offset = first.getStartMark().map(mark -> content.at(mark.getIndex())).orElse(-1L);
    }

    private boolean begin() {
        anchors.clear();
        while (parser.hasNext()) {
            if (parser.next().getEventId() == Event.ID.DocumentStart) {
                return true;
            }
        }
        return false;
    }

    private interface Read {
        @Nullable
        JsonNode value() throws IOException;
    }

    private @Nullable JsonNode guarded(Read read) throws IOException {
        try {
            return read.value();
        } catch (MarkedYamlEngineException e) {
            throw refused("the content breaks the rules of YAML", e.getProblemMark());
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (YamlEngineException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof CharacterCodingException) {
                    throw misencoded.found(); // the scanner is ahead of the record
                }
                if (cause instanceof IOException io) {
                    FormatException large = RecordBytes.TooLarge.at(io, here(), field());
                    throw large == null ? io : large;
                }
            }
            throw refused("the content breaks the rules of YAML", Optional.empty());
        }
    }

    /** Where what is read now begins. A record that was not begun follows the last one. */
    private Place here() {
        return new Place(begun ? record : record + 1, 0, begun ? offset : -1);
    }

    private FormatException refused(String why, Optional<Mark> mark) {
        String which = counted == null ? "" : "record " + here().record() + ", ";
        long byteAt = counted == null
                ? -1
                : begun ? offset : mark.map(at -> content.at(at.getIndex())).orElse(-1L);
        String begins = byteAt < 0 ? "" : ", byte " + byteAt;
        String field = keys.isEmpty() ? "" : ", field '" + field() + "'";
        return FormatException.ends(
                mark.map(at -> why + " (" + which + "line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1)
                                + begins + field + ")")
                        .orElse(why),
                null);
    }

    private String field() {
        return NotRead.shown(String.join(".", keys));
    }

    private JsonNode value(Event event, int depth) throws FormatException {
        if (depth > Json.MAX_DEPTH) {
            throw refused("the YAML is nested deeper than " + Json.MAX_DEPTH + " levels", event.getStartMark());
        }
        if (event instanceof AliasEvent alias) {
            Known known = anchors.get(alias.getAlias());
            if (known == null) {
                throw refused("an alias stands for nothing before it, or for what it is in", event.getStartMark());
            }
            repeated += known.size();
            values += known.size();
            repeatedBytes += known.bytes();
            bytes += known.bytes();
            if (repeatedBytes > MOST_REPEATED_BYTES) {
                throw refused("aliases stand for more than " + MOST_REPEATED_BYTES + " bytes", event.getStartMark());
            }
            if (repeated > MOST_REPEATED) {
                throw refused("aliases stand for more than " + MOST_REPEATED + " values", event.getStartMark());
            }
            return known.value();
        }
        if (counted != null && values - recordValues > RecordBytes.MOST_VALUES) {
            throw refused("the record has more than " + RecordBytes.MOST_VALUES + " values", event.getStartMark());
        }
        long before = values++;
        long bytesBefore = bytes;
        bytes += VALUE_BYTES;
        JsonNode value;
        if (event instanceof ScalarEvent scalar) {
            weigh(JsonToken.VALUE_STRING);
            value = scalar(scalar);
        } else if (event.getEventId() == Event.ID.SequenceStart) {
            weigh(JsonToken.START_ARRAY);
            value = list((CollectionStartEvent) event, depth);
        } else {
            weigh(JsonToken.START_OBJECT);
            value = map((CollectionStartEvent) event, depth);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            anchors.put(node.getAnchor().get(), new Known(value, values - before, bytes - bytesBefore));
        }
        return value;
    }

    private void weigh(JsonToken token) throws FormatException {
        if (counted == null && !weight.fits(token)) {
            throw Memory.heavy();
        }
    }

    private ArrayNode list(CollectionStartEvent start, int depth) throws FormatException {
        refuseTag(start.getTag(), Tag.SEQ, start);
        ArrayNode list = Json.NODES.arrayNode();
        for (Event event = parser.next(); event.getEventId() != Event.ID.SequenceEnd; event = parser.next()) {
            list.add(value(event, depth + 1));
        }
        return list;
    }

    private ObjectNode map(CollectionStartEvent start, int depth) throws FormatException {
        refuseTag(start.getTag(), Tag.MAP, start);
        ObjectNode map = Json.NODES.objectNode();
        for (Event event = parser.next(); event.getEventId() != Event.ID.MappingEnd; event = parser.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw refused("a key is no text", event.getStartMark());
            }
            if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                throw refused("merge keys (<<) are no part of YAML 1.2", event.getStartMark());
            }
            if (map.has(key.getValue())) {
                throw refused("a key stands twice in one mapping", event.getStartMark());
            }
            if (map.size() >= Json.MOST_KEYS) {
                throw refused("a mapping has more than " + Json.MOST_KEYS + " keys", event.getStartMark());
            }
            weigh(JsonToken.FIELD_NAME);
            bytes += key.getValue().length();
            keys.addLast(key.getValue());
            map.set(key.getValue(), value(parser.next(), depth + 1));
            keys.removeLast();
        }
        return map;
    }

    private void refuseTag(Optional<String> tag, Tag own, Event at) throws FormatException {
        if (tag.isPresent() && !tag.get().equals(own.getValue()) && !tag.get().equals("!")) {
            throw refused("the tag is none of JSON's", at.getStartMark());
        }
    }

    private JsonNode scalar(ScalarEvent scalar) throws FormatException {
        String text = scalar.getValue();
        bytes += text.length();
        Tag tag = scalar.getTag().isPresent()
                ? new Tag(scalar.getTag().get())
                : RESOLVER.resolve(text, scalar.getScalarStyle() == ScalarStyle.PLAIN);
        if (tag.equals(Tag.STR)
                || tag.getValue().equals("!")
                || LEADING_ZEROS.matcher(text).matches()) {
            return Json.NODES.textNode(text);
        }
        boolean fits = !(tag.equals(Tag.NULL) && !NULL.matcher(text).matches())
                && !(tag.equals(Tag.BOOL) && !TRUTH.matcher(text).matches())
                && !(tag.equals(Tag.INT) && !WHOLE.matcher(text).matches());
        if (!fits) {
            throw refused("a value is none of its tag", scalar.getStartMark());
        }
        if (tag.equals(Tag.NULL)) {
            return Json.NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, scalar);
        }
        throw refused("the tag is none of JSON's", scalar.getStartMark());
    }

    private JsonNode number(String text, ScalarEvent at) throws FormatException {
        try {
            if (text.startsWith("0x") || text.startsWith("0o")) {
                return whole(Numbers.whole(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
            }
            return WHOLE.matcher(text).matches()
                    ? whole(Numbers.whole(text, 10))
                    : Json.NODES.numberNode(Numbers.decimal(text));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), at.getStartMark());
        }
    }

    private static JsonNode whole(BigInteger number) {
        return number.bitLength() < 32
                ? Json.NODES.numberNode(number.intValue())
                : number.bitLength() < 64 ? Json.NODES.numberNode(number.longValue()) : Json.NODES.numberNode(number);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
