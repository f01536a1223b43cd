package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Deletes;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Bodies of plain Camel routes, which know nothing of payloads: text, bytes, JSON. */
final class Bodies {

    private Bodies() {}

    /** What an exchange carries, as a payload. */
    static Payload payload(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Payload payload) {
            return payload;
        }
        Lineage lineage = Lineage.ofRun(exchange.getExchangeId());
        if (body == null) {
            return Payload.empty(lineage);
        }
        if (body instanceof JsonNode tree) {
            return Payload.of(lineage, tree);
        }
        if (body instanceof Map || body instanceof List) {
            return Payload.of(lineage, Json.MAPPER.valueToTree(body));
        }
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        return bytes == null || bytes.length == 0
                ? Payload.empty(lineage)
                : new Payload(lineage, new Body.Bytes(bytes, type(bytes)), RecordPath.ROOT, Map.of());
    }

    private static String type(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '{' || b == '[') {
                return "application/json";
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                break;
            }
        }
        return "text/plain;charset=utf-8";
    }

    /** A payload as a plain route takes it: text, bytes or a stream; null for nothing. */
    static @Nullable Object plain(Payload payload) {
        Body body = payload.body();
        if (body instanceof Body.Empty) {
            return null;
        }
        if (body instanceof Body.Stored) {
            try {
                return payload.stream();
            } catch (IOException e) {
                throw new UncheckedIOException("the answer's file cannot be read", e);
            }
        }
        boolean text = body instanceof Body.Tree || body.contentType().startsWith("text/");
        return text ? new String(payload.bytes(), StandardCharsets.UTF_8) : payload.bytes();
    }

    /** The payloads of a pull one after the other; a failure that stays is thrown. */
    static Iterator<Object> plain(Pull pull) {
        return new Pages(pull);
    }

    private static final class Pages implements Iterator<Object>, AutoCloseable {
        private final Pull pull;
        private Pull.@Nullable Element next;

        Pages(Pull pull) {
            this.pull = pull;
        }

        @Override
        public boolean hasNext() {
            Pull.Element element = next;
            while (element == null || (element instanceof Pull.Page page && Deletes.tells(page.payload()))) {
                element = pull.next(); // a body alone cannot say that it tells deletes
                next = element;
            }
            if (element instanceof Pull.Failed failed) {
                throw new org.apache.camel.RuntimeCamelException(failed.why());
            }
            return element instanceof Pull.Page;
        }

        @Override
        public Object next() {
            if (!hasNext() || !(next instanceof Pull.Page page)) {
                throw new NoSuchElementException();
            }
            next = null;
            Object content = plain(page.payload());
            return content == null ? "" : content;
        }

        @Override
        public void close() {
            pull.close();
        }
    }
}
