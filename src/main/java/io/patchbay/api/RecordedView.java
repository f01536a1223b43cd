package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Literals;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.payload.WireLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a fixture of a call needs to know of it. */
@Doc("What went over the wire in a call, for a fixture; secrets are replaced")
record RecordedView(
        @Doc("The time that the call was made with") Instant now,

        @Doc("Which way to prove who calls the instance has")
        String auth,

        @Doc("Settings of the instance that are no secrets") Map<String, JsonNode> settings,

        @Doc("Whether a list was read to its end") boolean ended,

        @Doc("Requests and answers, in order; calls for tokens and sessions are not among them")
        List<ExchangeView> exchanges) {

    /** A request with its answer. */
    @Doc("A request with its answer")
    record ExchangeView(
            RequestView request,

            @Doc("Media type of what was sent, empty for nothing")
            String contentType,

            @Doc("What was sent") BodyView sent,
            @Doc("What was answered, after decompression") BodyView received,

            @Doc("Whether the end of one of them is missing")
            boolean cut) {}

    /** Content of a request or answer. */
    @Doc("Content of a request or answer; secrets are replaced")
    record BodyView(
            @Doc("It, when it is text") @Nullable String text,
            @Doc("It, when it is not text") @Nullable String base64) {

        private static BodyView of(byte[] bytes, boolean cut) {
            Content content = Content.of(bytes, cut);
            return new BodyView(content.text(), content.base64());
        }
    }

    /** @param redacted takes secrets out of text */
    static RecordedView of(InstanceCalls.Recorded call, Instance instance, UnaryOperator<String> redacted) {
        return new RecordedView(
                call.now(),
                instance.auth().id(),
                settings(instance, redacted),
                call.ended(),
                call.exchanges().stream().map(RecordedView::view).toList());
    }

    private static ExchangeView view(WireLog wire) {
        return new ExchangeView(
                RequestView.of(wire.log()),
                wire.sent().content().contentType(),
                BodyView.of(wire.sent().content().bytes(), wire.cut()),
                BodyView.of(wire.received().content().bytes(), wire.cut()),
                wire.cut());
    }

    /** What is written out; what comes from elsewhere may be what nobody shall see. */
    private static Map<String, JsonNode> settings(Instance instance, UnaryOperator<String> redacted) {
        List<String> secrets = instance.connector().config().settings().secrets();
        Map<String, JsonNode> settings = new TreeMap<>();
        instance.config().settings().forEach((name, node) -> {
            JsonNode value = Literals.json(node);
            String text = value.toString();
            if (!secrets.contains(name)
                    && !text.contains("${")
                    && redacted.apply(text).equals(text)) {
                settings.put(name, value);
            }
        });
        return settings;
    }
}
