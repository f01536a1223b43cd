package io.patchbay.connector;

import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of systems: of all of them in a test of a flow, of those that would be changed in a dry run. It stands
 * right before the wire, so that what a connector asks and makes of an answer is the same as with the system itself.
 */
public interface StandIn {

    /** Nobody stands in: every request goes to its system. */
    StandIn NONE = asked -> null;

    /**
     * Answers a request that is about to go over the wire.
     *
     * @return the answer; null lets the request go to its system
     * @throws IOException how the wire breaks
     * @throws StepException how the call fails
     */
    @Nullable
    Answer answer(Asked asked) throws IOException, StepException;

    /** Whether it wants to see the requests of a call; those of others go to their system. */
    default boolean asks(Call call) {
        return true;
    }

    /** Most bytes of a request's body that it wants to see. */
    default long mostBody() {
        return Long.MAX_VALUE;
    }

    /** Whether no system is reached at all: what speaks no HTTP is not connected to. */
    default boolean reachesNothing() {
        return false;
    }

    /** Makes calls in the place of an endpoint, or lets it. */
    default Operation operation(String instance, Operation operation) {
        return operation;
    }

    /** Makes the calls of an endpoint that speaks no HTTP, when no system is reached. */
    default Payloads payloads() {
        return (call, request) -> {
            throw new IllegalStateException("nobody answers " + call.endpoint());
        };
    }

    /** Gives what an endpoint yields, without a system. */
    interface Payloads {
        /** The next answer. @throws StepException how the call fails */
        Yielded next(Call call, Request request) throws StepException;
    }

    /**
     * What an endpoint yields without a system.
     *
     * @param body content; null for none
     * @param contentType media type
     * @param last whether nothing comes behind it in a list
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Yielded(byte @Nullable [] body, String contentType, boolean last) {}

    /**
     * Who asks.
     *
     * @param run id of the run; empty for none
     * @param shape id of the shape; empty for none
     * @param instance name of the instance
     * @param endpoint id of the endpoint; empty for a login or token
     * @param acts whether the endpoint changes something
     */
    record Call(String run, String shape, String instance, String endpoint, boolean acts) {}

    /**
     * A request.
     *
     * @param call who asks
     * @param method HTTP method
     * @param target the whole address
     * @param headers by name; several of a name are one with commas
     * @param body as it would go over the wire; its beginning where it is longer than {@link #mostBody}
     * @param size how many bytes the body has
     * @param proofs what nobody may see of it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Asked(
            Call call,
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            long size,
            Proofs proofs) {}

    /**
     * Where a request proves who makes it.
     *
     * @param headers names of headers
     * @param query names of query parameters
     * @param values what stands elsewhere, in path or body
     */
    record Proofs(Set<String> headers, Set<String> query, Set<String> values) {

        /** Nowhere. */
        public static final Proofs NONE = new Proofs(Set.of(), Set.of(), Set.of());

        public Proofs {
            headers = Set.copyOf(headers);
            query = Set.copyOf(query);
            values = Set.copyOf(values);
        }
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Answer(int status, Map<String, String> headers, byte[] body) {}
}
