package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Place;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.PartitionConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list that is read once for each record of another one. Where it stands is the place of the other list's page, the value
 * of its record, and the place in the list of that value; a record that is not there any more when a broken pull goes on
 * makes it read that page from its beginning again.
 */
final class PartitionPull implements Pull {

    private static final String PARENT = "parent";
    private static final String VALUE = "value";
    private static final String CHILD = "child";
    private static final String DONE = "done";

    private final Operation operation;
    private final PartitionConfig partition;
    private final Place key;
    private final Request request;
    private final Begin begin;
    private final Pull parent;
    private @Nullable JsonNode resume;
    private @Nullable JsonNode page;
    private @Nullable JsonNode behindPage;
    private List<JsonNode> records = List.of();
    private int at = -1;
    private @Nullable Pull child;
    private @Nullable JsonNode value;
    private long ordinal;
    private @Nullable Element last;

    /** A pull. @throws StepException when the other list cannot be asked for */
    PartitionPull(Operation operation, Operation parent, PartitionConfig partition, Request request, Begin begin)
            throws StepException {
        this.operation = operation;
        this.partition = partition;
        this.key = Place.parse("$." + partition.key());
        this.request = request;
        this.begin = begin;
        this.ordinal = begin.ordinal();
        this.resume = begin.resumeFrom();
        JsonNode from = resume == null ? null : resume.get(PARENT);
        this.behindPage = from == null || from.isNull() ? null : from;
        Request all = new Request(
                request.payload(),
                parent.inputs().complete(Map.of(), request.queuedAt()),
                request.queuedAt(),
                request.key(),
                request.trace());
        this.parent = parent.pull(all, new Begin(begin.shape(), behindPage, 0, null, ""));
    }

    @Override
    public Element next() {
        Element ended = last;
        if (ended != null) {
            return ended;
        }
        try {
            Element element = element();
            if (!(element instanceof Page || element instanceof Aside)) {
                last = element;
                close();
            }
            return element;
        } catch (StepException e) {
            last = new Failed(e);
            close();
            return last;
        }
    }

    private Element element() throws StepException {
        while (true) {
            Pull open = child;
            if (open != null) {
                Element element = open.next();
                if (element instanceof Page one) {
                    ordinal++;
                    return new Page(one.payload(), place(one.next()));
                }
                if (!(element instanceof End)) {
                    return element;
                }
                open.close();
                child = null;
            }
            at++;
            while (at >= records.size()) {
                Element element = parent.next();
                if (!(element instanceof Page one)) {
                    return element instanceof End ? new End() : element;
                }
                page = behindPage;
                behindPage = one.next();
                records =
                        Deletes.tells(one.payload()) ? List.of() : one.payload().records();
                at = 0;
            }
            child = opened();
        }
    }

    private ObjectNode place(@Nullable JsonNode within) {
        ObjectNode place = Json.NODES.objectNode();
        place.set(PARENT, page == null ? Json.NODES.nullNode() : page);
        place.set(VALUE, Objects.requireNonNull(value));
        boolean done = within == null || within.path("end").asBoolean(false);
        return done ? place.put(DONE, true) : place.set(CHILD, within);
    }

    /** The list of the record; null when it was read before the pull broke. */
    private @Nullable Pull opened() throws StepException {
        JsonNode from = null;
        JsonNode broken = resume;
        resume = null;
        if (broken != null && !broken.isEmpty()) {
            int found = find(broken.path(VALUE));
            if (found < 0) {
                request.trace()
                        .warn("the record of '" + partition.parent()
                                + "' at which the pull broke is not there any more: its"
                                + " page is read from the beginning, and records may come twice");
            } else {
                at = found;
                if (broken.path(DONE).asBoolean(false)) {
                    return null;
                }
                from = broken.get(CHILD);
            }
        }
        JsonNode of = valueOf(records.get(at));
        value = of;
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        request.with().properties().forEach(one -> inputs.put(one.getKey(), one.getValue()));
        inputs.put(partition.input(), of);
        Request one = new Request(
                        request.payload(),
                        operation.inputs().complete(inputs, request.queuedAt()),
                        request.queuedAt(),
                        request.key() + "/" + Values.text(of),
                        request.trace())
                .judgedBy(request.judge());
        return operation.pull(
                one, new Begin(begin.shape(), from, ordinal, null, "", Growing.AS_DECLARED).telling(begin.found()));
    }

    private int find(JsonNode wanted) throws StepException {
        for (int i = 0; i < records.size(); i++) {
            if (valueOf(records.get(i)).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private JsonNode valueOf(JsonNode record) throws StepException {
        JsonNode found = key.find(record);
        if (!found.isValueNode() || Values.absent(found)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_KEY",
                    "a record of '" + partition.parent() + "' has no value at '" + partition.key()
                            + "' (partition.key), so the list '"
                            + operation.endpoint().id() + "' of it cannot be read");
        }
        return found;
    }

    @Override
    public void close() {
        Pull open = child;
        if (open != null) {
            open.close();
        }
        parent.close();
    }
}
