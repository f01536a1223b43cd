package io.patchbay.connector;

import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An endpoint of an instance, ready to be called by any number of threads. */
public interface Operation {

    /** The endpoint. */
    Endpoint endpoint();

    /** Whether it may go on being used; if not, it is to be looked up again. */
    boolean fresh();

    /** Checks and completes what is passed to it. */
    Inputs inputs();

    /** Where the placeholders of its file read for one request. */
    default CallScope scope(Request request) {
        return new CallScope(
                io.patchbay.payload.Json.NODES.objectNode(), request.with(), request.payload(), request.queuedAt());
    }

    /** Keeps the limits of the instance: whoever calls holds a permit of it. */
    Governor governor();

    /**
     * Which records of a request do not fit what the connector says it takes, each with a sentence; nothing is asked for it.
     *
     * @return by index; empty when all fit
     */
    default Map<Integer, String> misfits(Request request) throws StepException {
        return Map.of();
    }

    /**
     * Makes one try. Blocks until the answer is here.
     *
     * @return the answer; with the lineage and metadata of what was sent
     */
    Payload call(Request request) throws StepException;

    /**
     * Opens what yields any number of payloads; nothing is asked before the first one is taken, but for a prefetch.
     *
     * @param begin where it begins
     */
    default Pull pull(Request request, Begin begin) throws StepException {
        throw noList(endpoint());
    }

    /**
     * Reads a record that went aside out of a {@link #pull} and is worked on again: nothing is asked for it.
     *
     * @param shape in which it went aside
     * @return its records; null for a payload that did not
     */
    default @Nullable Payload alone(Payload payload, String shape) throws StepException {
        return null;
    }

    /**
     * Makes one try to get the first payload of a {@link #pull}, for a person; takes its own permit and waits for none.
     *
     * @return null when there is none
     * @throws StepException when it failed, also because the limit of the instance is used up
     */
    default @Nullable Payload first(Request request) throws StepException {
        throw noList(endpoint());
    }

    private static StepException noList(Endpoint endpoint) {
        return new StepException(Owner.INTERNAL, "BAD_ENDPOINT", "'" + endpoint.id() + "' gives no list");
    }
}
