package io.patchbay.connector.camel;

import io.patchbay.connector.Begin;
import io.patchbay.connector.Connection;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.StandIn;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;

/** An instance that speaks no HTTP, when no system is reached: what its endpoints yield is given. */
final class StandInConnection implements Connection {

    private final Instance instance;
    private final Governors.OfInstance governors;
    private final StandIn.Payloads payloads;

    StandInConnection(Instance instance, Governors.OfInstance governors, StandIn.Payloads payloads) {
        this.instance = instance;
        this.governors = governors;
        this.payloads = payloads;
    }

    @Override
    public boolean suspect() {
        return false;
    }

    @Override
    public Operation bind(Endpoint endpoint) {
        return new Given(endpoint, governors.of(endpoint));
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private final class Given implements Operation {
        private final Endpoint endpoint;
        private final Governor governor;

        Given(Endpoint endpoint, Governor governor) {
            this.endpoint = endpoint;
            this.governor = governor;
        }

        @Override
        public Endpoint endpoint() {
            return endpoint;
        }

        @Override
        public boolean fresh() {
            return true;
        }

        @Override
        public Inputs inputs() {
            return new Inputs(endpoint.id(), endpoint.config().inputs());
        }

        @Override
        public Governor governor() {
            return governor;
        }

        @Override
        public Payload call(Request request) throws StepException {
            return payload(request.payload(), next(request));
        }

        @Override
        public Pull pull(Request request, Begin begin) {
            return new Listed(request, begin);
        }

        private StandIn.Yielded next(Request request) throws StepException {
            return payloads.next(
                    new StandIn.Call(
                            request.trace().run(),
                            request.trace().shape(),
                            instance.name(),
                            endpoint.id(),
                            endpoint.acts()),
                    request);
        }

        /** The pages or files of a list. */
        private final class Listed implements Pull {
            private final Request request;
            private final Begin begin;
            private long ordinal;
            private boolean over;

            Listed(Request request, Begin begin) {
                this.request = request;
                this.begin = begin;
                this.ordinal = begin.ordinal();
            }

            @Override
            public Element next() {
                if (over) {
                    return new End();
                }
                try {
                    StandIn.Yielded yielded = Given.this.next(request);
                    over = yielded.last();
                    if (yielded.body() == null) {
                        over = true;
                        return new End();
                    }
                    Payload page = payload(request.payload(), yielded);
                    return new Page(page.withLineage(page.lineage().child(begin.shape(), ordinal++)), null);
                } catch (StepException e) {
                    over = true;
                    return new Failed(e);
                }
            }

            @Override
            public void close() {
                over = true;
            }
        }
    }

    private static Payload payload(Payload asked, StandIn.Yielded yielded) throws StepException {
        byte[] bytes = yielded.body();
        if (bytes == null) {
            return asked.withBody(Body.EMPTY, RecordPath.ROOT);
        }
        Payload payload = asked.withBody(new Body.Bytes(bytes, yielded.contentType()), RecordPath.ROOT);
        return io.patchbay.payload.Json.isType(yielded.contentType()) ? payload.parsed() : payload;
    }
}
