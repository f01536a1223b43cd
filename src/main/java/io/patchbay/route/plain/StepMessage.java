package io.patchbay.route.plain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * A payload as a Camel message, and the message that comes back as payload. Metadata travels in headers that begin with
 * {@value #META}, so that no name of it can be one of Camel's.
 */
final class StepMessage implements AutoCloseable {

    static final String META = "meta.";

    private static final String TEXT = "text/plain";
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Payload sent;
    private final @Nullable Object sentBody;
    private final String sentType;
    private final @Nullable InputStream opened;

    private StepMessage(Payload sent, @Nullable Object sentBody, String sentType, @Nullable InputStream opened) {
        this.sent = sent;
        this.sentBody = sentBody;
        this.sentType = sentType;
        this.opened = opened;
    }

    /** Puts a copy of a payload into an exchange. */
    static StepMessage fill(Exchange exchange, Payload payload) throws StepException {
        Message message = exchange.getMessage();
        payload.meta().forEach((name, value) -> message.setHeader(META + name, value));
        // An object of its own: that it is still there tells that the steps did not set another one.
        String type = String.valueOf(payload.body().contentType().toCharArray());
        InputStream opened = null;
        Object body;
        if (payload.body() instanceof Body.Empty) {
            body = null;
        } else if (payload.body() instanceof Body.Stored) {
            try {
                opened = payload.stream();
                body = opened;
            } catch (IOException e) {
                throw new StepException(Owner.INTERNAL, "PAYLOAD_UNREADABLE", "the payload's file cannot be read", e);
            }
        } else {
            byte[] bytes = payload.bytes().clone();
            body = isText(type) ? new String(bytes, StandardCharsets.UTF_8) : bytes;
        }
        if (body != null) {
            message.setHeader(Exchange.CONTENT_TYPE, type);
        }
        message.setBody(body);
        return new StepMessage(payload, body, type, opened);
    }

    /** What came back, as one payload; null where there is no body. */
    @Nullable
    Payload payload(Exchange exchange) throws StepException {
        Object body = exchange.getMessage().getBody();
        Map<String, String> meta = meta(exchange);
        if (body == null) {
            return null;
        }
        if (untouched(body, sentBody)) {
            return new Payload(sent.lineage(), sent.body(), sent.recordPath(), meta);
        }
        return of(body, exchange, SourceRecords.without(meta));
    }

    /** What came back, each item of a list (or of an iterator, as it yields them) as a payload. */
    Pull payloads(Exchange exchange, Attempt attempt) throws StepException {
        Object body = exchange.getMessage().getBody();
        Map<String, String> meta = SourceRecords.without(meta(exchange));
        Iterator<?> items = List.of().iterator();
        if (body instanceof Iterator<?> lazy) {
            items = lazy;
        } else if (body instanceof Collection<?> list) {
            items = list.iterator();
        } else if (body != null) {
            Payload whole = untouched(body, sentBody) ? sent.parsed() : of(body, exchange, meta);
            items = whole.body() instanceof Body.Tree json && json.tree().isArray()
                    ? json.tree().iterator()
                    : List.of(whole).iterator();
        }
        return new StepItems(items, item -> of(item, exchange, meta), sent.lineage(), attempt);
    }

    /** Whether the steps left the very object there that they got: one that is equal is theirs. */
    @SuppressWarnings("ReferenceEquality") // meant
    private static boolean untouched(Object now, @Nullable Object given) {
        return now == given;
    }

    private Payload of(@Nullable Object body, Exchange exchange, Map<String, String> meta) throws StepException {
        Object header = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE);
        boolean typed = header != null && !untouched(header, sentType);
        String type = header == null ? "" : header.toString();
        if (body instanceof Payload payload) {
            return new Payload(sent.lineage(), payload.body(), payload.recordPath(), meta);
        }
        if (body instanceof JsonNode node) {
            return tree(node, meta);
        }
        if (body instanceof Map || body instanceof Collection || body instanceof Number || body instanceof Boolean) {
            return tree(plain(body), meta);
        }
        byte[] bytes = bytes(body, exchange);
        boolean text = !(body instanceof byte[] || body instanceof InputStream);
        String actual = typed ? type : type.isEmpty() ? (text ? TEXT : "application/octet-stream") : type;
        if (Json.isType(actual)) {
            try {
                return tree(
                        new Payload(sent.lineage(), new Body.Bytes(bytes, actual), RecordPath.ROOT, meta).tree(), meta);
            } catch (StepException e) {
                if (typed) {
                    throw new StepException(
                            Owner.AUTHOR, "NOT_JSON", "the steps say that their result is JSON, and it is not", e);
                }
                actual = text ? TEXT : "application/octet-stream"; // the type is that of what went in
            }
        }
        return new Payload(sent.lineage(), new Body.Bytes(bytes, actual), RecordPath.ROOT, meta);
    }

    private Payload tree(JsonNode tree, Map<String, String> meta) {
        return new Payload(sent.lineage(), new Body.Tree(tree), RecordPath.of(tree), meta);
    }

    private static JsonNode plain(Object body) throws StepException {
        try {
            return Json.KEPT.readTree(Json.MAPPER.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_JSON", "the steps leave a list or map that cannot be written as JSON", e);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_JSON", "JSON that was just written cannot be read", e);
        }
    }

    private static byte[] bytes(@Nullable Object body, Exchange exchange) throws StepException {
        if (body == null) {
            return new byte[0];
        }
        if (body instanceof byte[] raw) {
            return raw;
        }
        if (body instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, body)) {
            if (in == null) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BODY_NOT_TEXT",
                        "the steps leave a body that is neither text, bytes, a list nor a map");
            }
            byte[] read = in.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw new StepException(
                        Owner.LIMIT, "PAYLOAD_TOO_LARGE", "the steps leave more than " + LARGEST + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw new StepException(Owner.REMOTE, "CAMEL_FAILED", "what the steps leave cannot be read", e, true, null);
        }
    }

    private static Map<String, String> meta(Exchange exchange) {
        Map<String, String> meta = new LinkedHashMap<>();
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (name.startsWith(META) && name.length() > META.length() && value != null) {
                meta.put(name.substring(META.length()), value.toString());
            }
        });
        return meta;
    }

    private static boolean isText(String type) {
        String plain = plainType(type);
        return Json.isType(type)
                || plain.startsWith("text/")
                || plain.endsWith("+xml")
                || List.of(
                                "application/xml",
                                "application/x-ndjson",
                                "application/yaml",
                                "application/x-www-form-urlencoded")
                        .contains(plain);
    }

    private static String plainType(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Closes what was opened for the steps. */
    @Override
    public void close() {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                return; // it was read; nothing depends on its closing
            }
        }
    }
}
