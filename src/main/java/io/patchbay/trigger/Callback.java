package io.patchbay.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Runs the flow while the caller of {@code /callbacks/PATH} waits; the flow's callback shape gives the answer.
 *
 * @param path behind {@code /callbacks/}; a {@code {name}} in it becomes metadata {@code path.name}
 * @param method the one method that is answered
 * @param auth who may call; or
 * @param verify how a request is signed
 * @param timeout longest wait for the answer
 * @param onTimeout what the caller gets then
 * @param maxBody largest body in bytes
 * @param headers request headers kept as metadata {@code header.NAME}
 * @param query query parameters kept as metadata {@code query.NAME}
 */
@Doc("Runs the flow while the caller of /callbacks/PATH waits; the flow's callback shape gives the answer.")
public record Callback(
        @Doc("Behind /callbacks/; a {name} in it becomes metadata 'path.name'.")
        HookPath path,

        @Doc("The one method that is answered.") @Default("GET")
        Method method,

        @Doc("Who may call; 'none' for everybody.") @Nullable
        Access auth,

        @Doc("How a request is signed.") @Nullable Access verify,
        @Doc("Longest wait for the answer.") @Default("10s") Duration timeout,

        @Doc("What the caller gets when time is over.") @Default("{}")
        OnTimeout onTimeout,

        @Doc("Largest body; a larger one is answered 413.") @Default("1MB")
        DataSize maxBody,

        @Doc("Request headers kept as metadata 'header.NAME'.") @Default("[]")
        List<HeaderName> headers,

        @Doc("Query parameters kept as metadata 'query.NAME'.") @Default("[]")
        List<String> query)
        implements Trigger {

    /** The methods a callback can have, written as in HTTP. */
    @ReadBy(MethodReader.class)
    public enum Method {
        /** Without a body, query parameters become a JSON object. */
        GET,
        /** With a body. */
        POST
    }

    /**
     * The answer when time is over.
     *
     * @param status the status
     * @param body text as it is, anything else as JSON; a problem document when null
     */
    public record OnTimeout(
            @Doc("From 200 to 599.") @Default("504") @Range(min = 200, max = 599)
            int status,

            @Doc("Text as it is, anything else as JSON; a problem document when not given.") @Nullable
            JsonNode body) {}

    /** Reads {@code POST}. */
    static final class MethodReader implements ValueReader<Method> {

        @Override
        public @Nullable Method read(Node node, Reading reading) {
            String text = reading.text(node, "method");
            for (Method method : Method.values()) {
                if (method.name().equals(text)) {
                    return method;
                }
            }
            if (text != null) {
                reading.error(node, "BAD_VALUE", "'" + text + "' is not one of GET, POST", null);
            }
            return null;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            schema.putArray("enum").add("GET").add("POST");
            return schema;
        }
    }

    public Callback {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        Kept.check(headers, query, Kept.access("callback", auth, verify));
        if (timeout.toMillis() < 10 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("'timeout' must be from 10ms to 5m");
        }
        if (maxBody.isNegative() || maxBody.toBytes() > DataSize.ofMegabytes(16).toBytes()) {
            throw new IllegalArgumentException("'maxBody' of a callback must be from 0B to 16MB: it is held in memory");
        }
    }

    /** Who may call. */
    public Access access() {
        return Kept.access("callback", auth, verify);
    }

    @Override
    public String kind() {
        return "callback";
    }

    @Override
    public Optional<String> key() {
        return Optional.of("callback " + method + " " + path.shape());
    }
}
