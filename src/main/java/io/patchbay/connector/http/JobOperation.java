package io.patchbay.connector.http;

import io.patchbay.connector.Begin;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;

/** A job of an instance: no request by itself, but several in the course of time. */
final class JobOperation implements Operation {

    private final Endpoint endpoint;
    private final HttpConnection connection;
    private final Inputs inputs;

    JobOperation(Endpoint endpoint, HttpConnection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.inputs = new Inputs(endpoint.id(), endpoint.config().inputs());
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean fresh() {
        return !connection.suspect();
    }

    @Override
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public CallScope scope(Request request) {
        return connection.scope(request);
    }

    @Override
    public Governor governor() {
        return connection.governor();
    }

    @Override
    public Payload call(Request request) throws StepException {
        throw noCall();
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        throw noCall();
    }

    @Override
    public Payload first(Request request) throws StepException {
        throw noCall();
    }

    private StepException noCall() {
        return new StepException(
                Owner.AUTHOR,
                "IS_A_JOB",
                "'" + endpoint.id()
                        + "' is a job that only a flow waits for; call its endpoints create and poll to see them");
    }
}
