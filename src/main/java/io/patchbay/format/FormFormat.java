package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a form of a page sends ({@code application/x-www-form-urlencoded}, WHATWG URL, section 5): an object of texts, in which a name that
 * comes several times is a list. Reading is own code, because the JDK's decoder puts something in the place of what is wrong.
 */
final class FormFormat implements Format {

    private static final int LONGEST = Memory.RECORD;
    private static final int MOST_NAMES = 10_000;

    @Override
    public FormatName name() {
        return FormatName.FORM;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("application/x-www-form-urlencoded");
    }

    @Override
    public List<String> endings() {
        return List.of();
    }

    @Override
    public boolean rows() {
        return false;
    }

    @Override
    public JsonNode document(Content content, FormatSettings settings) throws IOException {
        byte[] bytes;
        Charset charset;
        try (InputStream in = Content.bounded(content.open(), LONGEST)) {
            bytes = in.readAllBytes();
            charset = content.said() == null ? settings.charset() : content.said();
        }
        ObjectNode values = Json.NODES.objectNode();
        int from = 0;
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        int count = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || bytes[i] == '&') {
                if (i > from) {
                    if (++count > RecordBytes.MOST_VALUES) {
                        throw FormatException.ends(
                                "the form has more than " + RecordBytes.MOST_VALUES + " values", null);
                    }
                    pair(values, bytes, from, i, charset);
                }
                from = i + 1;
            }
        }
        return values;
    }

    private static void pair(ObjectNode values, byte[] bytes, int from, int end, Charset charset)
            throws FormatException {
        int equal = from;
        while (equal < end && bytes[equal] != '=') {
            equal++;
        }
        String name = decoded(bytes, from, equal, charset, "");
        String value = decoded(bytes, Math.min(end, equal + 1), end, charset, name);
        JsonNode before = values.get(name);
        if (before == null) {
            if (values.size() >= MOST_NAMES) {
                throw FormatException.ends("the form has more than " + MOST_NAMES + " names", null);
            }
            values.put(name, value);
        } else if (before instanceof ArrayNode list) {
            list.add(value);
        } else {
            values.set(name, Json.NODES.arrayNode().add(before).add(value));
        }
    }

    private static String decoded(byte[] bytes, int from, int end, Charset charset, String field)
            throws FormatException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(end - from);
        for (int i = from; i < end; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < end ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw FormatException.ends(
                            "a % is not followed by two hexadecimal digits", new Place(1, 0, i), NotRead.shown(field));
                }
                text.write(high * 16 + low);
                i += 2;
            } else {
                text.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        try {
            return Encoded.text(text.toByteArray(), 0, text.size(), charset);
        } catch (CharacterCodingException e) {
            throw FormatException.ends(
                    Encoded.notIn(charset) + Encoded.OTHER, new Place(1, 0, from), NotRead.shown(field));
        }
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        return new Single(document(content, settings));
    }

    @Override
    public void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        if (!value.isObject()) {
            throw FormatException.refused("is no object, so it has no names for a form");
        }
        StringBuilder text = new StringBuilder();
        Output check = new Output(OutputStream.nullOutputStream(), settings.charset());
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode each = member.getValue();
            for (JsonNode one : each.isArray() ? each : Json.NODES.arrayNode().add(each)) {
                if (one.isContainerNode()) {
                    throw FormatException.refused("has the field '" + member.getKey()
                            + "', which has parts: a form carries texts and lists of them");
                }
                String words = Values.text(one);
                check.check(member.getKey());
                check.check(words);
                text.append(text.length() == 0 ? "" : "&")
                        .append(URLEncoder.encode(member.getKey(), settings.charset()))
                        .append('=')
                        .append(URLEncoder.encode(words, settings.charset()));
            }
        }
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) {
        return new Single.Writer(value -> document(value, out, settings));
    }
}
