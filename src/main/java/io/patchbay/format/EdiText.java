package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.patchbay.payload.Json;
import io.xlate.edi.stream.EDIStreamConstants.Delimiters;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of an interchange as an interchange of its own, with the envelope that it came in and the separators of that: a message that
 * is wrong is put aside as it was. Own code, because the library's writer mends counts and refuses what is wrong.
 */
final class EdiText {

    /** Widths of the elements of ISA. */
    private static final int[] WIDTHS = {2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};

    private static final int REFERENCE = 4;
    private static final int ISA_REFERENCE = 12;
    private static final int GS_REFERENCE = 5;

    private final boolean edifact;
    private final Map<String, ArrayNode> envelope = new HashMap<>();

    EdiText(boolean edifact) {
        this.edifact = edifact;
    }

    /** A segment of the envelope. */
    void keep(String tag, ArrayNode elements) {
        envelope.put(tag, elements);
    }

    /** The message that is read last, in the envelope that was kept. */
    String text(Map<String, Character> separators, boolean grouped, ArrayNode segments) {
        return written(new Writing(separators, edifact, null), grouped, segments);
    }

    /** Likewise, in its character set, with bytes as they are where they are no text in it. */
    byte[] bytes(Map<String, Character> separators, boolean grouped, ArrayNode segments, Charset charset) {
        return written(new Writing(separators, edifact, charset), grouped, segments)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private String written(Writing to, boolean grouped, ArrayNode segments) {
        if (edifact) {
            to.una();
            to.segment("UNB", kept("UNB"));
        } else {
            to.isa(kept("ISA"));
        }
        if (grouped) {
            to.segment(edifact ? "UNG" : "GS", kept(edifact ? "UNG" : "GS"));
        }
        to.segment(edifact ? "UNH" : "ST", kept(edifact ? "UNH" : "ST"));
        to.segments(segments);
        to.segment(edifact ? "UNT" : "SE", kept(edifact ? "UNT" : "SE"));
        if (grouped) {
            to.segment(edifact ? "UNE" : "GE", end(edifact ? "UNG" : "GS", edifact ? REFERENCE : GS_REFERENCE));
        }
        to.segment(edifact ? "UNZ" : "IEA", end(edifact ? "UNB" : "ISA", edifact ? REFERENCE : ISA_REFERENCE));
        return to.text.toString();
    }

    private ArrayNode kept(String tag) {
        return envelope.getOrDefault(tag, Json.NODES.arrayNode());
    }

    private ArrayNode end(String begin, int reference) {
        JsonNode said = kept(begin).path(reference);
        return Json.NODES.arrayNode().add("1").add(said.isArray() ? said.path(0).asText() : said.asText());
    }

    /** Text of segments. */
    private static final class Writing {
        private final StringBuilder text = new StringBuilder();
        private final boolean edifact;
        /** Where bytes are written: one character for each. */
        private final @Nullable Charset bytes;

        private final char component;
        private final char element;
        private final char repetition;
        private final char release;
        private final char decimal;
        private final char end;

        Writing(Map<String, Character> separators, boolean edifact, @Nullable Charset bytes) {
            this.edifact = edifact;
            this.bytes = bytes;
            this.component = separators.getOrDefault(Delimiters.COMPONENT_ELEMENT, ':');
            this.element = separators.getOrDefault(Delimiters.DATA_ELEMENT, edifact ? '+' : '*');
            this.repetition = separators.getOrDefault(Delimiters.REPETITION, ' ');
            this.release = separators.getOrDefault(Delimiters.RELEASE, edifact ? '?' : ' ');
            this.decimal = separators.getOrDefault(Delimiters.DECIMAL, '.');
            this.end = separators.getOrDefault(Delimiters.SEGMENT, edifact ? '\'' : '~');
        }

        void una() {
            text.append("UNA")
                    .append(component)
                    .append(element)
                    .append(decimal)
                    .append(release)
                    .append(repetition)
                    .append(end);
        }

        void isa(ArrayNode elements) {
            text.append("ISA");
            for (int i = 0; i < WIDTHS.length; i++) {
                String value = words(elements.path(i));
                text.append(element).append(value).append(" ".repeat(Math.max(0, WIDTHS[i] - value.length())));
            }
            text.append(end);
        }

        void segments(JsonNode segments) {
            for (JsonNode segment : segments) {
                segment(segment.path("tag").asText(), segment.path("elements"));
                segments(segment.path("segments"));
            }
        }

        void segment(String tag, JsonNode elements) {
            text.append(tag);
            for (JsonNode one : elements) {
                JsonNode repeated = one.path("repeat");
                char before = element;
                for (JsonNode each : repeated.isArray() ? repeated : List.of(one)) {
                    text.append(before);
                    components(each);
                    before = repetition;
                }
            }
            text.append(end);
        }

        private void components(JsonNode value) {
            if (!value.isArray()) {
                escaped(words(value));
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                text.append(i == 0 ? "" : String.valueOf(component));
                escaped(words(value.get(i)));
            }
        }

        private String words(JsonNode value) {
            if (bytes == null) {
                return value.asText();
            }
            byte[] own = value instanceof BinaryNode raw
                    ? raw.binaryValue()
                    : value.asText().getBytes(bytes);
            return new String(own, StandardCharsets.ISO_8859_1);
        }

        private void escaped(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean separator = c == component || c == element || c == release || c == end || c == repetition;
                if (edifact && release != ' ' && c != ' ' && separator) {
                    text.append(release);
                }
                text.append(c);
            }
        }
    }
}
