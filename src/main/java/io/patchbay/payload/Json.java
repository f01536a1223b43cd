package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Map;

/** How JSON is read and written everywhere: every digit of a number is kept, nesting is bounded. */
public final class Json {

    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 200;

    /** Keys of one object that is read. */
    public static final int MOST_KEYS = 100_000;

    /** Makes nodes that keep every digit. */
    public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Reads and writes; safe for use by several threads. A key that stands twice in one object is an error: {@link KeyTwice}. */
    public static final ObjectMapper MAPPER = builder(new BoundedKeys.Factory())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .addModule(new SimpleModule("trees").addDeserializer(JsonNode.class, new Trees()))
            .build();

    /** Reads what may have a key twice in one object: the last of its values is taken. */
    public static final ObjectReader LAST =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** Reads what was written here, however many keys that has. */
    public static final ObjectMapper KEPT = builder(new JsonFactory()).build();

    private static JsonMapper.Builder builder(JsonFactory factory) {
        factory.setStreamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(64_000_000)
                .build());
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .nodeFactory(NODES);
    }

    private static final int VALUE_BYTES = 16;

    private Json() {}

    /** About how many bytes a value takes: its texts and keys, and something for each value in it. */
    public static long bytes(JsonNode value) {
        long all = VALUE_BYTES;
        if (value.isTextual()) {
            return all + value.textValue().length();
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                all += member.getKey().length() + bytes(member.getValue());
            }
        } else {
            for (JsonNode item : value) {
                all += bytes(item);
            }
        }
        return all;
    }

    /** Whether a media type, with parameters or without, says that content is one JSON document (RFC 8259; RFC 6839, 3.1). */
    public static boolean isType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String plain = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return plain.equals("application/json") || plain.endsWith("+json");
    }
}
