package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Join;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the records of a payload, one after the other. */
final class Joined {

    private final Join join;
    private final Payload input;
    private final List<JsonNode> records;
    private final Attempt attempt;
    private final List<JsonNode> on = new ArrayList<>();
    private final Numbering numbers;
    private int skipped;
    private int unanswered;
    private @Nullable StepException first;

    Joined(Join join, Payload input, List<JsonNode> records, Attempt attempt) {
        this.join = join;
        this.input = input;
        this.records = records;
        this.attempt = attempt;
        this.numbers = Numbering.of(input);
    }

    /** A record for which this was found. */
    void found(int index, List<JsonNode> found) throws StepException {
        if (found.isEmpty() && join.onNone() != Join.None.KEEP) {
            if (join.onNone() == Join.None.FAIL) {
                fail(
                        index,
                        new StepException(Owner.REMOTE, "NO_MATCH", "nothing was found for the record (onNone: fail)"));
            }
            return;
        }
        if (found.size() > 1 && join.onMany() == Join.Many.FAIL) {
            fail(
                    index,
                    new StepException(
                            Owner.REMOTE,
                            "SEVERAL_MATCHES",
                            "several were found for the record (onMany: fail); onMany: first takes the first, onMany: all"
                                    + " the list of them"));
            return;
        }
        put(index, found);
    }

    private void put(int index, List<JsonNode> found) throws StepException {
        JsonNode value = join.onMany() == Join.Many.ALL
                ? Json.NODES.arrayNode(found.size()).addAll(found)
                : found.isEmpty() ? NullNode.getInstance() : found.get(0);
        JsonNode with;
        try {
            with = put(records.get(index), 0, value);
        } catch (StepException e) {
            fail(index, e);
            return;
        }
        on.add(with);
        numbers.took(index);
    }

    /** The record with the value at the target; the parts beside it are shared. */
    private JsonNode put(JsonNode at, int depth, JsonNode value) throws StepException {
        List<TargetPath.Step> steps = join.into().steps();
        if (depth == steps.size()) {
            return value;
        }
        if (!at.isObject() && !at.isMissingNode() && !at.isNull()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_AN_OBJECT",
                    "'" + join.into() + "' (into) leads through what is no object in this record");
        }
        String name = ((TargetPath.Member) steps.get(depth)).name();
        ObjectNode copy = Json.NODES.objectNode();
        if (at instanceof ObjectNode object) {
            copy.setAll(object);
        }
        copy.set(name, put(at.path(name), depth + 1, value));
        return copy;
    }

    /** A record whose request stayed failed, or whose answer says that it is to be left out. */
    void unanswered(int index, StepException why) throws StepException {
        if (why.isSkipped()) {
            skipped++;
            first = first == null ? why : first;
        } else if (join.onFailure() == Join.Failure.KEEP) {
            unanswered++;
            first = first == null ? why : first;
            put(index, List.of());
        } else {
            fail(index, why);
        }
    }

    /** A record fails: in a list by itself, else with its payload. */
    void fail(int index, StepException why) throws StepException {
        if (!input.recordPath().each()) {
            throw why;
        }
        attempt.failRecord(input, index, records.get(index), numbered(why, index));
    }

    /** People count from 1. */
    private static StepException numbered(StepException why, int index) {
        return new StepException(why.owner(), why.code(), "record " + (index + 1) + ": " + why.getMessage(), why);
    }

    /** What goes on; null when nothing is left. */
    @Nullable
    Payload payload() throws StepException {
        String sentence = first == null ? "" : String.valueOf(first.getMessage());
        if (skipped > 0) {
            attempt.log(LogLevel.INFO, skipped + " records were left out: " + sentence);
        }
        if (unanswered > 0) {
            attempt.log(
                    LogLevel.WARN,
                    unanswered + " records go on without an answer (onFailure: keep); the first: " + sentence);
        }
        if (records.isEmpty()) {
            return input;
        }
        return on.isEmpty() ? null : numbers.in(input.withRecords(on));
    }
}
