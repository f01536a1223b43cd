package io.patchbay.connector.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundOperation;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.QueueCall;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.Request;
import io.patchbay.connector.broker.Broker.Destination;
import io.patchbay.connector.broker.Broker.Message;
import io.patchbay.connector.definition.QueueConfig;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends payloads as messages, or checks the broker. */
final class QueueOperation extends BoundOperation {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_HEADER = 8_192;

    private final QueueCall call;
    private final BrokerConnection connection;

    QueueOperation(Endpoint endpoint, QueueCall call, BrokerConnection connection) {
        super(endpoint, connection);
        this.call = call;
        this.connection = connection;
    }

    @Override
    public Payload call(Request request) throws StepException {
        CallScope scope = scope(request);
        Destination destination = destination(scope);
        if (call.config().op() == QueueConfig.Op.CHECK) {
            return done(request, "CHECK", destination == null ? "" : destination.name(), 0, () -> {
                connection.broker().check(destination);
                return Json.NODES.objectNode().put("connected", true);
            });
        }
        Message message = message(request, scope, Objects.requireNonNull(destination));
        String what = call.config().op().name();
        return done(
                request,
                what,
                destination.name(),
                message.body().length,
                () -> connection
                        .broker()
                        .send(message)
                        .put("destination", destination.name())
                        .put("id", message.id()));
    }

    private @Nullable Destination destination(CallScope scope) throws StepException {
        Template template = call.destination();
        String name = template == null ? null : text(template, scope);
        if (name == null || (name.isEmpty() && call.config().op() == QueueConfig.Op.CHECK)) {
            return null;
        }
        boolean control = name.chars().anyMatch(Character::isISOControl);
        // Behind a '?' or '::' clients and brokers read options of a destination.
        if (name.isEmpty() || name.length() > LONGEST_NAME || control || name.contains("?") || name.contains("::")) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_DESTINATION",
                    "the name of a destination has 1 to " + LONGEST_NAME + " characters, without '?' and '::'");
        }
        return new Destination(name, call.config().type() == QueueConfig.Type.TOPIC);
    }

    private Message message(Request request, CallScope scope, Destination destination) throws StepException {
        Payload payload = request.payload();
        long size = payload.body() instanceof Body.Stored stored ? stored.size() : -1;
        byte[] body = size > connection.access().largest() ? new byte[0] : payload.bytes();
        if (Math.max(size, body.length) > connection.access().largest()) {
            throw new StepException(
                    Owner.LIMIT,
                    "MESSAGE_TOO_LARGE",
                    "the message has more than " + connection.access().largest() + " bytes (requester.maxResponse)");
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        for (Parameter header : call.headers()) {
            Object value = header(header, scope);
            if (value != null) {
                headers.put(header.name(), value);
            }
        }
        String key = key(scope);
        return new Message(
                destination,
                key == null || key.isEmpty() ? null : key,
                headers,
                body,
                payload.body().contentType(),
                id(request, destination, body));
    }

    /** The same for every try, so that a broker or reader can drop a repeated message; another one for other content. */
    private String id(Request request, Destination destination, byte[] body) {
        String about = String.join(
                "\u0000", connection.instance().name(), endpoint().id(), destination.name(), request.key(), "");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(about.getBytes(StandardCharsets.UTF_8));
            return UUID.nameUUIDFromBytes(digest.digest(body)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private @Nullable String key(CallScope scope) throws StepException {
        try {
            return call.key() == null ? null : call.key().text(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static @Nullable Object header(Parameter header, CallScope scope) throws StepException {
        JsonNode value;
        try {
            value = header.value().find(scope);
            if (Values.absent(value)) {
                return header.optional() ? null : header.value().text(scope);
            }
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isFloatingPointNumber()) {
            return value.doubleValue();
        }
        String text = value.isTextual() ? value.textValue() : null;
        if (text == null || text.length() > LONGEST_HEADER) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_HEADER",
                    "header '" + header.name() + "' must be text of at most " + LONGEST_HEADER
                            + " characters, a number, true or false");
        }
        return text;
    }

    /** Does something and records it. */
    private Payload done(Request request, String what, String path, long sent, Action<ObjectNode> work)
            throws StepException {
        Deed deed = new Deed(what, connection.access().address().shown() + "/" + path).sent(sent);
        ObjectNode answer = recorded(request, deed, work);
        return request.payload().withBody(new Body.Tree(answer), RecordPath.ROOT);
    }
}
