package io.patchbay.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.RecordPath;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One JSON document (RFC 8259). Its records are the items of a list in it, read one by one. */
final class JsonFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.JSON;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/json");
    }

    @Override
    public List<String> endings() {
        return List.of("json");
    }

    @Override
    public boolean rows() {
        return false;
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        Encoded encoded = Encoded.of(content, settings);
        RecordBytes bytes = new RecordBytes(encoded.in());
        bytes.pass();
        BoundedJson parser = parser(new Encoded(bytes, encoded.charset(), encoded.mark()));
        try {
            RecordPath path = Objects.requireNonNullElse(settings.records(), RecordPath.ROOT_LIST);
            return new Items(content, settings, parser, bytes, encoded.mark(), enter(parser, path.names()), path);
        } catch (CharacterCodingException e) {
            parser.close();
            throw Encoded.misencoded(content, settings);
        } catch (IOException | RuntimeException e) {
            parser.close();
            throw e;
        }
    }

    @Override
    public JsonNode document(Content content, FormatSettings settings) throws IOException {
        try (BoundedJson parser = parser(Encoded.of(Memory.whole(content), settings))) {
            parser.whole();
            JsonNode value = settings.json().reader().readTree(parser);
            if (value == null || value.isMissingNode()) {
                throw FormatException.ends("JSON was expected, the content is empty", null);
            }
            if (parser.nextToken() != null) {
                throw NotJson.follows(parser);
            }
            return value;
        } catch (CharacterCodingException e) {
            throw Encoded.misencoded(content, settings);
        }
    }

    private static BoundedJson parser(Encoded encoded) throws IOException {
        JsonParser parser = encoded.charset().equals(StandardCharsets.UTF_8)
                ? Json.MAPPER.getFactory().createParser(encoded.in())
                : Json.MAPPER.getFactory().createParser(encoded.reader());
        return new BoundedJson(parser);
    }

    /** Goes to the value at a place; null when there is none. */
    private static @Nullable JsonToken enter(JsonParser parser, List<String> names) throws IOException {
        JsonToken at = parser.nextToken();
        for (String name : names) {
            if (at != JsonToken.START_OBJECT) {
                return null;
            }
            JsonToken field = parser.nextToken();
            while (field == JsonToken.FIELD_NAME && !parser.currentName().equals(name)) {
                parser.nextToken();
                parser.skipChildren();
                field = parser.nextToken();
            }
            if (field != JsonToken.FIELD_NAME) {
                return null;
            }
            at = parser.nextToken();
        }
        return at;
    }

    /** Items of a list, or the one value that stands in its place. What follows is read too: a document that was cut is known. */
    private static final class Items implements Records {
        private final Content content;
        private final FormatSettings settings;
        private final BoundedJson parser;
        private final RecordBytes bytes;
        private final int mark;
        private final ObjectReader reader;
        private final List<String> names;
        private final boolean list;
        private final @Nullable JsonStreamContext outside;
        private boolean ended;
        private long record;
        private long offset;

        Items(
                Content content,
                FormatSettings settings,
                BoundedJson parser,
                RecordBytes bytes,
                int mark,
                @Nullable JsonToken at,
                RecordPath path) {
            this.content = content;
            this.settings = settings;
            this.parser = parser;
            // Behind one record stands the next.
            this.reader = settings.json().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            this.names = path.names();
            this.bytes = bytes;
            this.mark = mark;
            this.list = path.each() && at == JsonToken.START_ARRAY;
            JsonStreamContext context = parser.getParsingContext();
            this.outside = list || at == null || !at.isStructStart() ? context : context.getParent();
            this.ended = at == null || at == JsonToken.VALUE_NULL;
        }

        @Override
        public @Nullable JsonNode next() throws IOException {
            try {
                return ended ? rest() : item();
            } catch (CharacterCodingException e) {
                throw Encoded.misencoded(content, settings); // the parser is ahead of the record
            }
        }

        private @Nullable JsonNode item() throws IOException {
            record++;
            bytes.begin();
            parser.begin(outside);
            offset = parser.currentLocation().getByteOffset();
            try {
                ended = !list;
                if (list && parser.nextToken() == JsonToken.END_ARRAY) {
                    ended = true;
                    record--;
                } else {
                    offset = parser.currentTokenLocation().getByteOffset();
                    JsonNode read = reader.readTree(parser);
                    BoundedJson.Twice twice = parser.twice();
                    if (twice != null) {
                        throw twice.broken(read, place());
                    }
                    return read;
                }
            } catch (JsonProcessingException | CharConversionException | RecordBytes.TooLarge e) {
                throw NotRead.of(
                        e,
                        place(),
                        parser.field(outside),
                        list ? "" : "; it is no list: 'records' says where one stands in it, like " + inner());
            }
            return rest();
        }

        private Place place() {
            return new Place(record, 0, offset < 0 ? -1 : offset + mark);
        }

        /** How the place of the outermost list is written in which the parser stands, or of any. */
        private String inner() {
            Deque<String> names = new ArrayDeque<>();
            boolean found = false;
            for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
                if (at.inArray()) {
                    names.clear();
                    found = true;
                } else if (found && at.hasCurrentName()) {
                    names.addFirst(at.getCurrentName());
                }
            }
            boolean plain = found && names.stream().allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]{0,60}"));
            return new RecordPath(plain ? List.copyOf(names) : List.of("orders"), true).toString();
        }

        private @Nullable JsonNode rest() throws IOException {
            bytes.pass();
            parser.pass();
            try {
                parser.passRest(names);
                return null;
            } catch (JsonProcessingException | CharConversionException e) {
                throw NotRead.of(e, "behind record " + record);
            }
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        Output text = new Output(out, settings.charset());
        JsonText json = new JsonText();
        text.write("[");
        return new RecordWriter() {
            private boolean any;

            @Override
            public void write(JsonNode record) throws IOException {
                CharSequence written = json.of(record);
                text.check(written);
                text.write(any ? "," : "");
                text.write(written);
                any = true;
            }

            @Override
            public void close() throws IOException {
                text.write("]");
                text.flush();
            }
        };
    }

    @Override
    public void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        Output text = new Output(out, settings.charset());
        String written = value.toString();
        text.check(written);
        text.write(written);
        text.flush();
    }
}
