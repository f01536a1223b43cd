package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.DeletesConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.definition.PartitionConfig;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One call of an endpoint that yields any number of payloads: where it begins, and what is told behind the list. In a plain route
 * there is no flow whose runs cursors and keys could belong to: it begins anew each time, and tells no deletes.
 */
final class ListCall {

    private final ConnectorEndpoint endpoint;
    private final Operation operation;
    private final Use use;
    private final Exchange exchange;
    private final @Nullable Attempt attempt;
    private final Request request;

    ListCall(
            ConnectorEndpoint endpoint,
            Operation operation,
            Use use,
            Exchange exchange,
            @Nullable Attempt attempt,
            Request request) {
        this.endpoint = endpoint;
        this.operation = operation;
        this.use = use;
        this.exchange = exchange;
        this.attempt = attempt;
        this.request = request;
    }

    Pull pull() throws StepException {
        Deletes deletes = operation.endpoint().deletes();
        if (attempt == null) {
            return list(endpoint, operation, request, new Begin("pull", null, 0, null, "", use.growing()));
        }
        Begin begin = begin(attempt);
        if (deletes == null) {
            return list(endpoint, operation, request, begin);
        }
        // What is asked because of a deleted record is there none the less.
        Payload asks = Deletes.plain(request.payload());
        Request plain = request.about(asks);
        if (deletes.by(DeletesConfig.Type.TOMBSTONE_FIELD)) {
            return list(endpoint, operation, plain, begin);
        }
        if (deletes.by(DeletesConfig.Type.MISSING_IN_FULL)) {
            return missing(attempt, deletes, plain, begin);
        }
        // Read now: when the list has ended, the exchange knows of no attempt any more.
        ObjectNode given = given(Instant.EPOCH);
        return new DeletesPull(
                from -> list(endpoint, operation, plain, begin.at(from)),
                (from, ordinal) -> deleted(attempt, deletes, given, plain, begin.shape(), from, ordinal),
                begin);
    }

    /** A list, or one for each record of another list. */
    static Pull list(ConnectorEndpoint endpoint, Operation operation, Request asked, Begin begin) throws StepException {
        PartitionConfig partition = operation.endpoint().config().partition();
        return partition == null || asked.with().has(partition.input())
                ? operation.pull(asked, begin)
                : new PartitionPull(operation, endpoint.beside(partition.parent()), partition, asked, begin);
    }

    private Begin begin(Attempt run) throws StepException {
        CursorKind kind = use.growing().off() ? null : operation.endpoint().cursor();
        String inputs = kind == null ? "" : inputs(operation, null);
        String cursor = kind == null
                ? null
                : run.cursor(endpoint.instance(), operation.endpoint().id(), inputs, kind);
        return new Begin(run.shape(), run.resumeFrom(), run.resumeOrdinal(), cursor, inputs, use.growing())
                .skipping(use.skips())
                .trying(exchange.getProperty(Begin.TRIES, 0, Integer.class));
    }

    /**
     * What an endpoint is given, as one text: a time like -30d is the same input in each run, whenever that is.
     *
     * @param passed values for it; null for those of the call itself
     */
    private String inputs(Operation asked, @Nullable Map<String, JsonNode> passed) throws StepException {
        if (passed != null) {
            return Inputs.text(
                    asked.inputs().complete(passed, asked.inputs().dated() ? Instant.EPOCH : request.queuedAt()));
        }
        return Inputs.text(asked.inputs().dated() ? given(Instant.EPOCH) : request.with());
    }

    private ObjectNode given(Instant queued) throws StepException {
        return ConnectorProducer.with(endpoint, operation, use, exchange, request.payload(), null, queued, Map.of());
    }

    private Pull missing(Attempt run, Deletes deletes, Request asked, Begin begin) throws StepException {
        boolean ignores = operation.endpoint().errors().rules().stream()
                .anyMatch(rule -> rule.verdict().action() == Action.IGNORE);
        if (ignores) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_WHOLE",
                    "instance '" + endpoint.instance()
                            + "' has a rule that ignores answers, and a list ends where one is"
                            + " ignored: what is missing in '"
                            + operation.endpoint().id()
                            + "' then was not deleted. Take the rule out of the instance, or 'deletes' out of the connector");
        }
        List<String> fields = List.copyOf(deletes.key().keySet());
        KnownKeys keys = run.keys(endpoint.instance(), operation.endpoint().id(), inputs(operation, null), fields);
        // A record that went aside would be missing, and be told as deleted.
        Begin noting = begin.telling(keys::found).skipping(false);
        MissingKeys.Of of =
                new MissingKeys.Of(endpoint.instance(), operation.endpoint().id(), deletes, asked.payload());
        return new DeletesPull(
                from -> list(endpoint, operation, asked, noting.at(from)),
                (from, ordinal) -> new MissingKeys(of, keys, begin.shape(), from, ordinal),
                begin);
    }

    /** @param given the inputs of the list, as {@link #inputs} tells lists apart by them */
    private Pull deleted(
            Attempt run,
            Deletes deletes,
            ObjectNode given,
            Request asked,
            String shape,
            @Nullable JsonNode from,
            long ordinal)
            throws StepException {
        Operation other =
                endpoint.beside(Objects.requireNonNull(deletes.config().endpoint()));
        String id = other.endpoint().id();
        boolean whole = use.growing().off();
        CursorKind kind = whole ? null : other.endpoint().cursor();
        String inputs = kind == null ? "" : inputs(other, shared(other, given));
        String cursor = kind == null ? null : run.cursor(endpoint.instance(), id, inputs, kind);
        Request question = new Request(
                asked.payload(),
                other.inputs().complete(shared(other, asked.with()), asked.queuedAt()),
                asked.queuedAt(),
                asked.key() + "/" + id,
                asked.trace());
        return other.pull(
                question, new Begin(shape, from, ordinal, cursor, inputs, whole ? Growing.OFF : Growing.AS_DECLARED));
    }

    /** Inputs that the other endpoint has, too. */
    private static Map<String, JsonNode> shared(Operation other, ObjectNode values) {
        Map<String, JsonNode> shared = new LinkedHashMap<>();
        for (String name : other.endpoint().config().inputs().keySet()) {
            JsonNode value = values.get(name);
            if (value != null) {
                shared.put(name, value);
            }
        }
        return shared;
    }
}
