package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Values;
import io.xlate.edi.stream.EDIOutputFactory;
import io.xlate.edi.stream.EDIStreamConstants.Delimiters;
import io.xlate.edi.stream.EDIStreamException;
import io.xlate.edi.stream.EDIStreamWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments of one interchange, through the writer of StAEDI; each is checked before a message is begun. */
final class EdiSegments {

    private static final int DEEPEST = 20;

    private final EdiSettings edi;
    private final boolean edifact;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private final boolean repeats;
    private @Nullable EDIStreamWriter writer;
    private int inMessage;

    /** @param repeats whether the interchange has a sign for an element that comes again */
    EdiSegments(EdiSettings edi, boolean edifact, Charset charset, boolean repeats) {
        this.repeats = repeats;
        this.edi = edi;
        this.edifact = edifact;
        this.charset = charset;
        this.encoder = charset.newEncoder();
    }

    private interface Step {
        void write(EDIStreamWriter to) throws EDIStreamException;
    }

    private void with(Step step) throws IOException {
        try {
            step.write(java.util.Objects.requireNonNull(writer));
        } catch (EDIStreamException | IllegalStateException | IllegalArgumentException e) {
            throw FormatException.ends("cannot be written: " + e.getMessage(), null);
        }
    }

    void open(OutputStream out) throws IOException {
        EDIOutputFactory factory = EDIOutputFactory.newFactory();
        factory.setProperty(EDIOutputFactory.PRETTY_PRINT, edi.lines());
        factory.setProperty(EDIOutputFactory.TRUNCATE_EMPTY_ELEMENTS, true);
        String separators = edi.separators();
        if (separators != null) {
            factory.setProperty(Delimiters.COMPONENT_ELEMENT, separators.charAt(0));
            factory.setProperty(Delimiters.DATA_ELEMENT, separators.charAt(1));
            if (edifact) {
                factory.setProperty(Delimiters.DECIMAL, separators.charAt(2));
                factory.setProperty(Delimiters.RELEASE, separators.charAt(3));
            }
            factory.setProperty(Delimiters.SEGMENT, separators.charAt(4));
            if (edifact && repeats) {
                factory.setProperty(Delimiters.REPETITION, free(separators));
            }
        }
        try {
            EDIStreamWriter made = factory.createEDIStreamWriter(out, charset.name());
            made.startInterchange();
            writer = made;
        } catch (EDIStreamException e) {
            throw FormatException.ends("cannot be written: " + e.getMessage(), null);
        }
    }

    private static char free(String separators) {
        return (char) "*^!~"
                .chars()
                .filter(sign -> separators.indexOf(sign) < 0)
                .findFirst()
                .orElse('%');
    }

    void interchange(EdiHeader head, ObjectNode named) throws IOException {
        header(head, named);
    }

    void beginMessage() {
        inMessage = 0;
    }

    /** Segments of the message so far. */
    int inMessage() {
        return inMessage;
    }

    void header(EdiHeader head, ObjectNode named) throws IOException {
        List<List<String>> elements = head.elements(named);
        inMessage++;
        with(to -> {
            to.writeStartSegment(head.name());
            for (List<String> element : elements) {
                if (head == EdiHeader.ISA) {
                    to.writeElement(element.get(0));
                } else if (element.stream().allMatch(String::isEmpty)) {
                    to.writeEmptyElement();
                } else {
                    components(to, element);
                }
            }
            to.writeEndSegment();
        });
    }

    private static void components(EDIStreamWriter to, List<String> parts) throws EDIStreamException {
        int last = parts.size() - 1;
        while (last > 0 && parts.get(last).isEmpty()) {
            last--;
        }
        if (last == 0) {
            to.writeElement(parts.get(0));
            return;
        }
        to.writeStartElement();
        for (String part : parts.subList(0, last + 1)) {
            to.startComponent();
            to.writeElementData(part);
            to.endComponent();
        }
        to.endElement();
    }

    void plain(String tag, List<String> elements) throws IOException {
        with(to -> {
            to.writeStartSegment(tag);
            for (String element : elements) {
                to.writeElement(element);
            }
            to.writeEndSegment();
        });
    }

    void segment(JsonNode segment) throws IOException {
        inMessage++;
        with(to -> {
            to.writeStartSegment(segment.path("tag").asText());
            for (JsonNode element : segment.path("elements")) {
                JsonNode repeated = element.path("repeat");
                if (repeated.isArray()) {
                    for (int i = 0; i < repeated.size(); i++) {
                        element(to, repeated.get(i), i > 0);
                    }
                } else {
                    element(to, element, false);
                }
            }
            to.writeEndSegment();
        });
        for (JsonNode inner : segment.path("segments")) {
            segment(inner);
        }
    }

    private static void element(EDIStreamWriter to, JsonNode element, boolean again) throws EDIStreamException {
        if (again) {
            to.writeRepeatElement();
        } else {
            to.writeStartElement();
        }
        if (element.isArray()) {
            for (JsonNode part : element) {
                to.startComponent();
                to.writeElementData(Values.text(part));
                to.endComponent();
            }
        } else {
            to.writeElementData(Values.text(element));
        }
        to.endElement();
    }

    void close() throws IOException {
        with(to -> {
            to.endInterchange();
            to.flush();
        });
    }

    /** Whether a segment can be written. @throws FormatException if not */
    void check(JsonNode segment) throws FormatException {
        check(segment, 0);
    }

    private void check(JsonNode segment, int depth) throws FormatException {
        String tag = segment.path("tag").asText();
        if (!tag.matches("[A-Z][A-Z0-9]{1,2}") || depth > DEEPEST) {
            throw FormatException.refused("has a segment whose 'tag' is none, like BGM or N1");
        }
        for (JsonNode element : segment.path("elements")) {
            JsonNode repeated = element.path("repeat");
            if (repeated.isArray() && !repeats) {
                throw FormatException.refused("has a segment " + tag + " with an element that repeats, for which "
                        + (edifact
                                ? "syntax version 4 of EDIFACT has a sign and those before have none (edi.syntaxVersion)"
                                : "X12 has a sign from version 00402 on (edi.version)"));
            }
            for (JsonNode one : repeated.isArray() ? repeated : List.of(element)) {
                for (JsonNode part : one.isArray() ? one : List.of(one)) {
                    if (part.isContainerNode()) {
                        throw FormatException.refused("has a segment " + tag
                                + " with an element that is neither a text, nor a list of texts, nor { repeat: […] }");
                    }
                    checkText(Values.text(part));
                }
            }
        }
        for (JsonNode inner : segment.path("segments")) {
            check(inner, depth + 1);
        }
    }

    /** Whether the interchange carries a text: X12 has no way to write a separator in one. */
    void checkText(String text) throws FormatException {
        if (!encoder.canEncode(text)) {
            throw FormatException.refused(
                    "holds a character that " + charset + " has not (" + (edifact ? "edi.syntax" : "charset") + ")");
        }
        String separators = edi.separators() == null ? ":*.^~" : edi.separators();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean separator = !edifact && separators.indexOf(c) >= 0 && c != '.';
            if (c < ' ' || separator) {
                throw FormatException.refused(
                        separator
                                ? "holds the separator '" + c + "', which X12 cannot carry in a text (edi.separators)"
                                : "holds a control character, which no interchange carries");
            }
        }
    }
}
