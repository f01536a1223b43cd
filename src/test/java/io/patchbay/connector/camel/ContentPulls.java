package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests of answers in the formats of files share: what a server sends, and what a pull makes of it. */
abstract class ContentPulls extends ListPulls {

    /** Answers with this content. */
    static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Every request gets this content. */
    void serves(String type, byte[] body) {
        lists.serve(exchange -> answer(exchange, type, body));
    }

    /** Every request gets this text, in which a tilde ends a line. */
    void serves(String type, String body) {
        serves(type, body.replace('~', '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** Declares the endpoint with these keys of {@code response.content}. */
    void content(String content) throws Exception {
        lists.list("response: {content: {" + content + "}}\n");
    }

    /** Pulls from the beginning and puts aside what cannot be read. */
    List<Pull.Element> skipping() throws Exception {
        return skipping(null);
    }

    /** The same from the place on at which another pull broke. */
    List<Pull.Element> skipping(@Nullable JsonNode from) throws Exception {
        FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), from, from == null ? 0 : 1);
        return lists.world().pull(Lists.URI, attempt, Asides.SKIPS);
    }

    static String textOf(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    /** Each element as text: a page and what went aside as they are, a failure with its message. */
    static List<String> told(List<Pull.Element> elements) {
        return elements.stream()
                .map(one -> one instanceof Pull.Page page
                        ? textOf(page.payload())
                        : one instanceof Pull.Aside aside
                                ? "aside " + textOf(aside.payload()).strip()
                                : one instanceof Pull.Failed failed
                                        ? failed.why().getMessage()
                                        : one.getClass().getSimpleName())
                .toList();
    }
}
