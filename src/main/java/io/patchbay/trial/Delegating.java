package io.patchbay.trial;

import io.patchbay.connector.Begin;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operation that is another one in all that it does not do otherwise. */
public class Delegating implements Operation {

    private final Operation real;

    /** In place of another one. */
    public Delegating(Operation real) {
        this.real = real;
    }

    @Override
    public Endpoint endpoint() {
        return real.endpoint();
    }

    @Override
    public boolean fresh() {
        return real.fresh();
    }

    @Override
    public Inputs inputs() {
        return real.inputs();
    }

    @Override
    public CallScope scope(Request request) {
        return real.scope(request);
    }

    @Override
    public Governor governor() {
        return real.governor();
    }

    @Override
    public Map<Integer, String> misfits(Request request) throws StepException {
        return real.misfits(request);
    }

    @Override
    public Payload call(Request request) throws StepException {
        return real.call(request);
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        return real.pull(request, begin);
    }

    @Override
    public @Nullable Payload first(Request request) throws StepException {
        return real.first(request);
    }
}
