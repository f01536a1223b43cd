package io.patchbay.trigger.event;

import io.patchbay.connector.broker.BrokerConnection;
import io.patchbay.payload.StepException;

/** Finds brokers. */
public interface Brokers {

    /** The broker of an instance as it is now. @throws StepException when it is not there, or is none */
    BrokerConnection broker(String instance) throws StepException;
}
