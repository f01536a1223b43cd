package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;

/** JSON values as one YAML document, value by value; numbers as they are, and texts that would be taken for anything else in quotes. */
final class YamlWriting {

    private final Output out;
    private final Emitter emitter;

    YamlWriting(Output out) {
        this.out = out;
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setUseUnicodeEncoding(out.unicode())
                .setSplitLines(false)
                .build();
        this.emitter = new Emitter(settings, new StreamDataWriter() {
            @Override
            public void write(String text) {
                try {
                    out.write(text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void write(String text, int from, int length) {
                write(text.substring(from, from + length));
            }
        });
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    }

    /** Whether all texts in it can be written. @throws FormatException if not */
    void check(JsonNode value) throws FormatException {
        if (value.isTextual()) {
            Output.checkWhole(value.textValue());
        } else if (value.isBinary() || value.isPojo()) {
            throw FormatException.refused("holds a value that is none of JSON's");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Output.checkWhole(member.getKey());
        }
        for (JsonNode inner : value) {
            check(inner);
        }
    }

    void beginList() {
        emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    }

    void endList() {
        emitter.emit(new SequenceEndEvent());
    }

    void value(JsonNode value) throws IOException {
        try {
            emit(value);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void emit(JsonNode value) {
        if (value.isArray()) {
            beginList();
            value.forEach(this::emit);
            endList();
        } else if (value.isObject()) {
            emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                text(member.getKey());
                emit(member.getValue());
            }
            emitter.emit(new MappingEndEvent());
        } else if (value.isTextual()) {
            text(value.textValue());
        } else {
            scalar(value.isNull() || value.isMissingNode() ? "null" : value.asText(), ScalarStyle.PLAIN);
        }
    }

    private void text(String text) {
        boolean plain = YamlReading.RESOLVER.resolve(text, true).equals(Tag.STR)
                && !text.equals("<<")
                && text.chars().noneMatch(YamlWriting::special);
        scalar(text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    /** Control characters, and what readers may take for the end of a line or for a byte-order mark. */
    private static boolean special(int c) {
        return c < ' ' || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }

    private void scalar(String text, ScalarStyle style) {
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), text, style));
    }

    void close() throws IOException {
        try {
            emitter.emit(new DocumentEndEvent(false));
            emitter.emit(new StreamEndEvent());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }
}
